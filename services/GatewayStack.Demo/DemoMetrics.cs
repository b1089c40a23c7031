using System.Diagnostics.Metrics;

namespace GatewayStack.Demo;

internal sealed class DemoMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Demo";

    private readonly Meter _meter;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _completions;

    public DemoMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _tokens = _meter.CreateCounter<long>("gatewaystack.demo.tokens_issued", "{token}", "Access tokens issued to demo people");
        _completions = _meter.CreateCounter<long>("gatewaystack.demo.completions", "{request}", "Requests to the simulated providers");
    }

    public void TokenIssued(string client) => _tokens.Add(1, new KeyValuePair<string, object?>("client", client));

    public void CompletionRequested(string provider) => _completions.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Dispose() => _meter.Dispose();
}
