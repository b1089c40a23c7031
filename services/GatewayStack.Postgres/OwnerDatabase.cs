using System.Collections.Immutable;
using System.Data;
using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres.Migrations;
using GatewayStack.Postgres.Settings;
using Microsoft.Extensions.Logging;
using Npgsql;
using Polly;

namespace GatewayStack.Postgres;

/// <summary>The database of one owner (identitydb, policydb, limitsdb, auditdb), as the role that the service runs as.</summary>
/// <remarks>Safe for concurrent use. No connection is made before <see cref="OpenAsync"/> or the first use.</remarks>
public sealed class OwnerDatabase : IMigration, IAsyncDisposable, IDisposable
{
    private const int OldestServer = 14;

    // A statement over a large table takes its time, and nobody waits for it with a request.
    private static readonly TimeSpan MigrationTimeout = TimeSpan.FromMinutes(30);

    private readonly PostgresSettings _settings;
    private readonly ImmutableArray<MigrationScripts> _scripts;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _gate = new(1, 1);
    private volatile bool _open;

    internal OwnerDatabase(
        string name,
        PostgresSettings settings,
        ImmutableArray<MigrationScripts> scripts,
        TimeProvider time,
        PostgresMetrics metrics,
        ILoggerFactory loggers)
    {
        Name = name;
        _settings = settings;
        _scripts = scripts;
        _logger = loggers.CreateLogger("GatewayStack.Postgres");
        DataSource = Source(settings.Runtime, "gatewaystack", settings.Options, settings.Options.MaxPoolSize, settings.Options.CommandTimeout);
        Pipeline = PostgresPipeline.Create(name, settings.Options.Breaker, time, metrics, _logger);
    }

    /// <summary>Name of the database among the connection strings, such as <c>limitsdb</c>.</summary>
    public string Name { get; }

    /// <summary>Connections of the runtime role, in the schema <c>gatewaystack</c>.</summary>
    public NpgsqlDataSource DataSource { get; }

    /// <summary>Retries what passes by itself and leaves a failing server alone for a while. Around whole transactions that may be repeated.</summary>
    /// <remarks>While its breaker is open it throws <see cref="Polly.CircuitBreaker.BrokenCircuitException"/>; <see cref="IsUnavailable"/> knows it.</remarks>
    public ResiliencePipeline Pipeline { get; }

    /// <summary>Whether an exception says that the database is away or cannot serve now, rather than that a statement is wrong.</summary>
    public static bool IsUnavailable(Exception exception) =>
        exception is Polly.CircuitBreaker.BrokenCircuitException or TimeoutException || (exception is NpgsqlException e && PostgresPipeline.IsDown(e));

