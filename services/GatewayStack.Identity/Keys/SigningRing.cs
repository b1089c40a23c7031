using System.Collections.Immutable;
using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Keys;

/// <summary>
/// The keys that sign assertions: one in use, the next already published, and those that were in use while their assertions can
/// still be alive. A verifier that has our key set knows a key before it meets it.
/// </summary>
internal sealed class SigningRing
{
    /// <summary>How long a retired key stays: longer than any assertion it signed, and than a verifier's clock is off.</summary>
    internal static readonly TimeSpan KeepRetired = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    private readonly IKeyStore<SigningKeyFile> _store;
    private readonly IssuerRegistry _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<SigningRing> _logger;
    private readonly Lock _gate = new();
    private volatile State _state = null!;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    public SigningRing(KeyStores stores, IssuerRegistry settings, TimeProvider time, ILogger<SigningRing> logger)
    {
        _store = stores.Signing;
        _settings = settings;
        _time = time;
        _logger = logger;
        if (TakeStored())
        {
            if (_store.NeedsWrapping())
            {
                TryStore(_state);
            }

            return;
        }

        var now = time.GetUtcNow();
        var first = new State(SigningKey.Generate(now, now), SigningKey.Generate(now, null), [], Version: 0);
        if (TryStore(first))
        {
            IdentityLog.SigningKeysMade(logger, first.Current.KeyId);
        }

        // Ours, or those of a replica that was faster.
        TakeStored();
    }

    /// <summary>The key to sign with; replaced by the next one when it is old enough.</summary>
    public SigningKey Current
    {
        get
        {
            var state = _state;
            if (_store.IsShared || !IsDue(state))
            {
                // What is shared is replaced in the background: no request waits for a database.
                return state.Current;
            }

            RotateIfDue();
            return _state.Current;
        }
    }

    public SigningKey Next => _state.Next;

    /// <summary>Retired keys whose assertions can still be alive.</summary>
    public ImmutableArray<SigningKey> Retired => Alive(_state);

    /// <summary>Every key that verifies: what the key set publishes.</summary>
    public ImmutableArray<SigningKey> Published => [Current, _state.Next, .. Alive(_state)];

    public VerificationKey? Find(string keyId)
    {
        foreach (var key in Published)
        {
            if (key.KeyId == keyId)
            {
                return key.Verification;
            }
        }

        return null;
    }

    /// <summary>Takes over what another replica did.</summary>
    /// <exception cref="IOException">The store cannot be read; nothing has changed.</exception>
    public void Refresh()
    {
        lock (_gate)
        {
            TakeStored();
        }
    }

    /// <summary>Puts the next key into use now. Where another replica did so at the same time, that was it.</summary>
    /// <exception cref="IOException">The ring could not be stored; nothing has changed.</exception>
    public (string Before, string After) Rotate()
    {
        lock (_gate)
        {
            var before = _state.Current.KeyId;
            Advance();
            return (before, _state.Current.KeyId);
        }
    }

    private bool IsDue(State state) =>
        _time.GetUtcNow() - state.Current.Stored.ActivatedAt >= TimeSpan.FromDays(_settings.Current.Options.SigningKeyDays);

    /// <summary>Puts the next key into use if it is time; a failure is logged and tried again later.</summary>
    public void RotateIfDue()
    {
        lock (_gate)
        {
            if (IsDue(_state) && _time.GetUtcNow() >= _notBefore)
            {
                try
                {
                    Advance();
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // An old key is better than none: try again later.
                    _notBefore = _time.GetUtcNow() + RetryAfter;
                    IdentityLog.RotationFailed(_logger, e.GetType().Name);
                }
            }
        }
    }

    private void Advance()
    {
        var now = _time.GetUtcNow();
        var old = _state;
        var next = new State(
            new SigningKey(old.Next.Stored with { ActivatedAt = now }),
            SigningKey.Generate(now, null),
            [new SigningKey(old.Current.Stored with { RetiredAt = now }), .. Alive(old)],
            old.Version);
        if (TryStore(next))
        {
            IdentityLog.SigningKeyRotated(_logger, old.Current.KeyId, next.Current.KeyId);
        }

        TakeStored();
    }

    private ImmutableArray<SigningKey> Alive(State state)
    {
        var retired = state.Retired;
        return retired.IsEmpty ? retired : [.. retired.Where(key => _time.GetUtcNow() < key.Stored.RetiredAt + KeepRetired)];
    }

    /// <summary>Takes what is stored, if it is not what is known already. False where nothing is stored.</summary>
    private bool TakeStored()
    {
        if (_store.Read() is not { } stored)
        {
            return false;
        }

        // A file has one version for ever, and is read again only after it was written.
        if (!_store.IsShared || _state is null || _state.Version != stored.Version)
        {
            var ring = stored.Content;
            _state = new State(new SigningKey(ring.Current), new SigningKey(ring.Next), [.. ring.Retired.Select(key => new SigningKey(key))], stored.Version);
        }

        return true;
    }

    private bool TryStore(State state) => _store.TryWrite(
        new SigningKeyFile
        {
            Version = 1,
            Current = state.Current.Stored,
            Next = state.Next.Stored,
            Retired = [.. state.Retired.Select(key => key.Stored)],
        },
        state.Version);

    private sealed record State(SigningKey Current, SigningKey Next, ImmutableArray<SigningKey> Retired, long Version);
}
