using GatewayStack.Identity.Hosting;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Keys.Postgres;
using GatewayStack.Identity.Settings;
using GatewayStack.Identity.Standings;
using GatewayStack.Identity.Standings.Postgres;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the Identity module to a host.</summary>
public static class IdentityModuleExtensions
{
    /// <summary>Adds the module in this process: <c>IIdentityModule</c>, <c>IDataKeys</c>, the check of its settings and the handlers of its routes.</summary>
    /// <remarks>Reads <c>Identity</c>, <c>Keys</c> and <c>Data:Path</c>. Where <c>ConnectionStrings:identitydb</c> is set, the key rings stand in that database, shared by replicas
    /// and wrapped by <c>Keys:Master</c>, which is required there. Adding it twice changes nothing.</remarks>
    public static IHostApplicationBuilder AddIdentityModule(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Configuration.HasPostgres(KeyStores.Database))
        {
            var scripts = new MigrationScripts("keys", typeof(KeyStores).Assembly, "GatewayStack.Identity.Keys.Postgres.Migrations");
            builder.Services.AddOwnerDatabase(builder.Configuration, KeyStores.Database, scripts);
            builder.Services.AddOwnerDatabase(
                builder.Configuration, KeyStores.Database, new MigrationScripts("standings", typeof(KeyStores).Assembly, "GatewayStack.Identity.Standings.Postgres.Migrations"));
            builder.Services.AddHostedService<KeyFollower>();
            builder.Services.TryAddSingleton(provider => new PostgresStandingStore(provider.GetRequiredKeyedService<OwnerDatabase>(KeyStores.Database)));
            builder.Services.AddHostedService<StandingNotifications>();
        }

        if (!builder.Services.Any(s => s.ServiceType == typeof(StandingBook)))
        {
            builder.Services.AddHealthChecks().AddCheck<StandingHealthCheck>("standings", tags: ["ready"]);
        }

        IdentityServices.Add(builder.Services, new ConfigurationSettingsSource(builder.Configuration));
        return builder;
    }
}
