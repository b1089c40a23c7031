using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits;

/// <summary>Metrics of the meter <c>GatewayStack.Limits</c>.</summary>
internal sealed class LimitsMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Limits";

    private readonly Meter _meter;
    private readonly Counter<long> _reservations;
    private readonly Counter<long> _settlements;
    private readonly Counter<long> _exceeded;
    private readonly Counter<long> _swept;
    private readonly Counter<long> _changes;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _rebuilds;

    public LimitsMetrics(IMeterFactory factory, ICounterStore counters)
    {
        _meter = factory.Create(MeterName);
        _reservations = _meter.CreateCounter<long>("gateway.limits.reservations", "{reservation}", "Decided reservations, by effect.");
        _settlements = _meter.CreateCounter<long>("gateway.limits.settlements", "{settlement}", "Settlements, by status.");
        _exceeded = _meter.CreateCounter<long>("gateway.limits.estimate_exceeded", "{request}", "Requests that used more than they held.");
        _swept = _meter.CreateCounter<long>("gateway.limits.leases_expired", "{hold}", "Holds charged in full because their lease was over.");
        _changes = _meter.CreateCounter<long>("gateway.limits.ledger_changes", "{request}", "Requests opened, released or closed in the ledger.");
        _failures = _meter.CreateCounter<long>("gateway.limits.ledger_failures", "{batch}", "Batches that the ledger could not store; they come again.");
        _unreadable = _meter.CreateCounter<long>("gateway.limits.events_unreadable", "{event}", "Events that could not be read and were passed over.");
        _rebuilds = _meter.CreateCounter<long>("gateway.limits.rebuilds", "{rebuild}", "Rebuilds of the counters from the ledger.");
        _meter.CreateObservableGauge("gateway.limits.holds_open", () => counters.GetStatistics().OpenHolds, "{hold}", "Holds of requests under way.");
        _meter.CreateObservableGauge("gateway.limits.counters", () => counters.GetStatistics().Counters, "{counter}", "Counters in memory.");
    }

    public void Reserved(LimitsEffect effect) => _reservations.Add(1, new KeyValuePair<string, object?>("effect", Word(effect)));

    public void Settled(CounterSettled settled)
    {
        _settlements.Add(1, new KeyValuePair<string, object?>("status", Word(settled.Status)));
        if (settled.Exceeded)
        {
            _exceeded.Add(1);
        }
    }

    public void Swept(int holds) => _swept.Add(holds);

    public void LedgerAppended(int changes) => _changes.Add(changes);

    public void LedgerFailed() => _failures.Add(1);

    public void EventUnreadable() => _unreadable.Add(1);

    public void Rebuilt() => _rebuilds.Add(1);

    public void Dispose() => _meter.Dispose();

    private static string Word(LimitsEffect effect) => effect switch
    {
        LimitsEffect.Ok => "ok",
        LimitsEffect.Throttle => "throttle",
        LimitsEffect.Deny => "deny",
        LimitsEffect.Fallback => "fallback",
        LimitsEffect.Degrade => "degrade",
        _ => "unspecified",
    };

    private static string Word(SettlementStatus status) => status switch
    {
        SettlementStatus.Settled => "settled",
        SettlementStatus.Duplicate => "duplicate",
        SettlementStatus.Unknown => "unknown",
        _ => "unspecified",
    };
}
