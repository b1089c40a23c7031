using System.Runtime.ExceptionServices;
using GatewayStack.Credentials.Logins;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Credentials;

/// <summary>An access token for a gateway that is always a fresh one: renewed ahead of its end, and once where the gateway refuses it.</summary>
/// <remarks>
/// Safe for concurrent use; make one for a program and share it. However many calls want a token, one question at a time goes to the source. While a token is valid
/// nobody waits for the next one, and an issuer that is away for a while is not noticed.
/// </remarks>
public sealed class RenewingCredential
{
    /// <summary>How long before its end a token is renewed: a minute, or half of its life where that is less.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromMinutes(1);

    // A source that failed is left alone for a moment, or every call of a busy program would ask it again.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    private readonly ITokenSource _source;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private AccessToken? _current;
    private Task<AccessToken>? _renewal;
    private ExceptionDispatchInfo? _failure;
    private DateTimeOffset _resting;
    private DateTimeOffset _refusedUntil;

    /// <summary>Makes a credential.</summary>
    /// <param name="gateway">The gateway's address, such as <c>https://gateway.example.com</c>: the token is sent there and nowhere else.</param>
    /// <param name="source">Where tokens come from.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentException">The address is not one that a token may be sent to.</exception>
    public RenewingCredential(Uri gateway, ITokenSource source, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        ArgumentNullException.ThrowIfNull(source);
        if (!SafeAddress.IsSafe(gateway))
        {
            throw new ArgumentException("a token is sent over https, or to this machine", nameof(gateway));
        }

        Gateway = gateway;
        _source = source;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The gateway's address.</summary>
    public Uri Gateway { get; }

    /// <summary>By the sign-in that <c>gatewaystack login</c> keeps in the user's folder. Several programs, and the command line, share one sign-in.</summary>
    /// <param name="profile">The name that <c>login --profile</c> gave it; without one, what GATEWAYSTACK_PROFILE says, or <c>default</c>.</param>
    /// <exception cref="CredentialException">Nobody signed in, or what is kept cannot be used.</exception>
    public static RenewingCredential FromLogin(string? profile = null)
    {
        var source = new LoginTokens(LoginStore.OfUser(), profile ?? LoginStore.DefaultProfile, TimeProvider.System);
        return new RenewingCredential(source.Gateway, source);
    }

    /// <summary>By a command that prints an access token and nothing else, such as <c>gatewaystack token</c>.</summary>
    /// <param name="gateway">The gateway's address.</param>
    /// <param name="command">The program; it is started without a shell.</param>
    /// <param name="arguments">Its arguments. Other users of the machine can see them.</param>
    public static RenewingCredential FromCommand(Uri gateway, string command, params IEnumerable<string> arguments) =>
        new(gateway, new CommandTokens(command, [.. arguments], TimeProvider.System));

    /// <summary>By a program's own client (OAuth client credentials): a service, no person.</summary>
    public static RenewingCredential FromClient(Uri gateway, ClientCredentials client) => new(gateway, new ClientTokens(client, TimeProvider.System));

    /// <summary>A token that is valid now.</summary>
    /// <exception cref="CredentialException">There is none.</exception>
    public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken = default)
    {
        Task<AccessToken> renewal;
        lock (_lock)
        {
            var now = _time.GetUtcNow();
            if (_current is { } current && now < current.ExpiresAt)
            {
                if (now >= current.RenewAt(Ahead) && now >= _resting)
                {
                    _ = Renewal(refused: null);
                }

                return new(current);
            }

            if (_renewal is null && now < _resting)
            {
                _failure?.Throw();
            }

            renewal = Renewal(refused: null);
        }

        return new(renewal.WaitAsync(cancellationToken));
    }

    /// <summary>Another token in place of one that the gateway refused (401). What others have renewed meanwhile will do.</summary>
    /// <returns>Another token, or the same one where there is no other.</returns>
    /// <exception cref="CredentialException">There is none.</exception>
    public async ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(refused);
        Task<AccessToken> renewal;
        lock (_lock)
        {
            if (_current is { } current && current.Value != refused.Value)
            {
                return current;
            }

            var now = _time.GetUtcNow();
            if (_renewal is null && now < _refusedUntil)
            {
                // The gateway refuses new ones too: another one would be no better, and the issuer would be asked at every call.
                return refused;
            }

            renewal = Renewal(refused);
            _refusedUntil = now + Rest;
        }

        return await renewal.WaitAsync(cancellationToken);
    }

    /// <summary>Whether the token may be sent to an address: the gateway's own scheme, host and port.</summary>
    public bool IsFor(Uri? address) =>
        address is { IsAbsoluteUri: true } && Uri.Compare(address, Gateway, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    // Called with the lock held. Who asked may give up; the renewal does not, or a refresh token that the issuer has exchanged would be lost.
    private Task<AccessToken> Renewal(AccessToken? refused)
    {
        if (_renewal is { } running)
        {
            return running;
        }

        var renewal = Task.Run(() => RenewAsync(refused));
        _renewal = renewal;
        // What nobody waits for must not end up as an unobserved exception.
        _ = renewal.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        return renewal;
    }

    private async Task<AccessToken> RenewAsync(AccessToken? refused)
    {
        try
        {
            var token = await _source.GetAsync(new TokenDemand { Refused = refused }, CancellationToken.None);
            lock (_lock)
            {
                (_current, _failure, _renewal) = (token, null, null);
                // A source that had none better than one that is due is not asked again at once.
                _resting = _time.GetUtcNow() < token.RenewAt(Ahead) ? default : _time.GetUtcNow() + Rest;
            }

            return token;
        }
        catch (Exception e)
        {
            lock (_lock)
            {
                (_failure, _renewal) = (ExceptionDispatchInfo.Capture(e), null);
                _resting = _time.GetUtcNow() + Rest;
            }

            throw;
        }
    }
}
