using GatewayStack.Identity.Credentials;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace GatewayStack.Identity.Issuers;

/// <summary>
/// One issuer's keys, kept current by use. One refresh at a time, shared by all who wait; an unknown key name starts one at most
/// every 30 seconds, and the request that met it is judged by what the refresh brought.
/// </summary>
internal sealed class IssuerKeys(IssuerOptions issuer, KeySource source, IdentityMetrics metrics, TimeProvider time, ILogger<IssuerKeys> logger)
{
    /// <summary>Age at which the set is fetched again beside the requests.</summary>
    internal static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(45);

    /// <summary>Age at which a request waits for the fetch: a key that the issuer removed is gone by then.</summary>
    internal static readonly TimeSpan RefreshBy = TimeSpan.FromHours(1);

    /// <summary>Age up to which the set is used although the issuer does not answer.</summary>
    internal static readonly TimeSpan StaleUntil = TimeSpan.FromHours(24);

    /// <summary>Least time between two refreshes for unknown key names, and between two attempts while the issuer does not answer.</summary>
    internal static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(30);

    private readonly string _name = issuer.Name;
    private readonly string _issuer = issuer.Issuer;
    private readonly string? _jwksUri = issuer.JwksUri;
    private readonly ResiliencePipeline _pipeline = KeySourcePipeline.Create(issuer.Name, time);
    private readonly UnknownKeyIds _unknown = new(time);
    private readonly Lock _gate = new();
    private volatile Fetched? _fetched;
    private long _askAgainAt;
    private Task _refresh = Task.CompletedTask;
    private DateTimeOffset? _lastForAge;
    private DateTimeOffset? _lastForUnknownKey;

    /// <summary>For administration: the keys, when they came, and why the last refresh failed.</summary>
    public (KeySet? Keys, DateTimeOffset? FetchedAt, string? LastError) State => (_fetched?.Keys, _fetched?.At, LastError);

    private string? LastError { get; set; }

    /// <summary>True when these keys are those that a changed configuration would fetch too.</summary>
    public bool ComesFrom(IssuerOptions other) => other.Issuer == _issuer && other.JwksUri == _jwksUri && other.Name == _name;

    /// <summary>True while a key that verified a token before may still be believed without asking again.</summary>
    public bool StillTrusts(VerificationKey key) =>
        time.GetUtcNow().UtcTicks < Volatile.Read(ref _askAgainAt) && Usable() is { } fetched && fetched.Keys.Contains(key);

    /// <summary>Finds the key a token means, after a refresh where that can help.</summary>
    public async ValueTask<KeyLookup> FindAsync(string? keyId, SignatureAlgorithm algorithm, CancellationToken cancellationToken)
    {
        var before = _fetched;
        if (await CurrentAsync(cancellationToken) is not { } keys)
        {
            return KeyLookup.Unavailable;
        }

        var match = keys.Find(keyId, algorithm);
        var isNew = !ReferenceEquals(before, _fetched);
        if (match.Reason != "unknown_kid" || isNew || (keyId is not null && _unknown.Contains(keyId)))
        {
            return new KeyLookup(match.Key, match.Reason);
        }

        if (TryStartRefresh(forUnknownKey: true, out var refresh))
        {
            await refresh.WaitAsync(cancellationToken);
        }

        // Also where none was started: another request's may have ended since we looked.
        var after = _fetched;
        match = after?.Keys.Find(keyId, algorithm) ?? match;
        if (match.Reason == "unknown_kid" && keyId is not null && !ReferenceEquals(before, after))
        {
            _unknown.Add(keyId);
        }

        return new KeyLookup(match.Key, match.Reason);
    }

    private async ValueTask<KeySet?> CurrentAsync(CancellationToken cancellationToken)
    {
        var age = _fetched is { } fetched ? time.GetUtcNow() - fetched.At : TimeSpan.MaxValue;
        if (age < RefreshAfter)
        {
            return _fetched!.Keys;
        }

        if (TryStartRefresh(forUnknownKey: false, out var refresh) && age >= RefreshBy)
        {
            await refresh.WaitAsync(cancellationToken);
        }

        return Usable()?.Keys;
    }

    private Fetched? Usable() => _fetched is { } fetched && time.GetUtcNow() - fetched.At < StaleUntil ? fetched : null;

    /// <summary>The refresh that is under way, or a new one if the last of its cause is long enough ago.</summary>
    private bool TryStartRefresh(bool forUnknownKey, out Task refresh)
    {
        lock (_gate)
        {
            refresh = _refresh;
            if (!refresh.IsCompleted)
            {
                return true;
            }

            // Without any keys there is nothing to fall back on: only the breaker and the shared flight bound the attempts.
            var now = time.GetUtcNow();
            var last = forUnknownKey ? _lastForUnknownKey : _lastForAge;
            if (last is { } then && now - then < MinimumInterval && Usable() is not null)
            {
                return false;
            }

            _lastForAge = now;
            _lastForUnknownKey = forUnknownKey ? now : _lastForUnknownKey;
            // On its own: it serves everybody who waits, so no single caller's cancellation ends it.
            refresh = _refresh = Task.Run(RefreshAsync, CancellationToken.None);
            return true;
        }
    }

    private async Task RefreshAsync()
    {
        string outcome;
        try
        {
            var keys = await _pipeline.ExecuteAsync(async token => await source.FetchAsync(token), CancellationToken.None);
            _fetched = new Fetched(keys, time.GetUtcNow());
            Volatile.Write(ref _askAgainAt, (time.GetUtcNow() + RefreshAfter).UtcTicks);
            LastError = null;
            outcome = "fetched";
            IdentityLog.KeysFetched(logger, _name, keys.Keys.Length);
        }
        catch (Exception e) when (e is KeySourceException or TimeoutRejectedException or BrokenCircuitException)
        {
            outcome = e is KeySourceException failure ? failure.Reason : e is TimeoutRejectedException ? "timeout" : "breaker_open";
            LastError = outcome;
            // While the issuer does not answer, what was verified is not verified again for every request.
            Volatile.Write(ref _askAgainAt, (time.GetUtcNow() + MinimumInterval).UtcTicks);
            IdentityLog.KeysNotFetched(logger, _name, outcome);
        }

        metrics.KeysFetched(_name, outcome);
    }

    private sealed record Fetched(KeySet Keys, DateTimeOffset At);
}

/// <summary>A key, or why there is none.</summary>
internal readonly record struct KeyLookup(VerificationKey? Key, string? Reason)
{
    public static KeyLookup Unavailable => new(null, "keys_unavailable");

    public bool IsUnavailable => Key is null && Reason == "keys_unavailable";
}
