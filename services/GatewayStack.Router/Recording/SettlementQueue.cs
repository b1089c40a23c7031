using System.Threading.Channels;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Recording;

/// <summary>Settles off the answer's path. What is lost here is made good by the outcome's event, which feeds the ledger.</summary>
internal sealed class SettlementQueue(ILimitsModule limits, RemoteModules modules, StageInvoker stages, RouterMetrics metrics, ILogger<SettlementQueue> logger) : IHostedService
{
    /// <summary>Name of the stage.</summary>
    public const string Stage = "settle";

    private const int AtOnce = 64;

    // While Limits is away the queue does not grow: its breaker ends every call at once.
    private const int Most = 50_000;

    private readonly Channel<Pending> _queue = Channel.CreateBounded<Pending>(new BoundedChannelOptions(Most) { SingleReader = true });
    private Task _loop = Task.CompletedTask;

    /// <summary>Settles at once where Limits answers at once, as it does in one process with the embedded stores; otherwise the answer is awaited elsewhere.</summary>
    public void Submit(Settlement settlement)
    {
        Task<SettlementResult>? started = null;
        if (!modules.IsRemote(ModuleNames.Limits))
        {
            try
            {
                started = limits.SettleAsync(settlement, CancellationToken.None);
                if (started.IsCompletedSuccessfully)
                {
                    return;
                }
            }
            catch (Exception e)
            {
                started = Task.FromException<SettlementResult>(e);
            }
        }

        if (!_queue.Writer.TryWrite(new Pending(settlement, started)))
        {
            Lost(settlement, "queue_full");
        }
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _loop = Task.Run(
            () => Parallel.ForEachAsync(_queue.Reader.ReadAllAsync(CancellationToken.None), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (pending, _) => await SettleAsync(pending)),
            CancellationToken.None);
        return Task.CompletedTask;
    }

    /// <summary>What is queued when the host stops is still settled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await _loop.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SettleAsync(Pending pending)
    {
        var settlement = pending.Settlement;
        var to = new ModuleCall { Module = ModuleNames.Limits, Stage = Stage, Person = ModuleCall.SenderOf(settlement.Tenant, settlement.PersonId) };
        var (call, _) = await stages.InvokeAsync(to, (limits, pending), static (s, ct) => s.pending.TakeStarted() ?? s.limits.SettleAsync(s.pending.Settlement, ct), CancellationToken.None);
        if (call != StageCall.Answered)
        {
            Lost(settlement, call.ToString());
        }
    }

    private void Lost(Settlement settlement, string why)
    {
        metrics.SettlementFailed();
        logger.SettlementFailed(settlement.RequestId, why);
    }

    /// <summary>A settlement, and the call that is already under way: it is the first attempt, not asked for twice.</summary>
    private sealed class Pending(Settlement settlement, Task<SettlementResult>? started)
    {
        private Task<SettlementResult>? _started = started;

        public Settlement Settlement => settlement;

        public Task<SettlementResult>? TakeStarted() => Interlocked.Exchange(ref _started, null);
    }
}
