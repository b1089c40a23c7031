using System.Diagnostics.Metrics;

namespace GatewayStack.Postgres;

/// <summary>Metrics of the meter <c>GatewayStack.Postgres</c>.</summary>
internal sealed class PostgresMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Postgres";

    private readonly Meter _meter;
    private readonly UpDownCounter<int> _open;
    private readonly Counter<long> _opened;

    public PostgresMetrics(IMeterFactory factory)
    {
        _meter = factory.Create(MeterName);
        _open = _meter.CreateUpDownCounter<int>("gateway.postgres.breaker_open", "{breaker}", "1 while a database's breaker is open.");
        _opened = _meter.CreateCounter<long>("gateway.postgres.breaker_opened", "{opening}", "Times a database's breaker opened.");
    }

    public void BreakerOpened(string database)
    {
        _open.Add(1, new KeyValuePair<string, object?>("database", database));
        _opened.Add(1, new KeyValuePair<string, object?>("database", database));
    }

    public void BreakerClosed(string database) => _open.Add(-1, new KeyValuePair<string, object?>("database", database));

    public void Dispose() => _meter.Dispose();
}
