using Microsoft.Extensions.Logging;

namespace GatewayStack.Policy;

internal static partial class PolicyLog
{
    [LoggerMessage(3000, LogLevel.Warning, "No policy is configured: every model and backend is denied. Name a policy file in Policy:File")]
    public static partial void NoPolicy(ILogger logger);

    [LoggerMessage(3001, LogLevel.Information, "The policy was reloaded by an administrator: succeeded {Succeeded}, revision {Before} to {After}")]
    public static partial void Reloaded(ILogger logger, bool succeeded, string before, string after);

    [LoggerMessage(3002, LogLevel.Warning, "The policy names {Count} types or labels that no built-in row finds; own rows must (Transform:Recognizers): {Names}")]
    public static partial void UnfoundNames(ILogger logger, int count, string names);
}
