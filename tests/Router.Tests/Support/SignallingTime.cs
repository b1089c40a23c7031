using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Support;

/// <summary>Time that stands still until it is moved, and says when somebody starts to wait for it.</summary>
internal sealed class SignallingTime : FakeTimeProvider
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> _timers = new();
    private readonly ConcurrentQueue<TimeSpan> _due = new();
    private int _count;

    /// <summary>Called when somebody starts to wait.</summary>
    public Action? TimerStarted { get; set; }

    public IReadOnlyList<TimeSpan> DueTimes => [.. _due];

    /// <summary>Ends when so many timers have been started.</summary>
    public Task TimerAsync(int count) => Signal(count).Task;

    /// <summary>Ends when so many timers have been started that are due after a given time.</summary>
    public async Task DueAsync(TimeSpan after, int count, CancellationToken cancellationToken)
    {
        for (var next = 1; DueTimes.Count(d => d == after) < count; next++)
        {
            await TimerAsync(next).WaitAsync(cancellationToken);
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _due.Enqueue(dueTime);
        Signal(Interlocked.Increment(ref _count)).TrySetResult();
        TimerStarted?.Invoke();
        return timer;
    }

    private TaskCompletionSource Signal(int count) => _timers.GetOrAdd(count, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
