using GatewayStack.Credentials.Discovery;
using GatewayStack.Credentials.Http;
using GatewayStack.Credentials.Issuers;

namespace GatewayStack.Credentials.Sources;

/// <summary>Tokens of a program's own client (RFC 6749, 4.4).</summary>
internal sealed class ClientTokens(ClientCredentials client, TimeProvider time, OAuthHttp? http = null) : ITokenSource
{
    private readonly OAuthHttp _http = http ?? OAuthHttp.Shared;
    private Uri? _endpoint;

    public async ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken)
    {
        var address = _endpoint ??= SafeAddress.Read(
            (await new IssuerDiscovery(_http).ServerAsync(client.Issuer, cancellationToken)).TokenEndpoint, "the issuer's token endpoint");
        (string, string?)[] form = [("grant_type", "client_credentials"), ("scope", client.Scope), ("resource", client.Resource), ("audience", client.Audience)];
        return await new TokenEndpoint(_http, time).AskAsync(address, form, TokenEndpoint.Basic(client.ClientId, client.ClientSecret), cancellationToken) switch
        {
            TokenResult.Issued issued => issued.AccessToken,
            TokenResult.Refused refused => throw new CredentialException(
                CredentialFault.Refused, $"the issuer {client.Issuer} gives the client {client.ClientId} no token: {refused.Error} {refused.Description}".TrimEnd()),
            _ => throw new InvalidOperationException("A token endpoint issues or refuses."),
        };
    }
}
