using System.Diagnostics.Metrics;

namespace GatewayStack.Audit;

/// <summary>Figures of the audit.</summary>
internal sealed class AuditMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Audit";

    private readonly Meter _meter;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _failures;
    private readonly Counter<long> _read;

    public AuditMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _stored = _meter.CreateCounter<long>("gatewaystack.audit.stored", "{event}", "Events stored.");
        _deadLetters = _meter.CreateCounter<long>("gatewaystack.audit.dead_letters", "{event}", "Events that could not be read and were put aside.");
        _failures = _meter.CreateCounter<long>("gatewaystack.audit.store_failures", "{failure}", "Batches the store did not take.");
        _read = _meter.CreateCounter<long>("gatewaystack.audit.read", "{event}", "Events given to readers.");
    }

    public void Stored(int rows, int deadLetters)
    {
        _stored.Add(rows);
        if (deadLetters > 0)
        {
            _deadLetters.Add(deadLetters);
        }
    }

    public void StoreFailed() => _failures.Add(1);

    public void Read() => _read.Add(1);

    public void Dispose() => _meter.Dispose();
}
