using System.Threading.Channels;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Pipeline;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Recording;

/// <summary>Settles in the background. What is lost here is made good by the outcome's event, which feeds the ledger.</summary>
internal sealed class SettlementQueue(ILimitsModule limits, StageInvoker stages, ILogger<SettlementQueue> logger) : BackgroundService
{
    private readonly Channel<Settlement> _queue = Channel.CreateUnbounded<Settlement>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Settles at once where Limits answers at once, as it does in one process; otherwise the answer is awaited elsewhere.</summary>
    public void Submit(Settlement settlement)
    {
        try
        {
            if (limits.SettleAsync(settlement, CancellationToken.None) is { IsCompletedSuccessfully: true })
            {
                return;
            }
        }
        catch (Exception e)
        {
            logger.SettlementFailed(settlement.RequestId, 1, e.GetType().Name);
        }

        // Settling is idempotent: asking again while the first call is under way changes nothing.
        _queue.Writer.TryWrite(settlement);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _queue.Writer.TryComplete();
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not the stopping token: what is queued when the host stops is still settled, its writer completes the loop.
        await foreach (var settlement in _queue.Reader.ReadAllAsync(CancellationToken.None))
        {
            var (call, _) = await stages.InvokeAsync("settle", 0, (limits, settlement), static (s, ct) => s.limits.SettleAsync(s.settlement, ct), CancellationToken.None);
            if (call != StageCall.Answered)
            {
                logger.SettlementFailed(settlement.RequestId, 2, call.ToString());
            }
        }
    }
}
