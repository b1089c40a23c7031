using GatewayStack.Contracts.Events;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Hands the batches of one poll to the store, and remembers how far it came, so that an attempt goes on where the one before ended.</summary>
internal sealed class StoreWork(string consumer, IEventSink sink, PolledBatch polled)
{
    private readonly List<EventBatch> _batches = polled.Build();
    private int _done;

    /// <summary>Tries to store what is left. Never throws.</summary>
    public async Task<StoreResult> RunAsync(CancellationToken cancellationToken)
    {
        using var spans = KafkaTracing.Process(consumer, polled.Reader.Topic.Name, polled.Events, polled.TraceParents);
        try
        {
            while (_done < _batches.Count)
            {
                var batch = _batches[_done];
                var answer = await sink.AppendAsync(batch, cancellationToken);
                if (answer.Fenced)
                {
                    spans.Failed("overtaken");
                    return new StoreResult(StoreOutcome.Fenced, answer.Reason);
                }

                if (answer.Stored < batch.Events.Length || (batch.Events.IsEmpty && answer.Reason is not null))
                {
                    // A part of it may be stored; with its position it is stored whole or not at all.
                    _batches[_done] = batch with { Events = batch.Events[Math.Max(0, answer.Stored)..] };
                    spans.Failed("not stored");
                    return new StoreResult(StoreOutcome.Failed, answer.Reason);
                }

                _done++;
            }

            return new StoreResult(StoreOutcome.Stored);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new StoreResult(StoreOutcome.Cancelled);
        }
        catch (Exception e)
        {
            // Whatever a store throws is its own trouble, never the events': they are tried again for as long as it takes.
            spans.Failed("not stored");
            return new StoreResult(StoreOutcome.Failed, e.Message, e);
        }
    }
}

/// <summary>How an attempt to store ended.</summary>
internal sealed record StoreResult(StoreOutcome Outcome, string? Reason = null, Exception? Exception = null);

/// <summary>How an attempt to store ended.</summary>
internal enum StoreOutcome
{
    /// <summary>Everything is stored, the position too.</summary>
    Stored,

    /// <summary>The store failed: try again.</summary>
    Failed,

    /// <summary>Somebody else has the partition.</summary>
    Fenced,

    /// <summary>The process stops.</summary>
    Cancelled,
}
