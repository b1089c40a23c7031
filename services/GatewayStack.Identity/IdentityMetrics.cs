using System.Diagnostics.Metrics;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Standings;

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
    private readonly Counter<long> _measures;
    private readonly Counter<long> _logoutTokens;

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
        _measures = meter.CreateCounter<long>("gatewaystack.identity.standing.measures", "{measure}", "Measures taken, ended and not taken, by whose word and outcome.");
        _logoutTokens = meter.CreateCounter<long>("gatewaystack.identity.logout_tokens", "{token}", "Logout tokens judged, by issuer and outcome.");
    }

    public void Authenticated(AuthenticationStatus status) => _authentications.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));

    public void Remembered() => _cacheHits.Add(1);

    public void KeysFetched(string issuer, string outcome) =>
        _keyFetches.Add(1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("outcome", outcome));

    public void Introspected(string issuer, string outcome) =>
        _introspections.Add(1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("outcome", outcome));

    public void Exchanged(string issuer, string use, string outcome) => _exchanges.Add(
        1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("use", use), new KeyValuePair<string, object?>("outcome", outcome));

    public void MeasureTaken(StandingOrigin origin, StandingAdditionOutcome outcome) => Measure(origin, outcome switch
    {
        StandingAdditionOutcome.Added => "taken",
        StandingAdditionOutcome.Known => "known",
        StandingAdditionOutcome.Contradicts => "contradicts",
        _ => "too_many",
    });

    public void MeasureEnded(StandingOrigin origin) => Measure(origin, "ended");

    /// <summary>Measures ended before their time because there was no room.</summary>
    public void MeasuresDisplaced(StandingOrigin origin, int count) => Measure(origin, "displaced", count);

    /// <param name="issuer">The issuer's configured name.</param>
    /// <param name="outcome"><c>accepted</c>, or why not.</param>
    public void LogoutTokenJudged(string issuer, string outcome) =>
        _logoutTokens.Add(1, new KeyValuePair<string, object?>("issuer", issuer), new KeyValuePair<string, object?>("outcome", outcome));

    public void AssertionMinted(bool isInternal) => _assertions.Add(1, new KeyValuePair<string, object?>("use", isInternal ? "internal" : "upstream"));

    private void Measure(StandingOrigin origin, string outcome, int count = 1) => _measures.Add(
        count, new KeyValuePair<string, object?>("origin", Name(origin)), new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>The word for whose word it is.</summary>
    public static string Name(StandingOrigin origin) => origin switch
    {
        StandingOrigin.Administrator => "administrator",
        StandingOrigin.Person => "person",
        _ => "issuer",
    };
}
