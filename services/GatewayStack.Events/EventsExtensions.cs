using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using GatewayStack.Events.Shipping;
using GatewayStack.Events.Spool;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Adds the write-ahead spool and its shipping.</summary>
public static class EventsExtensions
{
    /// <summary>Adds <see cref="IEventLog"/> on <c>{Data:Path}/{service}/spool</c>, and <see cref="IEventShipping"/> to the registered <see cref="IEventSink"/>s.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="service">The service whose folder the spool stands in.</param>
    /// <param name="sinks">Names of the sinks to ship to; none named: to every one.</param>
    /// <remarks>Needs <c>IDataKeys</c>. The spool opens before the host's servers start: an append before that throws <see cref="InvalidOperationException"/>.</remarks>
    public static IHostApplicationBuilder AddEvents(this IHostApplicationBuilder builder, string service = "router", params string[] sinks)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        if (services.Any(d => d.ServiceType == typeof(WriteAheadSpool)))
        {
            return builder;
        }

        var configuration = builder.Configuration;
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(_ => configuration.GetSection(EventsOptions.Section).Get<EventsOptions>() ?? new EventsOptions());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ISettingsCheck, EventsSettingsCheck>());
        services.TryAddSingleton<EventsMetrics>();
        services.TryAddSingleton<EventKeys>();
        services.TryAddSingleton(sp => new WriteAheadSpool(
            Path.Combine(DataFolder.PathOf(configuration, service), "spool"),
            sp.GetRequiredService<EventsOptions>(),
            sp.GetRequiredService<EventKeys>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<EventsMetrics>(),
            sp.GetRequiredService<ILogger<WriteAheadSpool>>()));
        services.TryAddSingleton<IEventLog>(sp => sp.GetRequiredService<WriteAheadSpool>());
        services.AddHostedService<SpoolLifetime>();
        services.TryAddSingleton(sp => new EventDestinations([.. sp.GetServices<IEventSink>().Where(s => sinks.Length == 0 || sinks.Contains(s.Name, StringComparer.Ordinal))]));
        services.TryAddSingleton<EventShipper>();
        services.TryAddSingleton<IEventShipping>(sp => sp.GetRequiredService<EventShipper>());
        services.AddHostedService(sp => sp.GetRequiredService<EventShipper>());
        return builder;
    }
}
