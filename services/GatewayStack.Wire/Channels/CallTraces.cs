using System.Collections.Concurrent;

namespace GatewayStack.Wire.Channels;

/// <summary>What is known of one call while it is under way: which instance has it, and whether that one may have seen any of it.</summary>
internal sealed class CallTrace
{
    private volatile string? _instance;
    private volatile bool _sent;
    private volatile bool _answered;

    /// <summary>The instance; null while none is connected.</summary>
    public string? Instance
    {
        get => _instance;
        set => _instance = value;
    }

    /// <summary>True once the message was handed to a connection. Until then it is certain that nobody has it.</summary>
    public bool Sent
    {
        get => _sent;
        set => _sent = value;
    }

    /// <summary>True once the instance said anything.</summary>
    public bool Answered
    {
        get => _answered;
        set => _answered = value;
    }
}

/// <summary>The calls of one channel, and the instances that just failed.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class CallTraces(TimeProvider time)
{
    /// <summary>How long an instance is passed over after a failure, where another one is there.</summary>
    internal static readonly TimeSpan Suspicion = TimeSpan.FromSeconds(2);

    /// <summary>How long after the end of a connection another instance may still be found: well below the shortest deadline of a call.</summary>
    internal static readonly TimeSpan Search = TimeSpan.FromMilliseconds(50);

    private const int MaxSuspects = 100;

    // The call's own flow of control goes through the channel's handlers: nothing else is handed on to them.
    private readonly AsyncLocal<CallTrace?> _current = new();
    private readonly ConcurrentDictionary<string, long> _suspects = new(StringComparer.Ordinal);

    // Instances that have not answered since they were connected to, and when the call was given to them that tries them; 0: none was.
    private readonly ConcurrentDictionary<string, long> _untried = new(StringComparer.Ordinal);

    private long _disconnected;

    /// <summary>True where a connection that had served ended a moment ago: whoever is there is being looked for.</summary>
    public bool IsSearching => Interlocked.Read(ref _disconnected) is not 0 and var at && time.GetElapsedTime(at) < Search;

    /// <summary>The call that this flow of control belongs to.</summary>
    public CallTrace? Current => _current.Value;

    /// <summary>Begins a call; everything its method does from here on belongs to it.</summary>
    public CallTrace Begin() => _current.Value = new CallTrace();

    public void Picked(string instance)
    {
        if (_current.Value is { } trace)
        {
            trace.Instance = instance;
        }
    }

    /// <summary>The instance answered, whatever it said.</summary>
    public void Answered(CallTrace trace)
    {
        trace.Answered = true;
        if ((_suspects.IsEmpty && _untried.IsEmpty) || trace.Instance is not { } instance)
        {
            return;
        }

        _ = _suspects.TryRemove(instance, out _);
        _ = _untried.TryRemove(instance, out _);
    }

    /// <summary>A connection to the instance was made. It may have started a moment ago, and take seconds for its first answers.</summary>
    public void Connected(string instance)
    {
        if (_untried.Count >= MaxSuspects)
        {
            _untried.Clear();
        }

        _untried[instance] = 0;
    }

    /// <summary>A connection to the instance ended.</summary>
    /// <returns>True where it had served: one that is cut as soon as it is made, again and again, is no reason to look for others.</returns>
    public bool Disconnected(string instance)
    {
        if (_untried.ContainsKey(instance))
        {
            return false;
        }

        Interlocked.Exchange(ref _disconnected, Math.Max(1, time.GetTimestamp()));
        return true;
    }

    /// <summary>
    /// True where the instance may have a call although another one is there: it has answered since it was connected to, or this call is the one that tries it.
    /// A further one does when that has said nothing for a while.
    /// </summary>
    public bool MayHaveCall(string instance)
    {
        if (_untried.IsEmpty || !_untried.TryGetValue(instance, out var since))
        {
            return true;
        }

        return (since == 0 || time.GetElapsedTime(since) >= Suspicion) && _untried.TryUpdate(instance, Math.Max(1, time.GetTimestamp()), since);
    }

    /// <summary>The instance did not answer.</summary>
    public void Failed(CallTrace trace)
    {
        if (trace.Instance is not { } instance)
        {
            return;
        }

        // Names that do not come back (instances of an earlier rollout) are let go together.
        if (_suspects.Count >= MaxSuspects)
        {
            _suspects.Clear();
        }

        _suspects[instance] = time.GetTimestamp();
    }

    public bool IsSuspect(string instance) =>
        !_suspects.IsEmpty && _suspects.TryGetValue(instance, out var since) && time.GetElapsedTime(since) < Suspicion;
}
