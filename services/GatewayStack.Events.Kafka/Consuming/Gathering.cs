namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>Gathers what comes of the partitions into batches for the store.</summary>
internal sealed class Gathering(ConsumerParts parts, ConsumerClient client)
{
    /// <summary>How many messages are handed to the store at once.</summary>
    public const int MostMessages = 5_000;

    private const int MostBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);

    // A batch costs the store about as much as an event: waiting a little for more is cheaper for both.
    private static readonly TimeSpan ForMore = TimeSpan.FromMilliseconds(25);

    /// <summary>What came, a batch a partition.</summary>
    public IReadOnlyCollection<PolledBatch> Poll()
    {
        var batches = new Dictionary<PartitionReader, PolledBatch>();
        var (messages, bytes) = (0, 0);
        var started = parts.Time.GetTimestamp();
        var first = client.Readers.Any(r => r.State != ReaderState.Reading) ? ConsumerFlow.WhileWaiting : Idle;
        for (var result = client.Consume(first); result is not null; result = client.Consume(Left(started)))
        {
            if (client.Find(result.TopicPartition) is { } reader && Accepts(reader, result.Offset.Value))
            {
                if (!batches.TryGetValue(reader, out var batch))
                {
                    batch = new PolledBatch(reader);
                    batches.Add(reader, batch);
                }

                if (result.Offset.Value > reader.Next)
                {
                    batch.AddHole(reader.Next, result.Offset.Value - 1);
                }

                reader.Took(result.Offset.Value);
                batch.Add(result);
                messages++;
                bytes += result.Message.Value?.Length ?? 0;
            }

            if (messages >= MostMessages || bytes >= MostBytes)
            {
                break;
            }
        }

        return batches.Values;
    }

    private TimeSpan Left(long started)
    {
        var left = ForMore - parts.Time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static bool Accepts(PartitionReader reader, long offset)
    {
        if (reader.State != ReaderState.Reading || offset < reader.Next)
        {
            return false;
        }

        if (offset == reader.Next || offset == reader.AfterHole)
        {
            return true;
        }

        // Nothing is missing in the middle of these topics, unless it was deleted: look once more before believing it.
        reader.AfterHole = offset;
        reader.Reread(reader.Next);
        return false;
    }
}
