using GatewayStack.Contracts.Router;
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
}

/// <summary>Calls a module under its deadline, at most twice, and judges whose fault an end is.</summary>
internal sealed class StageInvoker(RouterSnapshotStore settings, TimeProvider time, RouterMetrics metrics, ILogger<StageInvoker> logger)
{
    public async ValueTask<(StageCall Call, T? Answer)> InvokeAsync<T, TState>(
        string stage, int contentBytes, TState state, Func<TState, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
        where T : class
    {
        var sent = false;
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            try
            {
                var task = call(state, stop.Token);
                return (StageCall.Answered, task.IsCompletedSuccessfully ? task.Result : await task.WaitAsync(Deadline(stage, contentBytes), time, cancellationToken));
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.NeverReached)
            {
                // Not sent; a second instance may be there.
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                // A module that has not stopped by itself is told to: nobody waits for it any more.
                await stop.CancelAsync();
                sent = true;
                logger.StageFailed(stage, attempt, e.GetType().Name);
            }
        }

        metrics.StageFailed(stage);
        return (sent ? StageCall.Failed : StageCall.NeverReached, null);
    }

    /// <summary>The most a stage may take.</summary>
    private TimeSpan Deadline(string stage, int contentBytes)
    {
        if (settings.Options.Deadlines.TryGetValue(stage, out var configured))
        {
            return TimeSpan.FromMilliseconds(configured);
        }

        return TimeSpan.FromMilliseconds(stage switch
        {
            "identify" => 1000,
            "inspect" or "apply" => Math.Min(5000, 250 + (2 * (contentBytes / 1024))),
            "settle" => 2000,
            _ => 100,
        });
    }
}
