using System.Collections.Immutable;
using System.Data.Common;
using GatewayStack.Contracts.Events;
using GatewayStack.Limits.Ledger;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Limits.Consumption;

/// <summary>The ledger's feed: every decision and outcome becomes rows, once, and the counters follow.</summary>
internal sealed class LedgerSink(LimitsState state, LimitsMetrics metrics, ILogger<LedgerSink> logger) : IEventSink
{
    public string Name => "limits";

    public async Task<EventAcknowledgement> AppendAsync(EventBatch batch, CancellationToken cancellationToken)
    {
        if (!state.IsReady)
        {
            return new EventAcknowledgement { Stored = 0, Reason = "limits are not ready" };
        }

        var entries = ImmutableArray.CreateBuilder<LedgerEntry>(batch.Events.Length);
        foreach (var stored in batch.Events)
        {
            entries.Add(LedgerEntries.Read(stored, out var error));
            if (error is not null)
            {
                metrics.EventUnreadable();
                LimitsLog.EventUnreadable(logger, batch.Producer, stored.Epoch, stored.Sequence, error);
            }
        }

        try
        {
            await state.AppendAsync(new LedgerBatch(batch.Producer, entries.MoveToImmutable()), cancellationToken);
            return new EventAcknowledgement { Stored = batch.Events.Length };
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            metrics.LedgerFailed();
            LimitsLog.LedgerFailed(logger, e, batch.Events.Length);
            return new EventAcknowledgement { Stored = 0, Reason = "the ledger cannot be written" };
        }
    }
}
