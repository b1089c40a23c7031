using GatewayStack.Contracts.Identity;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity;

/// <summary>What the module logs: names that the operator chose, key ids and reasons; nothing that a token says.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(1001, LogLevel.Information, "Fetched {Count} usable keys of issuer {Issuer}")]
    public static partial void KeysFetched(ILogger logger, string issuer, int count);

    [LoggerMessage(1002, LogLevel.Warning, "The keys of issuer {Issuer} could not be fetched: {Reason}")]
    public static partial void KeysNotFetched(ILogger logger, string issuer, string reason);

    [LoggerMessage(1003, LogLevel.Information, "Settings reloaded: version {Version} with {Issuers} issuers")]
    public static partial void Reloaded(ILogger logger, int version, int issuers);

    [LoggerMessage(1004, LogLevel.Error, "The changed settings have {Count} errors and were not taken over; the first: {Key} {Problem}")]
    public static partial void ReloadRefused(ILogger logger, int count, string key, string problem);

    [LoggerMessage(1005, LogLevel.Information, "Made the first signing keys; {KeyId} is in use")]
    public static partial void SigningKeysMade(ILogger logger, string keyId);

    [LoggerMessage(1006, LogLevel.Information, "Signing key {Before} retired, {After} is in use")]
    public static partial void SigningKeyRotated(ILogger logger, string before, string after);

    [LoggerMessage(1007, LogLevel.Error, "The signing key is due for rotation and could not be replaced: {Error}")]
    public static partial void RotationFailed(ILogger logger, string error);

    [LoggerMessage(1008, LogLevel.Information, "Made data root {Id}")]
    public static partial void DataRootMade(ILogger logger, string id);

    [LoggerMessage(1009, LogLevel.Debug, "A credential was refused: {Status}, {Reason}, issuer {Issuer}")]
    public static partial void Refused(ILogger logger, AuthenticationStatus status, string? reason, string? issuer);

    [LoggerMessage(1020, LogLevel.Warning, "Issuer {Issuer} could not be asked about a token: {Reason}")]
    public static partial void NotIntrospected(ILogger logger, string issuer, string reason);

    [LoggerMessage(1021, LogLevel.Warning, "Issuer {Issuer} did not exchange a token ({Use}): {Reason}")]
    public static partial void NotExchanged(ILogger logger, string issuer, string use, string reason);

    [LoggerMessage(1010, LogLevel.Error, "What other replicas did to the key rings cannot be read: {Error}")]
    public static partial void RingsNotFollowed(ILogger logger, string error);

    [LoggerMessage(1011, LogLevel.Error, "Who is cut off cannot be read, and followers are told nothing meanwhile: {Error}")]
    public static partial void StandingsNotRead(ILogger logger, string error);

    [LoggerMessage(1012, LogLevel.Information, "{Follower} follows who is cut off")]
    public static partial void StandingsFollowed(ILogger logger, string follower);

    [LoggerMessage(1013, LogLevel.Information, "Forgot {Count} measures that ended long ago")]
    public static partial void StandingsPruned(ILogger logger, int count);

    [LoggerMessage(1014, LogLevel.Warning, "What other replicas do about standings is not heard at once, only seen every second: {Error}")]
    public static partial void StandingsNotHeard(ILogger logger, string error);

    [LoggerMessage(1015, LogLevel.Information, "Measure {Id} was taken by {Origin}")]
    public static partial void MeasureTaken(ILogger logger, string id, string origin);

    [LoggerMessage(1016, LogLevel.Information, "Measure {Id} was ended")]
    public static partial void MeasureEnded(ILogger logger, string id);

    [LoggerMessage(1022, LogLevel.Warning, "{Count} sign-outs of {Author} ended before their time: there are more in force than Identity:Standings:MaxMeasures")]
    public static partial void MeasuresDisplaced(ILogger logger, int count, string author);

    [LoggerMessage(1017, LogLevel.Debug, "A logout token for issuer {Issuer} was refused: {Reason}")]
    public static partial void LogoutTokenRefused(ILogger logger, string issuer, string reason);
}
