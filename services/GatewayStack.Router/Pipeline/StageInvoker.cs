using System.Collections.Concurrent;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Recording;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline;

/// <summary>How a call to a module ended.</summary>
internal enum StageCall
{
    /// <summary>It answered.</summary>
    Answered,

    /// <summary>No attempt of this request was ever sent: our fault, and the design's row for the stage holds.</summary>
    NeverReached,

    /// <summary>It was sent and did not answer, twice: this request is refused, whatever the row says.</summary>
    Failed,

    /// <summary>The same request failed a moment ago: refused without being sent.</summary>
    FailedBefore,

    /// <summary>The module says that the request cannot be worked on as it is: the request's own fault.</summary>
    Rejected,

    /// <summary>The module does not accept the call: a fault of wiring, refused.</summary>
    Miswired,
}

/// <summary>Calls a module under its deadline, at most twice, and judges whose fault an end is.</summary>
internal sealed class StageInvoker(
    RouterSnapshotStore settings, RemoteModules modules, FailedRequests failedRequests, TimeProvider time, RouterMetrics metrics, ILogger<StageInvoker> logger)
{
    // Until a stage has answered this often, its code on this side of the wire is still being compiled: no caller shall pay for that with a refusal.
    private const int ColdAnswers = 10;

    private static readonly TimeSpan ColdDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AlarmInterval = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, int> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _alarms = new(StringComparer.Ordinal);

    public async ValueTask<(StageCall Call, T? Answer)> InvokeAsync<T, TState>(
        ModuleCall to, TState state, Func<TState, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        var before = failedRequests.Find(to);
        if (before == FailedBefore.IsNotSent)
        {
            metrics.StageFailed(to.Stage);
            return (StageCall.FailedBefore, null);
        }

        var breaker = modules.Find(to.Module);
        var sent = before != FailedBefore.No;
        if (breaker is { IsOpen: true })
        {
            metrics.StageFailed(to.Stage);
            return (sent ? StageCall.Failed : StageCall.NeverReached, null);
        }

        var broken = false;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<T>? task = null;
            try
            {
                task = call(state, stop.Token);
                var answer = task.IsCompletedSuccessfully ? task.Result : await task.WaitAsync(breaker is null ? Deadline(to) : RemoteDeadline(to), time, cancellationToken);
                if (to.Stage != SettlementQueue.Stage)
                {
                    // Giving back what may be held works where holding fails: it must not speak for the module.
                    breaker?.Answered();
                }

                Warm(breaker, to);
                if (before != FailedBefore.No)
                {
                    failedRequests.Forget(to);
                }

                return (StageCall.Answered, answer);
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.NeverReached)
            {
                // Not sent; a second instance may be there.
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.Request)
            {
                breaker?.Answered();
                return (StageCall.Rejected, null);
            }
            catch (ModuleCallException e) when (e.Fault is not ModuleFault.Broken)
            {
                Alarm(to);
                return (StageCall.Miswired, null);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                // A module that has not stopped by itself is told to: nobody waits for it any more.
                await stop.CancelAsync();
                broken = true;
                logger.StageFailed(to.Stage, attempt, e.GetType().Name);
                _ = task?.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
                    TaskScheduler.Default);
            }
        }

        metrics.StageFailed(to.Stage);
        breaker?.Failed(to.Sender);
        if (broken)
        {
            failedRequests.Remember(to);
        }

        return (sent || broken ? StageCall.Failed : StageCall.NeverReached, null);
    }

    private void Alarm(ModuleCall to)
    {
        metrics.StageFailed(to.Stage);
        metrics.StageMiswired(to.Stage);
        var now = time.GetTimestamp();
        if (_alarms.TryGetValue(to.Module, out var last) && time.GetElapsedTime(last, now) < AlarmInterval)
        {
            return;
        }

        _alarms[to.Module] = now;
        logger.StageMiswired(to.Stage, to.Module);
    }

    private void Warm(ModuleBreaker? breaker, ModuleCall to)
    {
        if (breaker is not null && _answers.GetValueOrDefault(to.Stage) < ColdAnswers)
        {
            _answers.AddOrUpdate(to.Stage, 1, static (_, n) => n + 1);
        }
    }

    private TimeSpan RemoteDeadline(ModuleCall to)
    {
        var deadline = Deadline(to);
        return deadline < ColdDeadline && _answers.GetValueOrDefault(to.Stage) < ColdAnswers && !settings.Options.Deadlines.ContainsKey(to.Stage) ? ColdDeadline : deadline;
    }

    /// <summary>The most a stage may take.</summary>
    private TimeSpan Deadline(ModuleCall to)
    {
        if (settings.Options.Deadlines.TryGetValue(to.Stage, out var configured))
        {
            return TimeSpan.FromMilliseconds(configured);
        }

        return TimeSpan.FromMilliseconds(to.Stage switch
        {
            "identify" => 1000,
            "inspect" or "apply" => Math.Min(5000, 250 + (2 * (to.ContentBytes / 1024))),
            "settle" => 2000,
            _ => 100,
        });
    }
}
