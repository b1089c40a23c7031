using System.Net.Sockets;
using GatewayStack.Contracts.Settings;
using Npgsql;

namespace GatewayStack.Postgres;

/// <summary>Why a database cannot be used at the start, in one line that its operator can act on.</summary>
internal static class PostgresRefusal
{
    /// <summary>The refusal that a failure amounts to.</summary>
    /// <param name="key">The setting of the connection that failed.</param>
    /// <param name="target">The connection that failed.</param>
    /// <param name="exception">The failure.</param>
    public static StartRefusedException Of(string key, NpgsqlConnectionStringBuilder target, Exception exception)
    {
        var server = $"{target.Host}:{target.Port}";
        var message = exception switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } e =>
                $"Postgres at {server} refuses the role {target.Username} ({OneLine(e.MessageText)}): correct {key}.",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"Postgres at {server} has no database {target.Database}: create it, or correct {key}.",
            PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable } =>
                $"Another process has been migrating the database {target.Database} for minutes: wait for it, or end it.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } e =>
                $"The role {target.Username} may not do what is needed in the database {target.Database} at {server} ({OneLine(e.MessageText)}): correct its grants, or {key}.",
            PostgresException e => $"Postgres at {server} cannot be used for {target.Database} ({e.SqlState}: {OneLine(e.MessageText)}): see {key}.",
            NpgsqlException { InnerException: SocketException e } => $"Postgres cannot be reached at {server} ({OneLine(e.Message)}): start it, or correct {key}.",
            NpgsqlException { InnerException: System.Security.Authentication.AuthenticationException e } =>
                $"Postgres at {server} cannot be trusted ({OneLine(e.Message)}): correct its certificate, or Service:Tls:Authority.",
            NpgsqlException e when target.SslMode == SslMode.VerifyFull && e.Message.Contains("SSL", StringComparison.Ordinal) =>
                $"Postgres at {server} speaks no TLS, which Service:Tls:Enabled or {key} asks for: give the server a certificate.",
            _ => $"Postgres cannot be reached at {server} ({OneLine((exception.InnerException ?? exception).Message)}): start it, or correct {key}.",
        };
        return new StartRefusedException(message, exception);
    }

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
