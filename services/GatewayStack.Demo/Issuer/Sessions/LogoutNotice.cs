using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Issuer.Keys;
using GatewayStack.Demo.Server;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>Tells the gateway that a session ended (OpenID Connect Back-Channel Logout 1.0).</summary>
internal sealed class LogoutNotice(DemoServerOptions options, DemoAddresses addresses, DemoSigningKey key, GatewayClient gateway, TimeProvider time, ILogger<LogoutNotice> logger)
{
    private const string Path = "/identity/backchannel-logout/demo";
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    /// <returns>Whether the gateway took it.</returns>
    public async Task<bool> SendAsync(DemoSession session, CancellationToken cancellationToken)
    {
        if (addresses.Gateway is not { } address)
        {
            return false;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", Mint(session))]);
            using var response = await gateway.Http.PostAsync(new Uri(address, Path), form, patience.Token);
            if (response.IsSuccessStatusCode)
            {
                return true;
            }

            DemoLog.LogoutNotTaken(logger, (int)response.StatusCode);
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            DemoLog.GatewayUnreachable(logger, e.GetType().Name);
        }

        return false;
    }

    private string Mint(DemoSession session)
    {
        var now = time.GetUtcNow();
        return _handler.CreateToken(new SecurityTokenDescriptor
        {
            TokenType = "logout+jwt",
            SigningCredentials = key.Credentials,
            Claims = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["iss"] = addresses.Issuer,
                ["aud"] = options.Audience,
                ["sub"] = session.Person!.Subject,
                ["sid"] = session.Id,
                ["iat"] = now.ToUnixTimeSeconds(),
                ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
                ["jti"] = Guid.NewGuid().ToString("N"),
                ["events"] = new Dictionary<string, object>(StringComparer.Ordinal) { [Event] = new Dictionary<string, object>(StringComparer.Ordinal) },
            },
        });
    }
}
