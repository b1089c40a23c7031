using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GatewayStack.Events;

/// <summary>Figures of the spool and of the shipping.</summary>
internal sealed class EventsMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Events";

    private readonly Meter _meter;
    private readonly Counter<long> _appended;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _damaged;
    private readonly Counter<long> _interrupted;
    private readonly Counter<long> _shipped;
    private readonly Counter<long> _failures;

    public EventsMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _appended = _meter.CreateCounter<long>("gatewaystack.events.appended", "{event}", "Events appended to the spool.");
        _lost = _meter.CreateCounter<long>("gatewaystack.events.lost", "{event}", "Events lost because the spool was full.");
        _damaged = _meter.CreateCounter<long>("gatewaystack.events.damaged", "{place}", "Damaged places found in the spool at the start.");
        _interrupted = _meter.CreateCounter<long>("gatewaystack.events.interrupted", "{event}", "Decisions without an outcome found at the start.");
        _shipped = _meter.CreateCounter<long>("gatewaystack.events.shipped", "{event}", "Events a consumer has stored.");
        _failures = _meter.CreateCounter<long>("gatewaystack.events.sink_failures", "{failure}", "Batches a consumer did not store in full.");
    }

    public void Appended() => _appended.Add(1);

    public void Lost() => _lost.Add(1);

    public void Damaged() => _damaged.Add(1);

    public void Interrupted(int count) => _interrupted.Add(count);

    public void Shipped(string sink, int count) => _shipped.Add(count, new TagList { { "sink", sink } });

    public void SinkFailed(string sink) => _failures.Add(1, new TagList { { "sink", sink } });

    /// <summary>Shows how far a consumer is behind.</summary>
    public void WatchBacklog(Func<IEnumerable<Measurement<long>>> observe) =>
        _ = _meter.CreateObservableGauge("gatewaystack.events.backlog", observe, "{event}", "Events a consumer has not stored yet.");

    public void Dispose() => _meter.Dispose();
}
