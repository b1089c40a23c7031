using Microsoft.Extensions.Logging;

namespace GatewayStack.Postgres;

/// <summary>What is logged about databases. Event ids 7700 to 7799.</summary>
internal static partial class PostgresLog
{
    [LoggerMessage(7700, LogLevel.Information, "The database {Database} was migrated: {Scripts} stands at version {Version}, {Applied} scripts ran")]
    public static partial void Migrated(ILogger logger, string database, string scripts, int version, int applied);

    [LoggerMessage(7701, LogLevel.Information, "The database {Database} is ready on Postgres {Server}, as role {Role}")]
    public static partial void Ready(ILogger logger, string database, string server, string role);

    [LoggerMessage(7702, LogLevel.Error, "The database {Database} fails; it is left alone for {Seconds} s")]
    public static partial void BreakerOpened(ILogger logger, Exception? exception, string database, double seconds);

    [LoggerMessage(7703, LogLevel.Information, "The database {Database} answers again")]
    public static partial void BreakerClosed(ILogger logger, string database);
}
