using System.Diagnostics.Metrics;

namespace GatewayStack.Demo;

internal sealed class DemoMetrics : IDisposable
{
    public const string MeterName = "GatewayStack.Demo";

    private readonly Meter _meter;
    private readonly Counter<long> _tokens;
    private readonly Counter<long> _completions;
    private readonly Counter<long> _clients;
    private readonly Counter<long> _refusals;

    public DemoMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _tokens = _meter.CreateCounter<long>("gatewaystack.demo.tokens_issued", "{token}", "Access tokens issued to demo people");
        _completions = _meter.CreateCounter<long>("gatewaystack.demo.completions", "{request}", "Requests to the simulated providers");
        _clients = _meter.CreateCounter<long>("gatewaystack.demo.clients_registered", "{client}", "Clients that registered themselves with the demo issuer");
        _refusals = _meter.CreateCounter<long>("gatewaystack.demo.issuer_refusals", "{request}", "Requests that the demo issuer refused");
    }

    public void ClientRegistered() => _clients.Add(1);

    /// <summary>Counts something the issuer refused.</summary>
    /// <param name="endpoint">Where.</param>
    /// <param name="reason">Why; one of a few words, never what was sent.</param>
    public void IssuerRefused(string endpoint, string reason) =>
        _refusals.Add(1, new KeyValuePair<string, object?>("endpoint", endpoint), new KeyValuePair<string, object?>("reason", reason));

    public void TokenIssued(string client) => _tokens.Add(1, new KeyValuePair<string, object?>("client", client));

    public void CompletionRequested(string provider) => _completions.Add(1, new KeyValuePair<string, object?>("provider", provider));

    public void Dispose() => _meter.Dispose();
}
