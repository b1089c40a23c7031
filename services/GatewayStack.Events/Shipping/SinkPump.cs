using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Spool;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Shipping;

/// <summary>Hands the spool's events to one consumer, in order, each until it is stored. No pump waits for another.</summary>
internal sealed class SinkPump(WriteAheadSpool spool, IEventSink sink, TimeProvider time, EventsMetrics metrics, ILogger logger) : IDisposable
{
    // A consumer's cost is by transaction and by page touched, not by row: larger batches make both few; much larger ones keep a core from requests for too long.
    private const int MaxEvents = 1_000;
    private const int MaxBytes = 2 * 1024 * 1024;
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));

    private readonly Lock _gate = new();
    private readonly List<(long Sequence, TaskCompletionSource Done)> _waiting = [];
    private readonly SpoolCursor _cursor = spool.OpenCursor();
    private readonly Watermark _watermark = new(spool.Folder.Watermarks, sink.Name);
    private long _stored;
    private long _reads = spool.First.Number;
    private int _failures;
    private long _failedAt;
    private bool _caughtUp;
    private volatile bool _hurry;

    public string Name => sink.Name;

    /// <summary>Number of the segment it reads; everything before is stored.</summary>
    public long Reads => Volatile.Read(ref _reads);

    /// <summary>How many events of this epoch are not stored yet.</summary>
    public long Backlog => spool.LastSequence - Volatile.Read(ref _stored);

    /// <summary>Completes when everything up to a number of this epoch, and everything of earlier epochs, is stored.</summary>
    /// <remarks>Somebody who waits makes the next run try at once, whatever failed before.</remarks>
    public async Task WaitAsync(long sequence, CancellationToken cancellationToken)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_caughtUp && _stored >= sequence)
            {
                return;
            }

            _waiting.Add((sequence, done));
        }

        _hurry = true;
        try
        {
            await done.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_gate)
            {
                _ = _waiting.Remove((sequence, done));
            }
        }
    }

    /// <summary>Ships everything there is; returns early when the consumer fails, and does nothing while the delay after a failure lasts.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var hurry = _hurry;
        _hurry = false;
        if (!hurry && _failures > 0 && time.GetElapsedTime(_failedAt) < Pauses.After(_failures))
        {
            return;
        }

        while (true)
        {
            var last = spool.LastSequence;
            var (segment, offset) = (_cursor.Segment, _cursor.Offset);
            var batch = NextBatch();
            if (batch is null)
            {
                Volatile.Write(ref _reads, _cursor.Segment.Number);
                Reached(last);
                return;
            }

            if (!await TryStoreAsync(batch, cancellationToken))
            {
                // What the watermark covers is passed over again, so the batch's first record is the right place.
                _cursor.Return(segment, offset);
                return;
            }

            Volatile.Write(ref _reads, _cursor.Segment.Number);
        }
    }

    public void Flush() => _watermark.Flush();

    public void Dispose() => _watermark.Dispose();

    private EventBatch? NextBatch()
    {
        var events = ImmutableArray.CreateBuilder<StoredEvent>();
        var bytes = 0;
        while (events.Count < MaxEvents && bytes < MaxBytes && _cursor.TryRead(out var record))
        {
            var epoch = record.Segment.Epoch;
            if (record.Kind is not (RecordKind.Carried or RecordKind.Hole) && !_watermark.Covers(epoch, record.Sequence))
            {
                if (events.Count > 0 && events[0].Epoch != epoch)
                {
                    break;
                }

                events.Add(new StoredEvent { Epoch = epoch, Sequence = record.Sequence, Bytes = [.. record.Payload] });
                bytes += record.Payload.Length;
            }

            _cursor.Pass(record);
        }

        return events.Count == 0 ? null : new EventBatch { Producer = spool.Folder.Producer, Events = events.DrainToImmutable() };
    }

    private async Task<bool> TryStoreAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await sink.AppendAsync(batch, cancellationToken);
            var stored = Math.Clamp(answer.Stored, 0, batch.Events.Length);
            if (stored > 0)
            {
                Store(batch.Events[stored - 1]);
                metrics.Shipped(sink.Name, stored);
            }

            if (stored == batch.Events.Length)
            {
                Recovered();
                return true;
            }

            Failed();
            logger.SinkFellShort(sink.Name, stored, batch.Events.Length, answer.Reason, Pauses.After(_failures));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // Whatever it was, the events are still in the spool: the consumer must not take the others down.
            Failed();
            logger.SinkFailed(e, sink.Name, Pauses.After(_failures));
        }

        return false;
    }

    private void Store(StoredEvent last)
    {
        _watermark.Advance(last.Epoch, last.Sequence);
        if (last.Epoch == spool.Folder.Epoch)
        {
            Volatile.Write(ref _stored, last.Sequence);
        }
    }

    private void Reached(long sequence)
    {
        lock (_gate)
        {
            _caughtUp = true;
            Volatile.Write(ref _stored, Math.Max(_stored, sequence));
            foreach (var (_, done) in _waiting.Where(w => w.Sequence <= _stored))
            {
                _ = done.TrySetResult();
            }
        }
    }

    private void Failed()
    {
        _failures++;
        _failedAt = time.GetTimestamp();
        metrics.SinkFailed(sink.Name);
    }

    private void Recovered()
    {
        if (_failures > 0)
        {
            _failures = 0;
            logger.SinkRecovered(sink.Name);
        }
    }
}
