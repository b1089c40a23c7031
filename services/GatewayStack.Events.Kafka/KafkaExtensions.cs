using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Settings;
using GatewayStack.Events.Kafka;
using GatewayStack.Events.Kafka.Administration;
using GatewayStack.Events.Kafka.Consuming;
using GatewayStack.Events.Kafka.Producing;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Kafka.Topics;
using GatewayStack.Events.Shipping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.Hosting;

/// <summary>Carries events over Kafka where <c>ConnectionStrings:kafka</c> names brokers; where it does not, these do nothing.</summary>
/// <remarks>
/// The topics are made where they are missing. Topics with other partitions, compaction, a shorter retention or a smaller message limit than they must have stop the
/// start. Brokers that cannot be reached do not: the spool keeps what is written.
/// </remarks>
public static class KafkaExtensions
{
    /// <summary>Ships the spool to the topics instead of to the registered sinks. Needs <c>AddEvents</c>, before or after.</summary>
    public static IHostApplicationBuilder AddKafkaEvents(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!AddShared(builder) || builder.Services.Any(d => d.ServiceType == typeof(KafkaEventSink)))
        {
            return builder;
        }

        builder.Services.AddSingleton<KafkaEventSink>();
        builder.Services.RemoveAll<EventDestinations>();
        builder.Services.AddSingleton(sp => new EventDestinations([sp.GetRequiredService<KafkaEventSink>()]));
        return builder;
    }

    /// <summary>Feeds a sink of this process from the topics, and registers the handler <c>admin.{sink}.consumer</c>.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="sink"><c>limits</c>, which is fed with usage, or <c>audit</c>, which is fed with everything. Needs the <see cref="IEventSink"/> of that name,
    /// and <see cref="IEventOffsets"/> registered under it; where <see cref="IConsumerLease"/> is registered under it, only its holder consumes.</param>
    public static IHostApplicationBuilder AddKafkaConsumer(this IHostApplicationBuilder builder, string sink)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (sink is not ("limits" or "audit"))
        {
            throw new ArgumentOutOfRangeException(nameof(sink), sink, "There are topics for limits and audit only.");
        }

        var services = builder.Services;
        if (!AddShared(builder) || services.Any(d => d.ServiceType == typeof(ConsumerSwitch) && sink.Equals(d.ServiceKey)))
        {
            return builder;
        }

        services.AddKeyedSingleton<ConsumerSwitch>(sink);
        services.AddSingleton<IHostedService>(sp => new KafkaConsumer(PartsOf(sp, sink)));
        services.AddKeyedSingleton<RequestDelegate>($"admin.{sink}.consumer", (sp, _) => new ConsumerHandler(
            sink,
            sp.GetRequiredKeyedService<ConsumerSwitch>(sink),
            sp.GetService<IEventLog>(),
            sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<ILogger<ConsumerHandler>>()).HandleAsync);
        return builder;
    }

    private static bool AddShared(IHostApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var services = builder.Services;
        if (services.All(d => d.ImplementationType != typeof(KafkaSettingsCheck)))
        {
            services.AddSingleton<ISettingsCheck, KafkaSettingsCheck>();
        }

        if (!KafkaConnection.IsConfigured(configuration))
        {
            return false;
        }

        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<KafkaMetrics>();
        services.TryAddSingleton(_ => configuration.GetSection(KafkaOptions.Section).Get<KafkaOptions>() ?? new KafkaOptions());
        services.TryAddSingleton(sp => new KafkaConnection(configuration, sp.GetRequiredService<KafkaOptions>(), sp.GetRequiredService<ILogger<KafkaConnection>>()));
        services.TryAddSingleton<KafkaTopics>();
        services.AddHostedService<KafkaStart>();
        return true;
    }

    private static ConsumerParts PartsOf(IServiceProvider services, string sink)
    {
        var topics = services.GetRequiredService<KafkaTopics>();
        ImmutableArray<KafkaTopic> read = sink == "audit" ? [topics.Usage, topics.Audit] : [topics.Usage];
        return new ConsumerParts
        {
            Sink = services.GetServices<IEventSink>().FirstOrDefault(s => s.Name == sink)
                ?? throw new InvalidOperationException($"There is no sink '{sink}' in this host to feed from Kafka."),
            Offsets = services.GetRequiredKeyedService<IEventOffsets>(sink),
            Lease = services.GetKeyedService<IConsumerLease>(sink),
            Topics = read,
            All = topics,
            Connection = services.GetRequiredService<KafkaConnection>(),
            Options = services.GetRequiredService<KafkaOptions>(),
            Switch = services.GetRequiredKeyedService<ConsumerSwitch>(sink),
            Time = services.GetRequiredService<TimeProvider>(),
            Metrics = services.GetRequiredService<KafkaMetrics>(),
            Logger = services.GetRequiredService<ILogger<KafkaConsumer>>(),
        };
    }
}
