using GatewayStack.Contracts.Settings;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace GatewayStack.Postgres.Settings;

/// <summary>The connection strings of one owner's database, as configured.</summary>
internal sealed record PostgresSettings
{
    /// <summary>Of the role that the service runs as.</summary>
    public required NpgsqlConnectionStringBuilder Runtime { get; init; }

    /// <summary>Of the role that owns the tables; null where this process does not migrate.</summary>
    public required NpgsqlConnectionStringBuilder? Migrations { get; init; }

    public required PostgresOptions Options { get; init; }

    public static string KeyOf(string database) => $"ConnectionStrings:{database}";

    public static string MigrationsKeyOf(string database) => $"ConnectionStrings:{database}-migrations";

    /// <summary>Reads settings that were checked before.</summary>
    /// <exception cref="StartRefusedException">They were not, and are wrong.</exception>
    public static PostgresSettings Read(IConfiguration configuration, string database)
    {
        var runtime = Parse(configuration, KeyOf(database), out var error);
        var migrations = error is null ? Parse(configuration, MigrationsKeyOf(database), out error) : null;
        return runtime is null || error is not null
            ? throw new StartRefusedException(error is null ? $"{KeyOf(database)} is not set." : $"{error.Key} {error.Problem}: {error.Remedy}.")
            : new PostgresSettings
            {
                Runtime = Secured(configuration, runtime),
                Migrations = migrations is null ? null
                : Secured(configuration, migrations),
                Options = OptionsOf(configuration)
            };
    }

    /// <summary>
    /// One switch encrypts all of a service's connections: the server must then prove its name to the same authority, unless the connection string names another.
    /// </summary>
    private static NpgsqlConnectionStringBuilder Secured(IConfiguration configuration, NpgsqlConnectionStringBuilder connection)
    {
        if (!configuration.GetValue("Service:Tls:Enabled", false))
        {
            return connection;
        }

        var secured = new NpgsqlConnectionStringBuilder(connection.ConnectionString) { SslMode = SslMode.VerifyFull };
        if (string.IsNullOrEmpty(secured.RootCertificate) && configuration["Service:Tls:Authority"] is { Length: > 0 } authority)
        {
            secured.RootCertificate = authority;
        }

        return secured;
    }

    public static PostgresOptions OptionsOf(IConfiguration configuration) =>
        configuration.GetSection(PostgresOptions.Section).Get<PostgresOptions>() ?? new PostgresOptions();

    /// <summary>A connection string; null where it is not set or wrong. The error never contains its password.</summary>
    public static NpgsqlConnectionStringBuilder? Parse(IConfiguration configuration, string key, out SettingsError? error)
    {
        error = null;
        if (configuration[key] is not { Length: > 0 } configured)
        {
            return null;
        }

        const string Form = "write Host=...;Port=...;Database=...;Username=...;Password=..., or env:NAME or file:PATH where it stands";
        if (SecretReference.TryResolve(configured, out var text) is { } problem)
        {
            error = new SettingsError(key, "cannot be read: " + problem, Form);
            return null;
        }

        NpgsqlConnectionStringBuilder parsed;
        try
        {
            parsed = new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or KeyNotFoundException)
        {
            error = new SettingsError(key, "is not a connection string of Postgres", Form);
            return null;
        }

        var missing = string.IsNullOrEmpty(parsed.Host) ? "Host" : string.IsNullOrEmpty(parsed.Database) ? "Database" : string.IsNullOrEmpty(parsed.Username) ? "Username" : null;
        if (missing is not null)
        {
            error = new SettingsError(key, $"has no {missing}", Form);
            return null;
        }

        return parsed;
    }
}
