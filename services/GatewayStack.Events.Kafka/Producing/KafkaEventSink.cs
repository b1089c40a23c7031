using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Kafka.Messages;
using GatewayStack.Events.Kafka.Topics;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Kafka.Producing;

/// <summary>The spool's way into the log. It acknowledges what the brokers have; while they are away it waits, and the spool is the buffer.</summary>
/// <remarks>
/// A later event of a producer must never stand in a topic without the ones before it: a consumer passes over what its watermark covers. So an idempotent producer,
/// which breaks off at the first event it cannot deliver, and after that another producer, which begins again at that event.
/// </remarks>
internal sealed class KafkaEventSink(KafkaConnection connection, KafkaTopics topics, KafkaMetrics metrics, TimeProvider time, ILogger<KafkaEventSink> logger) : IEventSink, IDisposable
{
    private const int BatchBytes = 512 * 1024;
    private const int QueueKilobytes = 64 * 1024;

    private readonly Lock _gate = new();
    private IProducer<byte[], byte[]>? _producer;

    public string Name => KafkaConnection.Name;

    public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Events.IsEmpty)
        {
            return new EventAcknowledgement { Stored = 0 };
        }

        await topics.WaitAsync(cancellationToken);
        var producer = Current();
        var delivery = new Delivery(batch.Events.Length);
        Send(producer, batch, delivery);
        await delivery.WaitAsync(time, cancellationToken);
        if (delivery.Failure is not { } failure)
        {
            connection.Works();
            return new EventAcknowledgement { Stored = batch.Events.Length };
        }

        Drop(producer);
        topics.Forget();
        var stored = delivery.Stored;
        logger.NotDelivered(batch.Events.Length - stored, failure.GetReason());
        return new EventAcknowledgement { Stored = stored, Reason = failure.GetReason() };
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _producer?.Dispose();
            _producer = null;
        }
    }

    private void Send(IProducer<byte[], byte[]> producer, EventBatch batch, Delivery delivery)
    {
        for (var i = 0; i < batch.Events.Length; i++)
        {
            var index = i;
            var stored = batch.Events[i];

            // What cannot be read goes to the audit, which puts it aside.
            var envelope = EventEnvelope.Read(stored.Bytes.AsSpan());
            var topic = envelope is { IsUsage: true } ? topics.Usage.Name : topics.Audit.Name;
            var span = KafkaTracing.Send(topic, envelope?.TraceParent);
            metrics.Sent(1);
            try
            {
                producer.Produce(topic, EventMessages.Write(batch.Producer, stored, span?.Id ?? envelope?.TraceParent), report =>
                {
                    Count(topic, report.Error.Code);
                    span?.Dispose();
                    delivery.Report(index, report.Error.Code);
                });
            }
            catch (ProduceException<byte[], byte[]> e)
            {
                // None after it may go: it would be there before this one.
                Count(topic, e.Error.Code);
                span?.Dispose();
                delivery.ReportFrom(i, e.Error.Code);
                return;
            }
        }
    }

    private void Count(string topic, ErrorCode code)
    {
        if (code == ErrorCode.NoError)
        {
            metrics.Produced(topic);
        }
        else
        {
            metrics.NotDelivered(topic);
        }
    }

    private IProducer<byte[], byte[]> Current()
    {
        lock (_gate)
        {
            return _producer ??= Build();
        }
    }

    private void Drop(IProducer<byte[], byte[]> producer)
    {
        lock (_gate)
        {
            if (ReferenceEquals(producer, _producer))
            {
                _producer = null;
            }
        }

        producer.Dispose();
    }

    private IProducer<byte[], byte[]> Build() =>
        new ProducerBuilder<byte[], byte[]>(connection.Configure(new ProducerConfig
        {
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            Acks = Acks.All,

            // The same partition as Java's clients choose.
            Partitioner = Partitioner.Murmur2Random,

            // Without end: the spool keeps the events, a client that gave up would only make us send them again.
            MessageTimeoutMs = 0,
            MessageMaxBytes = TopicCheck.MaxMessageBytes,
            BatchSize = BatchBytes,
            QueueBufferingMaxKbytes = QueueKilobytes,
            LingerMs = 2,
            CompressionType = CompressionType.Lz4,
            DeliveryReportFields = "status",
        }))
            .SetLogHandler((_, message) => connection.Log(message))
            .SetErrorHandler((_, error) => connection.Report(error))
            .Build();
}
