using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Channels;

/// <summary>What is logged of calls to other modules.</summary>
internal static partial class WireLog
{
    [LoggerMessage(EventId = 9000, Level = LogLevel.Error, Message = "The {Module} service does not accept this service's calls ({Status} at {Instance}: {Detail}). Check Service:Credential there and here, and that both are of versions that go together.")]
    public static partial void WiredWrongly(this ILogger logger, string module, string status, string instance, string detail);
}
