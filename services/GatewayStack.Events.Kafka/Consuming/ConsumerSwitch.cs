namespace GatewayStack.Events.Kafka.Consuming;

/// <summary>The administrator's hand on a consumer, which obeys between two batches. Registered keyed by the sink's name.</summary>
/// <remarks>
/// It is of this process alone and ends with it. The consumer keeps its partitions, and nothing is lost while the topics keep their events. Safe for concurrent use.
/// </remarks>
internal sealed class ConsumerSwitch
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _still = Completed();
    private bool _running;

    /// <summary>True while it is to stand still.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Pauses; completes when nothing is being stored any more.</summary>
    public Task PauseAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!IsPaused)
            {
                IsPaused = true;
                _still = _running ? new(TaskCreationOptions.RunContinuationsAsynchronously) : Completed();
            }

            return _still.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Goes on where it was.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            IsPaused = false;
        }
    }

    /// <summary>Called by the consumer before it takes more: true when it must not.</summary>
    public bool Obey()
    {
        lock (_gate)
        {
            _running = !IsPaused;
            if (IsPaused)
            {
                _ = _still.TrySetResult();
            }

            return IsPaused;
        }
    }

    /// <summary>Called by the consumer when it ends for now: nothing is being stored.</summary>
    public void Ended()
    {
        lock (_gate)
        {
            _running = false;
            _ = _still.TrySetResult();
        }
    }

    private static TaskCompletionSource Completed()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