    /// <summary>Makes the database ready: migrates where this process may, checks server, role and version. Once; later calls return at once.</summary>
    /// <exception cref="StartRefusedException">It cannot be used: one line that says why and what to do.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (_open)
        {
            return;
        }

        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_open)
            {
                return;
            }

            await CheckRoleAsync(cancellationToken);
            if (_settings.Migrations is not null)
            {
                await MigrateAsync(cancellationToken);
            }

            await CheckSchemaAsync(cancellationToken);
            _open = true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task MigrateAsync(CancellationToken cancellationToken)
    {
        var key = PostgresSettings.MigrationsKeyOf(Name);
        if (_settings.Migrations is not { } migrations)
        {
            throw new StartRefusedException($"{key} is not set: migrating {Name} needs the connection string of the role that owns its tables.");
        }

        await using var owner = Source(migrations, "gatewaystack-migrations", _settings.Options, maxPoolSize: 4, MigrationTimeout);
        try
        {
            await using (var connection = await owner.OpenConnectionAsync(cancellationToken))
            {
                RefuseOld(connection, migrations);
            }

            await new MigrationRunner(Name, _settings.Runtime.Username!, _logger).RunAsync(owner, _scripts, cancellationToken);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw PostgresRefusal.Of(key, migrations, e);
        }
    }

    /// <summary>Begins a transaction that sees the rows of one tenant: row-level security compares them with <c>app.tenant</c>, which is set for this transaction only.</summary>
    public async Task<PostgresTransaction> BeginAsync(string tenant, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(tenant);
        return await BeginAsync("SELECT set_config('app.tenant', $1, true)", tenant, cancellationToken);
    }

    /// <summary>
    /// Begins a transaction of the service itself, for all tenants: <c>app.scope</c> is <c>all</c> for this transaction only. For feeds and rebuilding, never for a
    /// person's question.
    /// </summary>
    public Task<PostgresTransaction> BeginForAllTenantsAsync(CancellationToken cancellationToken) =>
        BeginAsync("SELECT set_config('app.scope', $1, true)", "all", cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await DataSource.DisposeAsync();
        _gate.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        DataSource.Dispose();
        _gate.Dispose();
    }

    private async Task<PostgresTransaction> BeginAsync(string text, string value, CancellationToken cancellationToken)
    {
        var connection = await DataSource.OpenConnectionAsync(cancellationToken);
        try
        {
            var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
            var begun = new PostgresTransaction(connection, transaction);
            await using var command = begun.Command(text, value);
            await command.ExecuteNonQueryAsync(cancellationToken);
            return begun;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task CheckRoleAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await DataSource.OpenConnectionAsync(cancellationToken);
            RefuseOld(connection, _settings.Runtime);
            await using var command = new NpgsqlCommand("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user", connection);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            if (await reader.ReadAsync(cancellationToken) && (reader.GetBoolean(0) || reader.GetBoolean(1)))
            {
                throw Refuse(reader.GetBoolean(0) ? "is a superuser" : "has BYPASSRLS");
            }
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw PostgresRefusal.Of(PostgresSettings.KeyOf(Name), _settings.Runtime, e);
        }
    }

    private async Task CheckSchemaAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = await DataSource.OpenConnectionAsync(cancellationToken);
            foreach (var set in _scripts)
            {
                var found = await SchemaVersion.ReadAsync(connection, set, cancellationToken);
                SchemaVersion.RefuseNewer(Name, set, found);
                if (found < set.Version)
                {
                    throw new StartRefusedException(
                        $"The database {Name} is not migrated ({set.Name} stands at {found}, this version needs {set.Version}): run it with --migrate, or set {PostgresSettings.MigrationsKeyOf(Name)}.");
                }
            }

            await using var command = new NpgsqlCommand(
                "SELECT EXISTS(SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND pg_has_role(current_user, c.relowner, 'MEMBER'))",
                connection)
            {
                Parameters = { new() { Value = SchemaVersion.Schema } },
            };
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                throw Refuse("owns its tables, or is a member of the role that does");
            }

            PostgresLog.Ready(_logger, Name, connection.PostgreSqlVersion.ToString(), _settings.Runtime.Username!);
        }
        catch (Exception e) when (e is NpgsqlException or TimeoutException)
        {
            throw PostgresRefusal.Of(PostgresSettings.KeyOf(Name), _settings.Runtime, e);
        }
    }

    private StartRefusedException Refuse(string what) => new(
        $"The role {_settings.Runtime.Username} of {PostgresSettings.KeyOf(Name)} {what}: row-level security would not hold it. Give the service a role that is none of this.");

    private static void RefuseOld(NpgsqlConnection connection, NpgsqlConnectionStringBuilder target)
    {
        var version = connection.PostgreSqlVersion;
        if (version.Major < OldestServer)
        {
            throw new StartRefusedException($"Postgres at {target.Host}:{target.Port} is version {version}: {OldestServer} or later is needed.");
        }
    }

    private static NpgsqlDataSource Source(NpgsqlConnectionStringBuilder configured, string application, PostgresOptions options, int maxPoolSize, TimeSpan commandTimeout)
    {
        var connection = new NpgsqlConnectionStringBuilder(configured.ConnectionString)
        {
            SearchPath = SchemaVersion.Schema,
            Multiplexing = false,
            Enlist = false,
            IncludeErrorDetail = false,
        };
        Default("Maximum Pool Size", () => connection.MaxPoolSize = maxPoolSize);
        Default("Command Timeout", () => connection.CommandTimeout = (int)commandTimeout.TotalSeconds);
        Default("Timeout", () => connection.Timeout = (int)options.ConnectTimeout.TotalSeconds);
        Default("Keepalive", () => connection.KeepAlive = 15);
        // A batch of events is megabytes: in pieces of the usual 8 KiB it is many calls of the system.
        Default("Write Buffer Size", () => connection.WriteBufferSize = 64 * 1024);
        Default("Application Name", () => connection.ApplicationName = application);
        return NpgsqlDataSource.Create(connection);

        void Default(string keyword, Action set)
        {
            if (!configured.ContainsKey(keyword) || !configured.ShouldSerialize(keyword))
            {
                set();
            }
        }
    }
}
