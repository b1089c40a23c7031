using GatewayStack.Contracts.Settings;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using GatewayStack.Postgres.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers databases of Postgres.</summary>
public static class PostgresServiceCollectionExtensions
{
    /// <summary>Whether <c>ConnectionStrings:{database}</c> is set: its owner then uses Postgres instead of its embedded store.</summary>
    public static bool HasPostgres(this IConfiguration configuration, string database)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return !string.IsNullOrEmpty(configuration[PostgresSettings.KeyOf(database)]);
    }

    /// <summary>Adds an <see cref="OwnerDatabase"/>, keyed by its name: opened before any hosted service starts, migrated where
    /// <c>ConnectionStrings:{database}-migrations</c> is set, with its settings check, its <see cref="IMigration"/> and its health check (tagged <c>ready</c>).
    /// Called again for the same database it only adds the scripts.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">Where <c>ConnectionStrings:{database}</c> and the section <c>Postgres</c> stand.</param>
    /// <param name="database">Name of the database among the connection strings, such as <c>limitsdb</c>.</param>
    /// <param name="scripts">What makes the tables.</param>
    public static IServiceCollection AddOwnerDatabase(this IServiceCollection services, IConfiguration configuration, string database, MigrationScripts scripts)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(scripts);
        if (services.Any(s => s.ServiceType == typeof(MigrationScripts) && Equals(s.ServiceKey, database) && s.KeyedImplementationInstance is MigrationScripts same
            && same.Name == scripts.Name))
        {
            return services;
        }

        services.AddKeyedSingleton(database, scripts);
        if (services.Any(s => s.ServiceType == typeof(OwnerDatabase) && Equals(s.ServiceKey, database)))
        {
            return services;
        }

        services.AddMetrics();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<PostgresMetrics>();
        services.AddSingleton<ISettingsCheck>(new PostgresSettingsCheck(configuration, database));
        services.AddKeyedSingleton(database, (provider, _) => new OwnerDatabase(
            database,
            PostgresSettings.Read(configuration, database),
            [.. provider.GetKeyedServices<MigrationScripts>(database)],
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<PostgresMetrics>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.AddSingleton<IMigration>(provider => provider.GetRequiredKeyedService<OwnerDatabase>(database));
        services.AddSingleton<IHostedService>(provider => new OwnerDatabaseStart(provider.GetRequiredKeyedService<OwnerDatabase>(database)));
        services.AddHealthChecks().Add(new HealthCheckRegistration(
            "postgres-" + database,
            provider => new PostgresHealthCheck(provider.GetRequiredKeyedService<OwnerDatabase>(database)),
            HealthStatus.Degraded,
            ["ready"]));
        return services;
    }
}
