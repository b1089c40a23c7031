using System.Buffers.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Settings;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Spool;

/// <summary>The write-ahead spool: events are encoded outside the lock, numbered and copied into mapped memory inside it.</summary>
internal sealed class WriteAheadSpool(
    string path, EventsOptions options, EventKeys keys, TimeProvider time, EventsMetrics metrics, ILogger<WriteAheadSpool> logger) : IEventLog, IDisposable
{
    private static readonly AppendResult Lost = new() { Appended = false };

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1, 1);
    private readonly OpenDecisions _open = new();
    private SpoolFolder? _folder;
    private SegmentPool? _pool;
    private Segment? _first;
    private Segment? _active;
    private long _sequence;
    private long _synced;
    private long _lost;
    private bool _closed;

    public SpoolFolder Folder => _folder ?? throw NotOpen();

    /// <summary>Number of the last event of this epoch.</summary>
    public long LastSequence => Volatile.Read(ref _sequence);

    /// <summary>A cursor at the oldest record there is.</summary>
    public SpoolCursor OpenCursor() => new(_first ?? throw NotOpen());

    /// <summary>The oldest segment that is still kept.</summary>
    public Segment First => _first ?? throw NotOpen();

    /// <summary>How many decisions have no outcome yet.</summary>
    public int OpenCount
    {
        get
        {
            lock (_gate)
            {
                return _open.Count;
            }
        }
    }

    /// <summary>Opens the folder, checks what earlier runs left, and records what they could not.</summary>
    /// <exception cref="SpoolInUseException">Another process has the folder.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await keys.RefreshAsync(cancellationToken);
        var folder = SpoolFolder.Open(path);
        try
        {
            var pool = new SegmentPool(folder, options, time, logger);
            var found = new SpoolInventory(folder, metrics, logger).Take();
            lock (_gate)
            {
                _folder = folder;
                _pool = pool;
                Link(found.Segments);
                var active = pool.Take(folder.Epoch, beyondBound: true)
                    ?? throw new IOException($"The disk of the spool folder {path} has no room for a segment of {options.SegmentBytes} bytes.");
                Attach(active);
            }

            logger.SpoolOpened(path, folder.Producer, folder.Epoch, found.Segments.Count);
            foreach (var gap in found.Gaps)
            {
                _ = Append(Gap(gap, "damaged"));
            }

            await new SpoolRecovery(this, keys, time, metrics, logger).RunAsync(found.Segments, cancellationToken);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public AppendResult Append(GatewayEvent gatewayEvent)
    {
        var folder = _folder ?? throw NotOpen();
        using var encoded = EventWriter.Encode(gatewayEvent, folder.Producer, folder.Epoch, keys.Current);
        var kind = KindOf(gatewayEvent.Type);
        long sequence;
        lock (_gate)
        {
            if (!TryRecordGap(encoded) || !TryWrite(kind, gatewayEvent.RequestId, encoded))
            {
                if (_lost++ == 0)
                {
                    logger.SpoolFull();
                }

                metrics.Lost();
                return Lost;
            }

            sequence = _sequence;
        }

        metrics.Appended();
        return new AppendResult
        {
            Appended = true,
            Position = new EventPosition { Producer = folder.Producer, Epoch = folder.Epoch, Sequence = sequence },
        };
    }

    public async Task SyncAsync(EventPosition position, CancellationToken cancellationToken)
    {
        // Whoever waits here while another flushes is usually covered by the flush after it: one flush serves many.
        while (position.Epoch == Folder.Epoch && Volatile.Read(ref _synced) < position.Sequence)
        {
            await FlushAsync(cancellationToken);
        }
    }

    /// <summary>Brings everything appended so far to the disk.</summary>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        var target = LastSequence;
        await _flushing.WaitAsync(cancellationToken);
        try
        {
            if (Volatile.Read(ref _synced) < target)
            {
                Flush();
            }
        }
        finally
        {
            _flushing.Release();
        }
    }

    /// <summary>Makes the next segment ready before it is needed, so that no append waits for the disk.</summary>
    public void PrepareSpare()
    {
        var pool = _pool;
        if (pool is null || _active is not { } active || active.Committed < active.Capacity / 2 || pool.HasFree || !pool.HasRoom)
        {
            return;
        }

        if (pool.MakeSpare() is { } spare)
        {
            lock (_gate)
            {
                if (!_closed)
                {
                    pool.Put(spare);
                    return;
                }
            }

            spare.Dispose();
        }
    }

    /// <summary>Gives segments back that every consumer is past, oldest first; open decisions are carried on into the newest one.</summary>
    /// <param name="before">Number of the first segment that somebody still reads.</param>
    public void Release(long before)
    {
        lock (_gate)
        {
            // In order, so that an outcome never goes before its decision: the next start would call it interrupted.
            while (!_closed && _first is { Next: { } next } first && first.Number < before && CarryOn(first))
            {
                _first = next;
                _pool!.Give(first);
            }
        }
    }

    /// <summary>Registers a decision of an earlier run as open.</summary>
    public void TrackFound(string requestId, Segment segment, int offset)
    {
        lock (_gate)
        {
            _open.Track(RecordKind.Decision, requestId, segment, offset);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
        }

        _flushing.Wait();
        if (_active is not null)
        {
            Flush();
        }

        for (var segment = _first; segment is not null; segment = segment.Next)
        {
            segment.Dispose();
        }

        _pool?.Dispose();
        _folder?.Dispose();
        _flushing.Dispose();
    }

    internal static RecordKind KindOf(string type) => type switch
    {
        EventTypes.Decision => RecordKind.Decision,
        EventTypes.Outcome => RecordKind.Outcome,
        _ => RecordKind.Event,
    };

    private static InvalidOperationException NotOpen() => new("The spool is not open: it opens when the host starts.");

    private void Flush()
    {
        long covered;
        var dirty = new List<Segment>();
        lock (_gate)
        {
            covered = _sequence;
            for (var segment = _first; segment is not null; segment = segment.Next)
            {
                if (segment.Synced < segment.Committed)
                {
                    dirty.Add(segment);
                }
            }
        }

        foreach (var segment in dirty)
        {
            segment.Flush();
        }

        Volatile.Write(ref _synced, covered);
    }

    private void Link(IReadOnlyList<Segment> segments)
    {
        foreach (var segment in segments)
        {
            _pool!.Adopt(segment);
            Attach(segment);
        }
    }

    private void Attach(Segment segment)
    {
        _first ??= segment;
        var before = _active;
        _active = segment;
        before?.Next = segment;
    }

    private bool TryWrite(RecordKind kind, string requestId, EncodedEvent encoded)
    {
        if (!EnsureRoom(encoded.MaxLength))
        {
            return false;
        }

        Span<byte> digits = stackalloc byte[EncodedEvent.MaxDigits];
        _ = Utf8Formatter.TryFormat(_sequence + 1, digits, out var count);
        var offset = _active!.Write(kind, _sequence + 1, encoded.Head, digits[..count], encoded.Tail);
        Volatile.Write(ref _sequence, _sequence + 1);
        _open.Track(kind, requestId, _active, offset);
        return true;
    }

    private bool EnsureRoom(int length)
    {
        if (_closed)
        {
            return false;
        }

        if (_active!.Fits(length))
        {
            return true;
        }

        if (_pool!.Take(_folder!.Epoch) is not { } next)
        {
            return false;
        }

        Attach(next);
        return true;
    }

    private bool TryRecordGap(EncodedEvent following)
    {
        if (_lost == 0)
        {
            return true;
        }

        using var gap = EventWriter.Encode(Gap(_lost, "spool_full"), _folder!.Producer, _folder.Epoch, key: null);
        // Only with the event behind it: a gap that fits where the event does not would be followed by the next gap.
        if (!EnsureRoom(Segment.SizeOf(gap.MaxLength) + following.MaxLength) || !TryWrite(RecordKind.Event, string.Empty, gap))
        {
            return false;
        }

        logger.SpoolHasRoom(_lost);
        _lost = 0;
        return true;
    }

    private bool CarryOn(Segment segment)
    {
        if (segment.OpenDecisions == 0)
        {
            return true;
        }

        foreach (var (requestId, offset) in _open.In(segment))
        {
            var record = segment.Read(offset);
            if (!EnsureRoom(record.Payload.Length))
            {
                return false;
            }

            var copy = _active!.Write(RecordKind.Carried, record.Sequence, record.Payload);
            _open.Track(RecordKind.Carried, requestId, _active, copy);
        }

        return true;
    }

    private GatewayEvent Gap(long? lost, string reason) => new()
    {
        Type = EventTypes.Gap,
        Time = time.GetUtcNow(),
        Tenant = "default",
        RequestId = string.Empty,
        Lost = lost,
        Reason = reason,
    };
}
