using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Documents;
using GatewayStack.Limits.Prices;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits;

/// <summary>Limits over one counter store. With counters in memory nothing here waits.</summary>
/// <remarks>Where the store is away, every call ends as <see cref="ModuleFault.NeverReached"/>: no reservation was made, or one that repeating the request id,
/// settling it or the end of its lease accounts for. So the caller's rule for limits that are away holds.</remarks>
internal sealed class LimitsModule(
    ICounterStore counters,
    IDocumentStore<PriceTable> prices,
    LimitsState state,
    TimeProvider time,
    LimitsMetrics metrics) : ILimitsModule
{
    public async Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken)
    {
        ThrowIfNotReady();
        var table = prices.Current;
        var now = Microseconds(time.GetUtcNow());
        var estimate = HoldEstimate.Of(request, table.Value, now);
        var reservation = new CounterRequest
        {
            RequestId = request.RequestId,
            ParentRequestId = request.ParentRequestId,
            Facts = RequestFacts.Of(request.Identity, request.Action, request.Server, request.Tool),
            Hold = estimate.Hold,
            PriceKnown = estimate.PriceKnown,
            At = now,
            LeaseEndsAt = Microseconds(now + request.Lease),
            Prices = estimate.Prices,
            PriceTable = table.Revision,
        };
        try
        {
            var decision = await counters.ReserveAsync(reservation, cancellationToken);
            metrics.Reserved(decision.Effect);
            return decision;
        }
        catch (CounterStoreAwayException e)
        {
            throw Away(e);
        }
    }

    public async Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken)
    {
        ThrowIfNotReady();
        var used = settlement.ChargedByChild ? Amount.None : Amount.Of(settlement.Attempts);
        try
        {
            var settled = await counters.SettleAsync(new CounterSettlement(settlement.Tenant, settlement.PersonId, settlement.RequestId, used), cancellationToken);
            metrics.Settled(settled);
            return new SettlementResult { Status = settled.Status };
        }
        catch (CounterStoreAwayException e)
        {
            throw Away(e);
        }
    }

    public async Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken)
    {
        ThrowIfNotReady();
        try
        {
            return new LimitsReport
            {
                Limits = await counters.ReadAsync(RequestFacts.Of(request.Identity, action: null), cancellationToken),
                Currency = prices.Current.Value.Currency,
            };
        }
        catch (CounterStoreAwayException e)
        {
            throw Away(e);
        }
    }

    // Events state times in microseconds: the hold in memory and the hold on record must name the same windows.
    private static DateTimeOffset Microseconds(DateTimeOffset time)
    {
        var ticks = time.UtcTicks;
        return new DateTimeOffset(ticks - (ticks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
    }

    private ModuleCallException Away(CounterStoreAwayException exception)
    {
        metrics.StoreAway();
        if (exception.MustRebuild)
        {
            state.Lost();
        }

        return new ModuleCallException("limits", ModuleFault.NeverReached, exception);
    }

    private void ThrowIfNotReady()
    {
        if (!state.IsReady)
        {
            throw new InvalidOperationException("Limits are not ready: the counters have not been rebuilt yet.");
        }
    }
}
