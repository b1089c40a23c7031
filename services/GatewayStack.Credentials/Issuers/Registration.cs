using System.Net;
using GatewayStack.Credentials.Discovery;
using GatewayStack.Credentials.Http;

namespace GatewayStack.Credentials.Issuers;

/// <summary>Makes this program known to an issuer that never heard of it (RFC 7591): a public client, which has no secret.</summary>
internal sealed class Registration(OAuthHttp http)
{
    public const string Name = "gatewaystack";

    /// <summary>Registers and returns the client id.</summary>
    /// <exception cref="CredentialException">It is not registered.</exception>
    public async Task<string> RegisterAsync(ServerMetadata server, string redirect, CancellationToken cancellationToken)
    {
        if (server.RegistrationEndpoint is null)
        {
            throw new CredentialException(CredentialFault.Refused, $"the issuer {server.Issuer} registers no clients by itself: say --client with the id that it gave you");
        }

        var address = SafeAddress.Read(server.RegistrationEndpoint, "the issuer's registration endpoint");
        List<string> grants = ["authorization_code", "refresh_token"];
        if (server.DeviceAuthorizationEndpoint is not null)
        {
            grants.Add(GrantTypes.DeviceCode);
        }

        var request = new RegistrationRequest
        {
            ClientName = Name,
            RedirectUris = [redirect],
            GrantTypes = grants,
            ResponseTypes = ["code"],
            TokenEndpointAuthMethod = "none",
            ApplicationType = "native",
        };
        var (status, body) = await http.PostAsync(address, request, IssuerJson.Default.RegistrationRequest, cancellationToken);
        if (status is HttpStatusCode.Created or HttpStatusCode.OK && OAuthHttp.Parse(body, IssuerJson.Default.RegistrationAnswer) is { ClientId: { Length: > 0 } id })
        {
            return id;
        }

        var why = OAuthHttp.Parse(body, IssuerJson.Default.ErrorAnswer) is { Error: not null } error ? Readable.Line($"{error.Error}: {error.ErrorDescription}", 200)
            : $"it answered {(int)status}";
        throw new CredentialException(CredentialFault.Refused, $"the issuer does not register this program ({why}): say --client with an id that it knows");
    }
}

/// <summary>Grant types by their names.</summary>
internal static class GrantTypes
{
    public const string DeviceCode = "urn:ietf:params:oauth:grant-type:device_code";
}
