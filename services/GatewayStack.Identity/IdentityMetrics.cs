using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity;

/// <summary>The module's metrics, meter <c>GatewayStack.Identity</c>. No label comes from a token.</summary>
internal sealed class IdentityMetrics
{
    private readonly Counter<long> _authentications;
    private readonly Counter<long> _cacheHits;
    private readonly Counter<long> _keyFetches;
    private readonly Counter<long> _assertions;
    private readonly Counter<long> _introspections;
    private readonly Counter<long> _exchanges;

    public IdentityMetrics(IMeterFactory factory)
    {
        var meter = factory.Create("GatewayStack.Identity");
        _authentications = meter.CreateCounter<long>(
            "gatewaystack.identity.authentications", "{authentication}", "Credentials judged, by status, without those that were remembered.");
        _cacheHits = meter.CreateCounter<long>("gatewaystack.identity.cache_hits", "{authentication}", "Credentials that were verified before and are still good.");
        _keyFetches = meter.CreateCounter<long>("gatewaystack.identity.key_fetches", "{fetch}", "Key sets asked for, by issuer and outcome.");
        _assertions = meter.CreateCounter<long>("gatewaystack.identity.assertions", "{assertion}", "Assertions signed, by use.");
        _introspections = meter.CreateCounter<long>("gatewaystack.identity.introspections", "{question}", "Tokens asked about, by issuer and outcome.");
        _exchanges = meter.CreateCounter<long>("gatewaystack.identity.token_exchanges", "{exchange}", "Tokens exchanged, by issuer, use and outcome.");
    }

    public void Authenticated(AuthenticationStatus status) => _authentications.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));

    public void Remembered() => _cacheHits.Add(1);

    public void KeysFetched(string issuer, string outcome) =>
        _keyFetches.Add(1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("outcome", outcome));

    public void Introspected(string issuer, string outcome) =>
        _introspections.Add(1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("outcome", outcome));

    public void Exchanged(string issuer, string use, string outcome) => _exchanges.Add(
        1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("use", use), new KeyValuePair<string, object?>("outcome", outcome));

    public void AssertionMinted(bool isInternal) => _assertions.Add(1, new KeyValuePair<string, object?>("use", isInternal ? "internal" : "upstream"));
}
