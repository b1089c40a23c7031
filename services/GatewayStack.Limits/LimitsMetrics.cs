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
    private readonly Counter<long> _forgotten;
    private readonly Counter<long> _unreadable;
    private readonly Counter<long> _rebuilds;
    private readonly Histogram<double> _commands;
    private readonly Counter<long> _drift;
    private readonly Counter<long> _away;
    private CounterStatistics _counted = new(0, 0, 0);
    private int _breaker;

    public LimitsMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _reservations = _meter.CreateCounter<long>("gateway.limits.reservations", "{reservation}", "Decided reservations, by effect.");
        _settlements = _meter.CreateCounter<long>("gateway.limits.settlements", "{settlement}", "Settlements, by status.");
        _exceeded = _meter.CreateCounter<long>("gateway.limits.estimate_exceeded", "{request}", "Requests that used more than they held.");
        _swept = _meter.CreateCounter<long>("gateway.limits.leases_expired", "{hold}", "Holds charged in full because their lease was over.");
        _changes = _meter.CreateCounter<long>("gateway.limits.ledger_changes", "{request}", "Requests opened, released or closed in the ledger.");
        _failures = _meter.CreateCounter<long>("gateway.limits.ledger_failures", "{batch}", "Batches that the ledger could not store; they come again.");
        _forgotten = _meter.CreateCounter<long>("gateway.limits.ledger_forgotten", "{request}", "Requests that the ledger let go of, past their retention.");
        _unreadable = _meter.CreateCounter<long>("gateway.limits.events_unreadable", "{event}", "Events that could not be read and were passed over.");
        _rebuilds = _meter.CreateCounter<long>("gateway.limits.rebuilds", "{rebuild}", "Rebuilds of the counters from the ledger.");
        _commands = _meter.CreateHistogram<double>("gateway.limits.store_command.duration", "s", "Commands of requests to a remote counter store, by outcome.");
        _away = _meter.CreateCounter<long>("gateway.limits.store_away", "{call}", "Calls that were not answered because the counter store was away.");
        _drift = _meter.CreateCounter<long>("gateway.limits.drift", "{unit}", "Tokens and micro-units by which counters were off when they were rebuilt.");
        _meter.CreateObservableGauge("gateway.limits.store_breaker_open", () => Volatile.Read(ref _breaker), "{breaker}", "1 while the counter store is left alone.");
        _meter.CreateObservableGauge("gateway.limits.holds_open", () => Volatile.Read(ref _counted).OpenHolds, "{hold}", "Holds of requests under way, when leases were last "
            + "looked through.");
        _meter.CreateObservableGauge("gateway.limits.counters", () => Volatile.Read(ref _counted).Counters, "{counter}", "Counters of open windows, when leases were last looked "
            + "through.");
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

    public void LedgerForgotten(long requests) => _forgotten.Add(requests);

    public void Counted(CounterStatistics statistics) => Volatile.Write(ref _counted, statistics);

    public void Drifted(long amount) => _drift.Add(amount);

    public void StoreCommand(TimeSpan duration, bool succeeded) =>
        _commands.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("outcome", succeeded ? "answered" : "failed"));

    public void StoreAway() => _away.Add(1);

    public void StoreBreaker(bool open) => Volatile.Write(ref _breaker, open ? 1 : 0);

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
