using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Wire.Security;

/// <summary>Where Identity's public keys come from.</summary>
internal interface IAssertionKeySource
{
    /// <summary>Gets the key set (RFC 7517).</summary>
    /// <exception cref="HttpRequestException">It cannot be had.</exception>
    Task<string> GetAsync(CancellationToken cancellationToken);
}

/// <summary>Identity's public keys, kept current by use: one fetch at a time, and a made-up key id starts one at most every five seconds.</summary>
internal sealed class AssertionKeys(IAssertionKeySource source, TimeProvider time, ILogger<AssertionKeys> logger)
{
    /// <summary>Least time between two fetches.</summary>
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Age at which the set is fetched again: a key that Identity no longer publishes is forgotten.</summary>
    internal static readonly TimeSpan RefreshAfter = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private volatile Fetched? _fetched;
    private volatile SelfCallKey? _self;
    private Task _refresh = Task.CompletedTask;
    private long? _asked;

    /// <summary>True once a set is there.</summary>
    public bool Known => _fetched is not null;

    /// <summary>Finds a key by its id; null where Identity does not publish it, or cannot be asked (<see cref="Known"/>).</summary>
    public async ValueTask<SecurityKey?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        var fetched = _fetched;
        if (fetched is not null && fetched.Keys.TryGetValue(keyId, out var key))
        {
            if (time.GetElapsedTime(fetched.At) >= RefreshAfter)
            {
                // Beside the request: the key is good enough for this one.
                _ = RefreshAsync();
            }

            return key;
        }

        if (_self is { } self && self.KeyId == keyId)
        {
            return self.Verification;
        }

        await RefreshAsync().WaitAsync(cancellationToken);
        return _fetched?.Keys.GetValueOrDefault(keyId);
    }

    /// <summary>Believes a key that this process made for itself, until what is returned is disposed.</summary>
    public IDisposable Believe(SelfCallKey key)
    {
        _self = key;
        return new Belief(this);
    }

    /// <summary>Fetches the set now, unless that was just done. Never fails: <see cref="Known"/> says whether there is one.</summary>
    public Task RefreshAsync()
    {
        lock (_gate)
        {
            if (_refresh.IsCompleted && (_asked is not { } asked || time.GetElapsedTime(asked) >= Interval))
            {
                _asked = time.GetTimestamp();
                _refresh = FetchAsync();
            }

            return _refresh;
        }
    }

    private async Task FetchAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline, time);
        try
        {
            var set = new JsonWebKeySet(await source.GetAsync(deadline.Token));
            var keys = set.Keys.Where(k => k.Kty == "EC" && k.Crv == "P-256" && !string.IsNullOrEmpty(k.Kid));
            _fetched = new Fetched(keys.DistinctBy(k => k.Kid, StringComparer.Ordinal).ToFrozenDictionary(k => k.Kid, k => (SecurityKey)k, StringComparer.Ordinal), time.GetTimestamp());
        }
        catch (Exception e) when (e is HttpRequestException or IOException or ArgumentException or OperationCanceledException)
        {
            logger.KeysUnavailable(e.GetType().Name);
        }
    }

    private sealed class Belief(AssertionKeys keys) : IDisposable
    {
        public void Dispose() => keys._self = null;
    }

    private sealed record Fetched(FrozenDictionary<string, SecurityKey> Keys, long At);
}
