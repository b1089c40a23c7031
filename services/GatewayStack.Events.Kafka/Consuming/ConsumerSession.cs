using Confluent.Kafka;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>One client's life: takes partitions, claims them in the store, reads on where the store stands, and hands over what comes.</summary>
/// <remarks>
/// One thread polls. While the store is at work it goes on polling its paused partitions, so that the group keeps it and a rebalance does not wait for the store.
/// The store's offsets count; what is committed to Kafka is for tools that show lag.
/// </remarks>
internal sealed class ConsumerSession
{
    private const int MostMessages = 5_000;
    private const int MostBytes = 8 * 1024 * 1024;
    private const int MostClaimFailures = 4;
    private const int PrefetchKilobytes = 16 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan QuickStore = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhileWaiting = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LastStore = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastClose = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan WatermarkPatience = TimeSpan.FromSeconds(5);

    private readonly ConsumerParts _parts;
    private readonly IConsumer<byte[], byte[]> _consumer;
    private readonly Dictionary<TopicPartition, PartitionReader> _readers = [];
    private bool? _paused;
    private bool _storeFails;
    private int _claimFailures;

    public ConsumerSession(ConsumerParts parts)
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
            QueuedMinMessages = 2 * MostMessages,
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

    /// <summary>Runs until it is stopped, and ends the client. Once only.</summary>
    /// <exception cref="KafkaException">The client cannot go on: make another session.</exception>
    public void Run(CancellationToken stop)
    {
        using var storing = new CancellationTokenSource();
        using var stopping = stop.Register(() => storing.CancelAfter(LastStore));
        try
        {
            Begin();
            while (!stop.IsCancellationRequested)
            {
                Claim(storing.Token);
                SetFlow();
                ShowLag();
                foreach (var polled in Poll())
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
            Leave();
        }
    }

    private void Begin()
    {
        if (_parts.Lease is null)
        {
            _consumer.Subscribe(_parts.Topics.Select(t => t.Name));
            return;
        }

        // Whoever holds the lease reads everything: no group has to agree.
        _consumer.Assign(Assigned(_parts.Topics.SelectMany(t => Enumerable.Range(0, t.Partitions).Select(p => new TopicPartition(t.Name, p)))));
    }

    private void Leave()
    {
        Revoked(_readers.Values.Select(r => new TopicPartitionOffset(r.Partition, Offset.Unset)).ToList());

        // With a coordinator that hangs it would wait for it for ever; the group notices by itself that a member is gone.
        var closing = Task.Factory.StartNew(Close, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _ = Ended(closing, LastClose);
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

    private bool IsOurs(PartitionReader reader) => _readers.TryGetValue(reader.Partition, out var current) && ReferenceEquals(current, reader);

    private void Claim(CancellationToken cancellationToken)
    {
        var now = _parts.Time.GetTimestamp();
        var due = _readers.Values.Where(r => r.State == ReaderState.Unclaimed && r.NotBefore <= now).ToList();
        if (due.Count > 0)
        {
            var claiming = ClaimAsync(due, cancellationToken);
            WaitFor(claiming);
            Claimed(due, claiming);
        }

        foreach (var reader in _readers.Values.Where(r => r.State == ReaderState.Seeking))
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
    }

    private async Task<List<(PartitionReader Reader, LogClaim Claim, WatermarkOffsets Log)>> ClaimAsync(List<PartitionReader> due, CancellationToken cancellationToken)
    {
        var claimed = new List<(PartitionReader, LogClaim, WatermarkOffsets)>();
        foreach (var topic in due.GroupBy(r => r.Topic))
        {
            var claims = await _parts.Offsets.ClaimAsync(topic.Key.Name, [.. topic.Select(r => r.Partition.Partition.Value)], cancellationToken);
            foreach (var reader in topic)
            {
                var claim = claims.Single(c => c.Partition == reader.Partition.Partition.Value);
                claimed.Add((reader, claim, await Task.Run(() => _consumer.QueryWatermarkOffsets(reader.Partition, WatermarkPatience), cancellationToken)));
            }
        }

        return claimed;
    }

    private void Claimed(List<PartitionReader> due, Task<List<(PartitionReader Reader, LogClaim Claim, WatermarkOffsets Log)>> claiming)
    {
        if (!claiming.IsCompletedSuccessfully)
        {
            var delay = Delay(++_claimFailures);
            due.ForEach(r => r.Wait(_parts.Time, delay));
            if (claiming.Exception?.InnerException is { } problem)
            {
                _parts.Logger.NotClaimed(problem, _parts.Name, delay);
                if (problem is KafkaException kafka && _claimFailures >= MostClaimFailures)
                {
                    // After an outage a client may take its partitions for unknown until it asks for all topics again, minutes later: another one asks at once.
                    throw new KafkaException(kafka.Error, kafka);
                }
            }

            return;
        }

        _claimFailures = 0;
        foreach (var (reader, claim, log) in claiming.Result.Where(c => IsOurs(c.Reader)))
        {
            var (topic, partition) = (reader.Topic.Name, reader.Partition.Partition.Value);
            if (claim.Next < log.Low.Value)
            {
                _parts.Logger.Hole(topic, partition, claim.Next, log.Low.Value - 1);
            }
            else if (claim.Next > log.High.Value)
            {
                _parts.Logger.LogShorter(topic, partition, log.High.Value, claim.Next);
            }

            reader.Claimed(claim, log.Low.Value, log.High.Value);
            _parts.Logger.Claimed(_parts.Name, topic, partition, reader.Start, claim.Claim);
        }
    }

    private Dictionary<PartitionReader, PolledBatch>.ValueCollection Poll()
    {
        var batches = new Dictionary<PartitionReader, PolledBatch>();
        var (messages, bytes) = (0, 0);
        var started = _parts.Time.GetTimestamp();
        for (var result = Consume(Preparing() ? WhileWaiting : Idle); result is not null; result = Consume(Left(started)))
        {
            if (_readers.TryGetValue(result.TopicPartition, out var reader) && Accepts(reader, result.Offset.Value))
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

    private bool Preparing() => _readers.Values.Any(r => r.State != ReaderState.Reading);

    // A batch costs the store about as much as an event: waiting a little for more is cheaper for both.
    private TimeSpan Left(long started)
    {
        var left = Gathering - _parts.Time.GetElapsedTime(started);
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

    private ConsumeResult<byte[], byte[]>? Consume(TimeSpan wait)
    {
        try
        {
            return _consumer.Consume(wait);
        }
        catch (ConsumeException e) when (!e.Error.IsFatal)
        {
            if (e.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange or ErrorCode.Local_NoOffset
                && e.ConsumerRecord?.TopicPartition is { } partition && _readers.TryGetValue(partition, out var reader))
            {
                // What it would read next is gone: the claim says where the log begins now.
                reader.Wait(_parts.Time, FirstDelay);
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
        for (var failures = 0; IsOurs(reader) && reader.State != ReaderState.Unclaimed;)
        {
            var storing = work.RunAsync(cancellationToken);
            WaitFor(storing);
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
                    var delay = Delay(++failures);
                    _storeFails = true;
                    _parts.Metrics.StoreFailed(_parts.Name);
                    _parts.Logger.StoreFailed(result.Exception, _parts.Name, topic, partition, result.Reason, delay);
                    Rest(delay, stop);
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

        if (_storeFails)
        {
            _storeFails = false;
            _parts.Logger.StoreRecovered(_parts.Name);
        }

        if (!IsOurs(reader))
        {
            return;
        }

        try
        {
            _consumer.StoreOffset(new TopicPartitionOffset(reader.Partition, next));
        }
        catch (KafkaException e)
        {
            _parts.Connection.Report(e.Error);
        }
    }

    // Polls on while something is at work: heartbeats alone do not tell the group that a consumer lives.
    private void WaitFor(Task work)
    {
        if (Ended(work, QuickStore))
        {
            return;
        }

        Pause(true);
        while (!Ended(work, WhileWaiting))
        {
            _ = Consume(TimeSpan.Zero);
        }

        SetFlow();
    }

    private static bool Ended(Task work, TimeSpan wait) => work.IsCompleted || ((IAsyncResult)work).AsyncWaitHandle.WaitOne(wait);

    private void Rest(TimeSpan delay, CancellationToken stop)
    {
        Pause(true);
        _parts.Metrics.Paused(_parts.Name, store: true, _parts.Switch.IsPaused);
        var started = _parts.Time.GetTimestamp();
        while (!stop.IsCancellationRequested && _parts.Time.GetElapsedTime(started) < delay)
        {
            _ = Consume(WhileWaiting);
            ShowLag();
        }
    }

    private void ShowLag()
    {
        foreach (var reader in _readers.Values.Where(r => r.State != ReaderState.Unclaimed))
        {
            // What the last answer of the broker said; no call.
            var high = _consumer.GetWatermarkOffsets(reader.Partition).High.Value;
            if (high >= 0)
            {
                _parts.Metrics.Lag(_parts.Name, reader.Topic.Name, reader.Partition.Partition.Value, Math.Max(0, high - reader.Stored));
            }
        }
    }

    private void SetFlow()
    {
        var obeys = _parts.Switch.Obey();
        _parts.Metrics.Paused(_parts.Name, store: _storeFails, obeys);
        Pause(obeys);
    }

    private void Pause(bool pause)
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

    private static TimeSpan Delay(int failures)
    {
        var delay = FirstDelay * Math.Pow(2, Math.Min(failures - 1, 10));
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
