using GatewayStack.Identity.Hosting;
using GatewayStack.Identity.Keys;
using GatewayStack.Identity.Keys.Postgres;
using GatewayStack.Identity.Settings;
using GatewayStack.Postgres.Migrations;
using Microsoft.Extensions.DependencyInjection;

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
            builder.Services.AddHostedService<KeyFollower>();
        }

        IdentityServices.Add(builder.Services, new ConfigurationSettingsSource(builder.Configuration));
        return builder;
    }
}
