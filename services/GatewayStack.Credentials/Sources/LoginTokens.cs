using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Issuers;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Credentials.Sources;

/// <summary>Tokens of a stored sign-in. Any number of processes may use it at once: one of them renews, the others take what it wrote.</summary>
internal sealed class LoginTokens(LoginStore store, string profile, TimeProvider time, OAuthHttp? http = null) : ITokenSource
{
    private readonly TokenEndpoint _endpoint = new(http ?? OAuthHttp.Shared, time);

    /// <summary>The gateway that was signed in at.</summary>
    public Uri Gateway => new(Require().Gateway);

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        if (Require().Token() is var stored && demand.IsMetBy(stored, time.GetUtcNow()))
        {
            return stored;
        }

        using var held = await store.LockAsync(profile, cancellationToken);
        // Somebody else may have renewed it while we waited.
        var login = Require();
        var token = login.Token();
        if (demand.IsMetBy(token, time.GetUtcNow()))
        {
            return token;
        }

        var mayStay = token.Value != demand.Refused?.Value && time.GetUtcNow() < token.ExpiresAt;
        if (login.RefreshToken is null)
        {
            return mayStay ? token : throw SignIn("the access token has expired, and the issuer gave nothing to renew it with");
        }

        try
        {
            return await RenewAsync(login);
        }
        catch (CredentialException e) when (mayStay && e.Fault is CredentialFault.Unreachable)
        {
            return token;
        }
    }

    // Not to be cancelled: once it is sent, the old refresh token may be used up and the new one must be written.
    private async Task<AccessToken> RenewAsync(StoredLogin login)
    {
        var address = SafeAddress.Read(login.TokenEndpoint, "the issuer's token endpoint");
        (string, string?)[] form =
            [("grant_type", "refresh_token"), ("refresh_token", login.RefreshToken), ("client_id", login.ClientId), ("resource", login.OmitsResource ? null : login.Resource)];
        switch (await _endpoint.AskAsync(address, form, client: null, CancellationToken.None))
        {
            case TokenResult.Issued issued:
                store.Write(profile, login with
                {
                    AccessToken = issued.AccessToken.Value,
                    IssuedAt = issued.IssuedAt,
                    ExpiresAt = issued.AccessToken.ExpiresAt,
                    RefreshToken = issued.RefreshToken ?? login.RefreshToken,
                    Scope = issued.Scope ?? login.Scope,
                });
                return issued.AccessToken;
            case TokenResult.Refused { Error: "invalid_grant" } refused:
                // It will not be taken again: jobs that go on asking must not go on sending it.
                store.Write(profile, login with { RefreshToken = null });
                throw SignIn(refused.Description.Length == 0 ? "the issuer has ended it" : $"the issuer has ended it ({refused.Description})");
            case TokenResult.Refused refused:
                throw new CredentialException(CredentialFault.Refused, $"the issuer {login.Issuer} does not renew the sign-in: {refused.Error} {refused.Description}".TrimEnd());
            default:
                throw new InvalidOperationException("A token endpoint issues or refuses.");
        }
    }

    private StoredLogin Require() => store.Read(profile) ?? throw SignIn("nobody is signed in");

    private CredentialException SignIn(string why) =>
        new(CredentialFault.SignInRequired, $"{why}: run gatewaystack login{(profile == "default" ? string.Empty : $" --profile {profile}")}");
}
