using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo;

internal static partial class DemoLog
{
    [LoggerMessage(8000, LogLevel.Information, "The demo parts listen at {Address}")]
    public static partial void Listening(ILogger logger, Uri address);

    [LoggerMessage(8001, LogLevel.Information, "A demo token was issued to client {Client}")]
    public static partial void TokenIssued(ILogger logger, string client);

    [LoggerMessage(8002, LogLevel.Warning, "A request to the demo parts was refused: it did not come from this machine")]
    public static partial void CallerRefused(ILogger logger);

    [LoggerMessage(8003, LogLevel.Information, "The demo issuer made itself a new signing key in {Folder}")]
    public static partial void SigningKeyMade(ILogger logger, string folder);

    [LoggerMessage(8004, LogLevel.Warning, "The gateway's key set at {Address} could not be read: {Problem}")]
    public static partial void GatewayKeysUnavailable(ILogger logger, Uri address, string problem);

    [LoggerMessage(8005, LogLevel.Information, "A request to the demo's {Path} was refused: {Reason}")]
    public static partial void AssertionRefused(ILogger logger, string path, string reason);

    [LoggerMessage(8007, LogLevel.Warning, "The gateway answered {Status} to the notice that a session ended: it does not take logout tokens of this issuer")]
    public static partial void LogoutNotTaken(ILogger logger, int status);

    [LoggerMessage(8006, LogLevel.Warning, "The clinic could not reach the gateway: {Problem}")]
    public static partial void GatewayUnreachable(ILogger logger, string problem);
}
