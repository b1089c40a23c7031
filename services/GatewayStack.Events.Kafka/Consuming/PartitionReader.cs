using Confluent.Kafka;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Kafka.Topics;
using GatewayStack.Events.Shipping;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Where a consumer stands in one partition that it has.</summary>
internal sealed class PartitionReader(KafkaTopic topic, TopicPartition partition)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private int _fenced;

    public KafkaTopic Topic => topic;

    public TopicPartition Partition => partition;

    public ReaderState State { get; private set; } = ReaderState.Unclaimed;

    /// <summary>Number of the claim it reads under.</summary>
    public long Claim { get; private set; }

    /// <summary>The offset that stands in the store.</summary>
    public long Stored { get; private set; }

    /// <summary>The offset expected next.</summary>
    public long Next { get; private set; }

    /// <summary>The first offset after a hole that is known to be one.</summary>
    public long? AfterHole { get; set; }

    /// <summary>Where to begin once claimed.</summary>
    public long Start { get; private set; }

    /// <summary>Not claimed before (timestamp).</summary>
    public long NotBefore { get; private set; }

    /// <summary>Takes a claim; the log has offsets from <paramref name="low"/> to before <paramref name="high"/>.</summary>
    public void Claimed(LogClaim claim, long low, long high)
    {
        Claim = claim.Claim;
        Stored = claim.Next;
        AfterHole = claim.Next < low ? low : null;
        Next = claim.Next > high ? low : claim.Next;
        Start = Math.Max(Next, low);
        State = ReaderState.Seeking;
    }

    public void Reading() => State = ReaderState.Reading;

    /// <summary>Begins again at the last offset that was stored.</summary>
    public void Reread(long at)
    {
        Next = at;
        Start = at;
        State = ReaderState.Seeking;
    }

    public void Took(long offset)
    {
        Next = offset + 1;
        AfterHole = null;
    }

    public void Moved(long next)
    {
        Stored = next;
        _fenced = 0;
    }

    /// <summary>Gives the claim up, to make another not at once: whoever overtook it is the right one, unless the partition stays here.</summary>
    public TimeSpan Overtaken(TimeProvider time)
    {
        var delay = Pauses.After(++_fenced);
        Wait(time, delay);
        return delay;
    }

    public void Wait(TimeProvider time, TimeSpan delay)
    {
        State = ReaderState.Unclaimed;
        NotBefore = time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency);
    }
}

/// <summary>How far a partition is prepared.</summary>
internal enum ReaderState
{
    /// <summary>Assigned, and nothing more.</summary>
    Unclaimed,

    /// <summary>Claimed; not at its place yet.</summary>
    Seeking,

    /// <summary>Its messages are taken.</summary>
    Reading,
}
