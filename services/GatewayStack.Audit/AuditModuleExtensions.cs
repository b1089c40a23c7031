using GatewayStack.Audit;
using GatewayStack.Audit.Administration;
using GatewayStack.Audit.Consumption;
using GatewayStack.Audit.Embedded;
using GatewayStack.Audit.Postgres;
using GatewayStack.Audit.Queries;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using GatewayStack.Events.Shipping;
using GatewayStack.Postgres;
using GatewayStack.Postgres.Migrations;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the audit module.</summary>
public static class AuditModuleExtensions
{
    internal const string Database = "auditdb";

    /// <summary>
    /// Adds <see cref="IAuditModule"/>, the consumer that fills its store, and the handlers <c>audit.events</c>, <c>me.clients</c> and <c>admin.audit</c>. The store is
    /// Postgres where <c>ConnectionStrings:auditdb</c> is set, else <c>{Data:Path}/audit/audit.db</c>.
    /// </summary>
    /// <remarks>
    /// <see cref="IEventOffsets"/> and, in Postgres, <see cref="IConsumerLease"/> are registered under the sink's name, <c>audit</c>. Needs <c>IDataKeys</c>. Where
    /// <see cref="IEventShipping"/> is registered, a reader first waits, for a bounded time, for what was just appended.
    /// </remarks>
    public static IHostApplicationBuilder AddAuditModule(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(d => d.ServiceType == typeof(IAuditStore)))
        {
            return builder;
        }

        var configuration = builder.Configuration;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => configuration.GetSection(AuditOptions.Section).Get<AuditOptions>() ?? new AuditOptions());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISettingsCheck, AuditSettingsCheck>());
        services.TryAddSingleton<AuditMetrics>();
        services.TryAddSingleton<EventKeys>();
        if (configuration.HasPostgres(Database))
        {
            services.AddPostgresStore(configuration);
        }
        else
        {
            services.AddSingleton<IAuditStore>(_ => new SqliteAuditStore(DataFolder.PathOf(configuration, "audit")));
        }

        services.AddKeyedSingleton<IEventOffsets>("audit", (sp, _) => sp.GetRequiredService<IAuditStore>());
        services.TryAddSingleton<IAuditModule, AuditModule>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventSink, AuditSink>());
        services.AddKeyedSingleton<RequestDelegate>("audit.events", (sp, _) => new AuditEventsHandler(
            sp.GetRequiredService<IAuditModule>(),
            sp.GetService<IEventShipping>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<AuditEventsHandler>>()).HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("me.clients", (sp, _) => new MyClientsHandler(
            sp.GetRequiredService<IAuditStore>(),
            sp.GetRequiredService<EventKeys>(),
            sp.GetService<IEventShipping>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<MyClientsHandler>>()).HandleAsync);
        services.TryAddKeyedSingleton<RequestDelegate>("admin.audit.consumer", (_, _) => NoEventConsumer.HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("admin.audit", (sp, _) =>
            new AuditAdminHandler(sp.GetRequiredService<IAuditStore>(), sp.GetRequiredService<AuditOptions>(), sp.GetRequiredService<TimeProvider>()).HandleAsync);
        return builder;
    }

    private static void AddPostgresStore(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOwnerDatabase(configuration, Database, new MigrationScripts("audit", typeof(AuditModuleExtensions).Assembly, "GatewayStack.Audit.Postgres.Migrations"));
        services.AddSingleton(new PostgresAuditWriter());
        services.AddSingleton(sp => new PostgresPartitions(Owner(sp), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<PostgresPartitions>>()));
        services.AddSingleton<IAuditStore>(sp =>
            new PostgresAuditStore(Owner(sp), sp.GetRequiredService<PostgresPartitions>(), sp.GetRequiredService<PostgresAuditWriter>()));
        services.AddSingleton(sp => new PostgresRetention(
            Owner(sp),
            sp.GetRequiredService<PostgresPartitions>(),
            sp.GetRequiredService<PostgresAuditWriter>(),
            sp.GetRequiredService<AuditOptions>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<PostgresRetention>>()));
        services.AddHostedService<PostgresMaintenance>();
        services.AddKeyedSingleton<IConsumerLease>("audit", (sp, _) => new PostgresConsumerLease(
            Owner(sp), new LeaseTimes(), sp.GetRequiredService<TimeProvider>(), sp.GetRequiredService<ILogger<PostgresConsumerLease>>()));
    }

    private static OwnerDatabase Owner(IServiceProvider services) => services.GetRequiredKeyedService<OwnerDatabase>(Database);
}
