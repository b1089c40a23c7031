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

    private readonly KeyFile<SigningKeyFile> _file;
    private readonly IssuerRegistry _settings;
    private readonly TimeProvider _time;
    private readonly ILogger<SigningRing> _logger;
    private readonly Lock _gate = new();
    private volatile State _state;
    private DateTimeOffset _notBefore = DateTimeOffset.MinValue;

    public SigningRing(KeyFiles files, IssuerRegistry settings, TimeProvider time, ILogger<SigningRing> logger)
    {
        _file = files.Signing;
        _settings = settings;
        _time = time;
        _logger = logger;
        if (_file.Read() is { } stored)
        {
            _state = new State(new SigningKey(stored.Current), new SigningKey(stored.Next), [.. stored.Retired.Select(key => new SigningKey(key))]);
            if (_file.NeedsWrapping())
            {
                Store(_state);
            }
        }
        else
        {
            var now = time.GetUtcNow();
            _state = new State(SigningKey.Generate(now, now), SigningKey.Generate(now, null), []);
            Store(_state);
            IdentityLog.SigningKeysMade(logger, _state.Current.KeyId);
        }
    }

    /// <summary>The key to sign with; replaced by the next one when it is old enough.</summary>
    public SigningKey Current
    {
        get
        {
            var state = _state;
            return IsDue(state) ? RotateIfDue() : state.Current;
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

    /// <summary>Puts the next key into use now.</summary>
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

    private SigningKey RotateIfDue()
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

            return _state.Current;
        }
    }

    private void Advance()
    {
        var now = _time.GetUtcNow();
        var old = _state;
        var next = new State(
            new SigningKey(old.Next.Stored with { ActivatedAt = now }),
            SigningKey.Generate(now, null),
            [new SigningKey(old.Current.Stored with { RetiredAt = now }), .. Alive(old)]);
        Store(next);
        _state = next;
        IdentityLog.SigningKeyRotated(_logger, old.Current.KeyId, next.Current.KeyId);
    }

    private ImmutableArray<SigningKey> Alive(State state)
    {
        var retired = state.Retired;
        return retired.IsEmpty ? retired : [.. retired.Where(key => _time.GetUtcNow() < key.Stored.RetiredAt + KeepRetired)];
    }

    private void Store(State state) => _file.Write(new SigningKeyFile
    {
        Version = 1,
        Current = state.Current.Stored,
        Next = state.Next.Stored,
        Retired = [.. state.Retired.Select(key => key.Stored)],
    });

    private sealed record State(SigningKey Current, SigningKey Next, ImmutableArray<SigningKey> Retired);
}
