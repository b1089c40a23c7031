using GatewayStack.Events.Settings;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Events.Spool;

/// <summary>The segment files: makes them within the bound, keeps a few free ones to use again. Used under the spool's lock, but for <see cref="MakeSpare"/>.</summary>
/// <remarks>A file that is used again has its blocks and its pages already: growing costs far more than copying an event.</remarks>
internal sealed class SegmentPool(SpoolFolder folder, EventsOptions options, TimeProvider time, ILogger logger) : IDisposable
{
    private const int KeptFree = 2;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Stack<Segment> _free = new();
    private readonly Lock _making = new();
    private long _bytes;
    private long _lastNumber;
    private long? _failedAt;

    public bool HasFree => _free.Count > 0;

    /// <summary>True when another segment may be made.</summary>
    public bool HasRoom => _bytes + options.SegmentBytes <= options.MaxBytes;

    /// <summary>Counts a segment of an earlier run.</summary>
    public void Adopt(Segment segment)
    {
        _bytes += segment.Capacity;
        _lastNumber = Math.Max(_lastNumber, segment.Number);
    }

    /// <summary>A segment ready for records of an epoch; null when the bound or the disk allows none.</summary>
    /// <param name="epoch">The epoch.</param>
    /// <param name="beyondBound">True at the start: a spool that is full of what consumers lack must not keep the gateway from starting.</param>
    public Segment? Take(long epoch, bool beyondBound = false)
    {
        if (!_free.TryPop(out var segment))
        {
            segment = Make(beyondBound);
        }

        segment?.Use(epoch, ++_lastNumber);
        return segment;
    }

    /// <summary>Takes back a segment that nobody needs any more.</summary>
    public void Give(Segment segment)
    {
        segment.Free();
        if (_free.Count < KeptFree && segment.Capacity == options.SegmentBytes)
        {
            _free.Push(segment);
            return;
        }

        lock (_making)
        {
            _bytes -= segment.Capacity;
        }

        segment.Dispose();
        File.Delete(segment.Path);
    }

    /// <summary>Makes a segment ahead of its use, outside the spool's lock; the caller puts it in by <see cref="Put"/>.</summary>
    public Segment? MakeSpare() => Make(beyondBound: false);

    public void Put(Segment segment) => _free.Push(segment);

    public void Dispose()
    {
        while (_free.TryPop(out var segment))
        {
            segment.Dispose();
        }
    }

    private Segment? Make(bool beyondBound)
    {
        lock (_making)
        {
            // A full disk must not cost every append an attempt.
            if ((!HasRoom && !beyondBound) || (_failedAt is { } failed && time.GetElapsedTime(failed) < RetryAfter))
            {
                return null;
            }

            try
            {
                var segment = Segment.Create(folder.NewSegmentPath(), options.SegmentBytes);
                _bytes += segment.Capacity;
                _failedAt = null;
                return segment;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                _failedAt = time.GetTimestamp();
                logger.SegmentNotMade(e);
                return null;
            }
        }
    }
}
