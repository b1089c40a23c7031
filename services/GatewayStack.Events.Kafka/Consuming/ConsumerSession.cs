using Confluent.Kafka;
using GatewayStack.Events.Shipping;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>One client's life: takes partitions, claims them in the store, reads on where the store stands, and hands over what comes.</summary>
/// <remarks>
/// One thread polls. While the store is at work it goes on polling its paused partitions, so that the group keeps it and a rebalance does not wait for the store.
/// The store's offsets count; what is committed to Kafka is for tools that show lag.
/// </remarks>
internal sealed class ConsumerSession
{
    private static readonly Backoff StorePauses = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15));
    private static readonly TimeSpan LastStore = TimeSpan.FromSeconds(5);

    private readonly ConsumerParts _parts;
    private readonly ConsumerClient _client;
    private readonly ConsumerFlow _flow;
    private readonly PartitionClaims _claims;
    private readonly Gathering _gathering;

    public ConsumerSession(ConsumerParts parts)
    {
        _parts = parts;
        _client = new ConsumerClient(parts);
        _flow = new ConsumerFlow(parts, _client);
        _claims = new PartitionClaims(parts, _client, _flow);
        _gathering = new Gathering(parts, _client);
    }

    /// <summary>Runs until it is stopped, and ends the client. Once only.</summary>
    /// <exception cref="KafkaException">The client cannot go on: make another session.</exception>
    public void Run(CancellationToken stop)
    {
        using var storing = new CancellationTokenSource();
        using var stopping = stop.Register(() => storing.CancelAfter(LastStore));
        try
        {
            _client.Join();
            while (!stop.IsCancellationRequested)
            {
                _claims.Claim(storing.Token);
                _flow.Set();
                _flow.ShowLag();
                foreach (var polled in _gathering.Poll())
                {
                    // Stopped meanwhile: whoever reads on begins with these.
                    if (!stop.IsCancellationRequested)
                    {
                        Store(polled, stop, storing.Token);
                    }
                }
            }
        }
        finally
        {
            _parts.Switch.Ended();
            _client.Leave();
        }
    }

    private void Store(PolledBatch polled, CancellationToken stop, CancellationToken cancellationToken)
    {
        var reader = polled.Reader;
        var (topic, partition) = (reader.Topic.Name, reader.Partition.Partition.Value);
        if (polled.Unreadable is [var first, ..])
        {
            _parts.Logger.Unreadable(topic, partition, first.Offset, first.Error, polled.Unreadable.Count);
        }

        var next = reader.Next;
        var work = new StoreWork(_parts.Name, _parts.Sink, polled);
        for (var failures = 0; _client.Has(reader) && reader.State != ReaderState.Unclaimed;)
        {
            var storing = work.RunAsync(cancellationToken);
            _flow.WaitFor(storing);
            var result = storing.Result;
            switch (result.Outcome)
            {
                case StoreOutcome.Stored:
                    Stored(polled, next);
                    return;
                case StoreOutcome.Fenced:
                    var later = reader.Overtaken(_parts.Time);
                    _parts.Metrics.Fenced(_parts.Name);
                    _parts.Logger.Fenced(_parts.Name, topic, partition, result.Reason, later);
                    return;
                case StoreOutcome.Cancelled:
                    return;
                default:
                    var delay = StorePauses.After(++failures);
                    _flow.StoreFails = true;
                    _parts.Metrics.StoreFailed(_parts.Name);
                    _parts.Logger.StoreFailed(result.Exception, _parts.Name, topic, partition, result.Reason, delay);
                    _flow.Rest(delay, stop);
                    if (stop.IsCancellationRequested)
                    {
                        return;
                    }

                    break;
            }
        }
    }

    private void Stored(PolledBatch polled, long next)
    {
        var reader = polled.Reader;
        reader.Moved(next);
        _parts.Metrics.Consumed(_parts.Name, reader.Topic.Name, polled.Events);
        if (polled.Unreadable.Count > 0)
        {
            _parts.Metrics.Unreadable(_parts.Name, reader.Topic.Name, polled.Unreadable.Count);
        }

        if (_flow.StoreFails)
        {
            _flow.StoreFails = false;
            _parts.Logger.StoreRecovered(_parts.Name);
        }

        if (_client.Has(reader))
        {
            _client.Commit(reader, next);
        }
    }
}
