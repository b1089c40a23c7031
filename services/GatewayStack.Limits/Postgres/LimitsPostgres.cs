using GatewayStack.Limits.Ledger;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GatewayStack.Limits.Postgres;

/// <summary>Registers what Limits keeps in Postgres.</summary>
internal static class LimitsPostgres
{
    /// <summary>The database of limits, prices and the ledger among the connection strings.</summary>
    public const string Database = "limitsdb";

    /// <summary>Adds the ledger. Before any hosted service that uses it: the database is opened first.</summary>
    public static void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerDatabase(configuration, Database, Scripts());
        services.TryAddSingleton<ILedger>(provider => new PostgresLedger(provider.GetRequiredKeyedService<OwnerDatabase>(Database)));
    }

    /// <summary>The scripts of the ledger.</summary>
    public static MigrationScripts Scripts() => new("ledger", typeof(LimitsPostgres).Assembly, "GatewayStack.Limits.Postgres.Migrations");
}
