using System.Collections.Immutable;
using System.Data.Common;
using GatewayStack.Contracts.Events;
using GatewayStack.Limits.Ledger;
using GatewayStack.Postgres;
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
            // What could not be read is the audit's to keep; the position moves on over it.
            var ledger = new LedgerBatch(batch.Producer, entries.MoveToImmutable()) { Feed = batch.Feed, Position = batch.Position };
            await state.AppendAsync(ledger, cancellationToken);
            return new EventAcknowledgement { Stored = batch.Events.Length };
        }
        catch (LedgerFencedException e)
        {
            return new EventAcknowledgement { Stored = 0, Reason = e.Message, Fenced = true };
        }
        catch (Exception e) when (e is DbException or IOException || OwnerDatabase.IsUnavailable(e))
        {
            metrics.LedgerFailed();
            LimitsLog.LedgerFailed(logger, e, batch.Events.Length);
            return new EventAcknowledgement { Stored = 0, Reason = "the ledger cannot be written" };
        }
    }
}
