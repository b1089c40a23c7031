using GatewayStack.Contracts.Router;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Wire.Security;

internal static partial class SecurityLog
{
    [LoggerMessage(9050, LogLevel.Error, "An internal call to {Call} was refused: {Reason} (it says it is from '{Caller}'); {Suppressed} more since the last such line")]
    public static partial void CallRefused(this ILogger logger, string call, string reason, string caller, long suppressed);

    [LoggerMessage(9051, LogLevel.Warning, "The keys that verify assertions cannot be fetched from identity: {Error}; those known stay in use")]
    public static partial void KeysUnavailable(this ILogger logger, string error);

    [LoggerMessage(9052, LogLevel.Warning, "The module '{Module}' did not answer {Route}: {Error}")]
    public static partial void ForwardFailed(this ILogger logger, string module, string route, string error);

    [LoggerMessage(9053, LogLevel.Error, "The module '{Module}' refused {Route} of this service: {Reason}; compare Service:Credential here with Service:Callers there")]
    public static partial void ForwardRefused(this ILogger logger, string module, string route, string reason);

    [LoggerMessage(9054, LogLevel.Warning, "Waiting for identity, which owns the key of this service's events ({Fault})")]
    public static partial void IdentityAwaited(this ILogger logger, ModuleFault fault);

    [LoggerMessage(9055, LogLevel.Error, "The call {Call} failed here: {Error}")]
    public static partial void CallFailed(this ILogger logger, string call, string error);

    [LoggerMessage(9056, LogLevel.Information, "The certificate was renewed; the one in use from now on ends at {NotAfter:u}")]
    public static partial void CertificateRenewed(this ILogger logger, DateTimeOffset notAfter);

    [LoggerMessage(9057, LogLevel.Error, "The certificate's files have changed and cannot be used ({Error}); the one before stays in use")]
    public static partial void CertificateNotRenewed(this ILogger logger, string error);
}
