using Confluent.Kafka;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>The Kafka client of one session, and the partitions that it has.</summary>
/// <remarks>One thread calls it. What the broker refuses for now is reported; what the client does not survive is thrown.</remarks>
internal sealed class ConsumerClient
{
    private const int PrefetchKilobytes = 16 * 1024;
    private static readonly TimeSpan LastClose = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WatermarkPatience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BeforeReclaim = TimeSpan.FromMilliseconds(200);

    private readonly ConsumerParts _parts;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, PartitionReader> _readers = [];
    private bool? _paused;

    public ConsumerClient(ConsumerParts parts)
    {
        _parts = parts;
        _consumer = new ConsumerBuilder<byte[], byte[]>(parts.Connection.Configure(new ConsumerConfig
        {
            GroupId = parts.Options.TopicPrefix + parts.Name,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            PartitionAssignmentStrategy = PartitionAssignmentStrategy.CooperativeSticky,
            SessionTimeoutMs = parts.Options.SessionSeconds * 1000,
            HeartbeatIntervalMs = Math.Min(3_000, parts.Options.SessionSeconds * 1000 / 3),
            CheckCrcs = true,
            QueuedMaxMessagesKbytes = PrefetchKilobytes,
            QueuedMinMessages = 2 * Gathering.MostMessages,
            FetchQueueBackoffMs = 20,
            FetchWaitMaxMs = 200,
            IsolationLevel = IsolationLevel.ReadUncommitted,
        }))
            .SetLogHandler((_, message) => parts.Connection.Log(message))
            .SetErrorHandler((_, error) => parts.Connection.Report(error))
            .SetPartitionsAssignedHandler((_, partitions) => Assigned(partitions))
            .SetPartitionsRevokedHandler((_, partitions) => Revoked(partitions))
            .SetPartitionsLostHandler((_, partitions) => Revoked(partitions))
            .Build();
    }

    /// <summary>The partitions it has. They change while it consumes.</summary>
    public IReadOnlyCollection<PartitionReader> Readers => _readers.Values;

    /// <summary>The reader of a partition; null where it does not have that.</summary>
    public PartitionReader? Find(TopicPartition partition) => _readers.GetValueOrDefault(partition);

    /// <summary>True where it still has the partition, and did not lose it meanwhile.</summary>
    public bool Has(PartitionReader reader) => ReferenceEquals(Find(reader.Partition), reader);

    /// <summary>Takes partitions: as a member of the group, or all of them.</summary>
    public void Join()
    {
        if (_parts.Lease is null)
        {
            _consumer.Subscribe(_parts.Topics.Select(t => t.Name));
            return;
        }

        // Whoever holds the lease reads everything: no group has to agree.
        _consumer.Assign(Assigned(_parts.Topics.SelectMany(t => Enumerable.Range(0, t.Partitions).Select(p => new TopicPartition(t.Name, p)))));
    }

    /// <summary>Gives its partitions back, and ends.</summary>
    public void Leave()
    {
        Revoked(_readers.Values.Select(r => new TopicPartitionOffset(r.Partition, Offset.Unset)).ToList());

        // With a coordinator that hangs it would wait for it for ever; the group notices by itself that a member is gone.
        var closing = Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = ConsumerFlow.Ended(closing, LastClose);
    }

    /// <summary>The next message; null where none comes in time.</summary>
    public ConsumeResult<byte[], byte[]>? Consume(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            if (e.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange or ErrorCode.Local_NoOffset
                && e.ConsumerRecord?.TopicPartition is { } partition && Find(partition) is { } reader)
            {
                // What it would read next is gone: the claim says where the log begins now.
                reader.Wait(_parts.Time, BeforeReclaim);
            }
            else if (e.Error.Code is ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition)
            {
                _parts.All.Forget();
                throw;
            }

            _parts.Connection.Report(e.Error);
            return null;
        }
    }

    /// <summary>Goes to where the reader begins.</summary>
    public void Seek(PartitionReader reader)
    {
        try
        {
            _consumer.Seek(new TopicPartitionOffset(reader.Partition, reader.Start));
            reader.Reading();
        }
        catch (KafkaException e)
        {
            // Not fetched yet; the next round comes soon.
            _parts.Connection.Report(e.Error);
        }
    }

    /// <summary>Asks the broker where the log of the partition begins and ends. From any thread.</summary>
    public WatermarkOffsets AskForLog(PartitionReader reader) => _consumer.QueryWatermarkOffsets(reader.Partition, WatermarkPatience);

    /// <summary>Where the log of the partition ended by the broker's last answer, without a call; negative where it gave none.</summary>
    public long EndOfLog(PartitionReader reader) => _consumer.GetWatermarkOffsets(reader.Partition).High.Value;

    /// <summary>Shows in Kafka how far the store is.</summary>
    public void Commit(PartitionReader reader, long next)
    {
        try
        {
            _consumer.StoreOffset(new TopicPartitionOffset(reader.Partition, next));
        }
        catch (KafkaException e)
        {
            _parts.Connection.Report(e.Error);
        }
    }

    /// <summary>Whether it brings messages of its partitions.</summary>
    public void Pause(bool pause)
    {
        // A partition that came while the others were paused is not.
        if (!pause && _paused == false)
        {
            return;
        }

        try
        {
            // Where it fails half-way, some are.
            _paused = null;
            if (pause)
            {
                _consumer.Pause(_consumer.Assignment);
            }
            else
            {
                _consumer.Resume(_consumer.Assignment);
            }

            _paused = pause;
        }
        catch (KafkaException e)
        {
            _parts.Connection.Report(e.Error);
        }
    }

    private void Close()
    {
        try
        {
            _consumer.Close();
        }
        catch (KafkaException e)
        {
            _parts.Connection.Report(e.Error);
        }
        finally
        {
            _consumer.Dispose();
        }
    }

    // Where the store stands is not known yet: it waits at the end, where there is nothing to throw away.
    private List<TopicPartitionOffset> Assigned(IEnumerable<TopicPartition> partitions)
    {
        var all = partitions.ToList();
        foreach (var partition in all)
        {
            _readers[partition] = new PartitionReader(_parts.Topics.Single(t => t.Name == partition.Topic), partition);
        }

        // The client keeps a partition paused that left while it was and comes back after the others were resumed.
        _paused = null;
        return all.ConvertAll(p => new TopicPartitionOffset(p, Offset.End));
    }

    private void Revoked(List<TopicPartitionOffset> partitions)
    {
        foreach (var partition in partitions.Select(p => p.TopicPartition))
        {
            if (_readers.Remove(partition))
            {
                _parts.Metrics.NoLag(_parts.Name, partition.Topic, partition.Partition.Value);
                _parts.Logger.Revoked(_parts.Name, partition.Topic, partition.Partition.Value);
            }
        }
    }
}
