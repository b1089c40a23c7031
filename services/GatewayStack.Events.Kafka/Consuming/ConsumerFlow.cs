namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Whether messages flow: not while the store is at work or rests, nor while the administrator's switch says so.</summary>
/// <remarks>Polls on all the while: heartbeats alone do not tell the group that a consumer lives.</remarks>
internal sealed class ConsumerFlow(ConsumerParts parts, ConsumerClient client)
{
    /// <summary>How long to poll for while something else is to be done soon.</summary>
    public static readonly TimeSpan WhileWaiting = TimeSpan.FromMilliseconds(50);

    private static readonly TimeSpan QuickStore = TimeSpan.FromMilliseconds(500);

    /// <summary>True from a failure of the store to its next success.</summary>
    public bool StoreFails { get; set; }

    /// <summary>Waits at most so long for the work to end.</summary>
    public static bool Ended(Task work, TimeSpan wait) => work.IsCompleted || ((IAsyncResult)work).AsyncWaitHandle.WaitOne(wait);

    /// <summary>Lets messages come unless the switch is against it.</summary>
    public void Set()
    {
        var obeys = parts.Switch.Obey();
        parts.Metrics.Paused(parts.Name, store: StoreFails, obeys);
        client.Pause(obeys);
    }

    /// <summary>Waits until the work has ended.</summary>
    public void WaitFor(Task work)
    {
        if (Ended(work, QuickStore))
        {
            return;
        }

        client.Pause(true);
        while (!Ended(work, WhileWaiting))
        {
            _ = client.Consume(TimeSpan.Zero);
        }

        Set();
    }

    /// <summary>Leaves the store alone for a while.</summary>
    public void Rest(TimeSpan delay, CancellationToken stop)
    {
        client.Pause(true);
        parts.Metrics.Paused(parts.Name, store: true, parts.Switch.IsPaused);
        var started = parts.Time.GetTimestamp();
        while (!stop.IsCancellationRequested && parts.Time.GetElapsedTime(started) < delay)
        {
            _ = client.Consume(WhileWaiting);
            ShowLag();
        }
    }

    /// <summary>Says how far the store is behind the log.</summary>
    public void ShowLag()
    {
        foreach (var reader in client.Readers.Where(r => r.State != ReaderState.Unclaimed))
        {
            var end = client.EndOfLog(reader);
            if (end >= 0)
            {
                parts.Metrics.Lag(parts.Name, reader.Topic.Name, reader.Partition.Partition.Value, Math.Max(0, end - reader.Stored));
            }
        }
    }
}
