using System.Diagnostics.Metrics;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Kafka;
using GatewayStack.Events.Kafka.Consuming;
using GatewayStack.Events.Kafka.Messages;
using GatewayStack.Events.Kafka.Producing;
using GatewayStack.Events.Kafka.Settings;
using GatewayStack.Events.Kafka.Topics;
using GatewayStack.Platform.Tests.Events;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Platform.Tests.Kafka;

/// <summary>Topics, a producer and consumers of a test's own on a real broker.</summary>
internal sealed class KafkaHarness : IAsyncDisposable
{
    private readonly List<KafkaConsumer> _consumers = [];
    private readonly bool _removes;
    private string? _folder;

    private KafkaHarness(string bootstrap, KafkaOptions options, bool removes)
    {
        _removes = removes;
        Options = options;
        Configuration = new ConfigurationBuilder().AddInMemoryCollection([new(KafkaConnection.Setting, bootstrap)]).Build();
        Connection = new KafkaConnection(Configuration, options, NullLogger<KafkaConnection>.Instance);
        Topics = new KafkaTopics(Connection, options, TimeProvider.System, NullLogger<KafkaTopics>.Instance);
        Sink = new KafkaEventSink(Connection, Topics, Metrics, TimeProvider.System, NullLogger<KafkaEventSink>.Instance);
    }

    public KafkaOptions Options { get; }

    public IConfiguration Configuration { get; }

    public KafkaConnection Connection { get; }

    public KafkaTopics Topics { get; }

    public KafkaMetrics Metrics { get; } = new(new Meters());

    public KafkaEventSink Sink { get; }

    public string StoreFile => Path.Combine(_folder ??= Directory.CreateTempSubdirectory("gs-consumer-").FullName, "store.db");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>On the shared broker, with topics that are made and removed by it.</summary>
    public static async Task<KafkaHarness> StartAsync(int partitions = 2)
    {
        var harness = new KafkaHarness(Servers.Kafka, NewOptions(partitions), removes: true);
        await harness.Topics.EnsureAsync(Token);
        return harness;
    }

    /// <summary>On any broker, with topics that are not removed.</summary>
    public static KafkaHarness On(string bootstrap, KafkaOptions options) => new(bootstrap, options, removes: false);

    /// <summary>Settings with names that nobody else has. A consumer that gives no sign of life because the machine is busy keeps its partitions.</summary>
    public static KafkaOptions NewOptions(int partitions) => new()
    {
        TopicPrefix = $"t-{Guid.NewGuid():N}.",
        UsagePartitions = partitions,
        AuditPartitions = partitions,
        SessionSeconds = 60,
    };

    /// <summary>Events of one producer: outcomes, and every third one an administration.</summary>
    public static EventBatch Batch(string producer, long from, int count, long epoch = 1) => new()
    {
        Producer = producer,
        Events = [.. Enumerable.Range(0, count).Select(i => Event(producer, epoch, from + i))],
    };

    public static StoredEvent Event(string producer, long epoch, long sequence)
    {
        var outcome = EventSamples.Outcome($"{producer}-{epoch}-{sequence}");
        var sample = sequence % 3 == 0 ? outcome with { Type = EventTypes.Administration } : outcome;
        return new StoredEvent
        {
            Epoch = epoch,
            Sequence = sequence,
            Bytes = [.. EventWriter.Write(sample, new EventPosition { Producer = producer, Epoch = epoch, Sequence = sequence })],
        };
    }

    /// <summary>How many of the first so many events go to the topic that Limits reads.</summary>
    public static int UsageOf(int count) => count - (count / 3);

    public async Task SendAsync(EventBatch batch) => (await Sink.AppendAsync(batch, Token)).Stored.ShouldBe(batch.Events.Length);

    /// <summary>Writes any message at all to the usage topic, past the sink.</summary>
    public async Task SendRawAsync(params Message<byte[], byte[]>[] messages)
    {
        using var producer = new ProducerBuilder<byte[], byte[]>(Connection.Configure(new ProducerConfig { MessageMaxBytes = 1_000_000, Partitioner = Partitioner.Murmur2Random })).Build();
        foreach (var message in messages)
        {
            await producer.ProduceAsync(Topics.Usage.Name, message, Token);
        }
    }

    public static Message<byte[], byte[]> Message(StoredEvent stored, string producer) => EventMessages.Write(producer, stored, traceParent: null);

    public ConsumerStore NewStore(string name = "limits") => new(StoreFile, name);

    public ConsumerParts PartsFor(ConsumerStore store, IConsumerLease? lease = null, ILogger? logger = null) => new()
    {
        Sink = store,
        Offsets = store,
        Lease = lease,
        Topics = store.Name == "audit" ? [Topics.Usage, Topics.Audit] : [Topics.Usage],
        All = Topics,
        Connection = Connection,
        Options = Options,
        Switch = new ConsumerSwitch(),
        Time = TimeProvider.System,
        Metrics = Metrics,
        Logger = logger ?? NullLogger.Instance,
    };

    public Task<KafkaConsumer> ConsumeAsync(ConsumerStore store) => ConsumeAsync(PartsFor(store));

    public async Task<KafkaConsumer> ConsumeAsync(ConsumerParts parts, CancellationToken? cancellationToken = null)
    {
        var consumer = new KafkaConsumer(parts);
        _consumers.Add(consumer);
        await consumer.StartAsync(cancellationToken ?? Token);
        return consumer;
    }

    /// <summary>Every message of a topic, partition by partition.</summary>
    public async Task<List<ConsumeResult<byte[], byte[]>>> ReadAllAsync(KafkaTopic topic) => await Task.Run(() =>
    {
        using var consumer = new ConsumerBuilder<byte[], byte[]>(Connection.Configure(new ConsumerConfig { GroupId = "reader", EnablePartitionEof = true })).Build();
        consumer.Assign(Enumerable.Range(0, topic.Partitions).Select(p => new TopicPartitionOffset(topic.Name, p, Offset.Beginning)));
        var found = new List<ConsumeResult<byte[], byte[]>>();
        for (var ended = 0; ended < topic.Partitions;)
        {
            var result = consumer.Consume(Token);
            if (result.IsPartitionEOF)
            {
                ended++;
            }
            else
            {
                found.Add(result);
            }
        }

        return found;
    });

    public IAdminClient Admin() => new AdminClientBuilder(Connection.Configure(new AdminClientConfig())).SetLogHandler((_, _) => { }).Build();

    public async ValueTask DisposeAsync()
    {
        foreach (var consumer in _consumers)
        {
            await consumer.StopAsync(CancellationToken.None);
            consumer.Dispose();
        }

        Sink.Dispose();
        if (_removes)
        {
            using var admin = Admin();
            try
            {
                await admin.DeleteTopicsAsync([Topics.Usage.Name, Topics.Audit.Name]);
            }
            catch (DeleteTopicsException)
            {
                // Never made.
            }
        }

        Topics.Dispose();
        Metrics.Dispose();
        if (_folder is not null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    internal sealed class Meters : IMeterFactory
    {
        public Meter Create(MeterOptions options) => new(options);

        public void Dispose()
        {
        }
    }
}
