using GatewayStack.Audit;
using GatewayStack.Audit.Administration;
using GatewayStack.Audit.Consumption;
using GatewayStack.Audit.Embedded;
using GatewayStack.Audit.Queries;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using GatewayStack.Events.Shipping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the audit module.</summary>
public static class AuditModuleExtensions
{
    /// <summary>
    /// Adds <see cref="IAuditModule"/> on <c>{Data:Path}/audit/audit.db</c>, the consumer that fills it, and the handlers <c>audit.events</c> and <c>admin.audit</c>.
    /// </summary>
    /// <remarks>Needs <c>IDataKeys</c>. Where <see cref="IEventShipping"/> is registered, a reader first waits, for a bounded time, for what was just appended.</remarks>
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
        services.AddSingleton<IAuditStore>(_ => new SqliteAuditStore(DataFolder.PathOf(configuration, "audit")));
        services.TryAddSingleton<IAuditModule, AuditModule>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IEventSink, AuditSink>());
        services.AddKeyedSingleton<RequestDelegate>("audit.events", (sp, _) => new AuditEventsHandler(
            sp.GetRequiredService<IAuditModule>(),
            sp.GetService<IEventShipping>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<AuditEventsHandler>>()).HandleAsync);
        services.AddKeyedSingleton<RequestDelegate>("admin.audit", (sp, _) =>
            new AuditAdminHandler(sp.GetRequiredService<IAuditStore>(), sp.GetRequiredService<AuditOptions>()).HandleAsync);
        return builder;
    }
}
