using GatewayStack.Credentials.Http;

namespace GatewayStack.Credentials.Discovery;

/// <summary>What a client needs to know to get a token for a resource.</summary>
/// <param name="Resource">The resource, as the gateway names it.</param>
/// <param name="Scopes">The scopes that the resource knows of.</param>
/// <param name="Server">The issuer's metadata; its issuer is the one that was asked for, byte for byte.</param>
internal sealed record Discovered(string Resource, IReadOnlyList<string> Scopes, ServerMetadata Server)
{
    public string Issuer => Server.Issuer!;
}

/// <summary>Finds the issuer of a gateway from the gateway's address alone.</summary>
internal sealed class IssuerDiscovery(OAuthHttp http)
{
    private const string ResourceDocument = "/.well-known/oauth-protected-resource";
    private const string ServerDocument = "/.well-known/oauth-authorization-server";
    private const string OpenIdDocument = "/.well-known/openid-configuration";

    /// <summary>Asks the gateway which issuer it trusts, and the issuer for its endpoints.</summary>
    /// <param name="resource">What the token is for: the gateway's address, or the one of an MCP route.</param>
    /// <param name="issuer">The issuer to take, where the gateway trusts several; else its first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="CredentialException">Something is missing, or does not belong together.</exception>
    public async Task<Discovered> FindAsync(Uri resource, string? issuer, CancellationToken cancellationToken)
    {
        var metadata = await ResourceAsync(resource, cancellationToken);
        var servers = metadata.AuthorizationServers ?? [];
        var chosen = issuer is null ? (servers.Count > 0 ? servers[0] : null) : servers.FirstOrDefault(s => s == issuer);
        if (chosen is null)
        {
            var known = servers.Count == 0 ? "the gateway names no issuer" : $"the gateway does not trust {issuer}, but {string.Join(", ", servers.Select(Shown))}";
            throw new CredentialException(CredentialFault.Refused, known);
        }

        return new Discovered(metadata.Resource!, metadata.ScopesSupported ?? [], await ServerAsync(chosen, cancellationToken));
    }

    /// <summary>Reads an issuer's metadata, where RFC 8414 and OpenID Connect place it.</summary>
    public async Task<ServerMetadata> ServerAsync(string issuer, CancellationToken cancellationToken)
    {
        var address = SafeAddress.Read(issuer, $"the issuer {Shown(issuer)}");
        var appended = new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + OpenIdDocument);
        string? other = null;
        foreach (var place in (Uri[])[Insert(address, ServerDocument), Insert(address, OpenIdDocument), appended])
        {
            if (await http.GetAsync(place, MetadataJson.Default.ServerMetadata, cancellationToken) is not { } metadata)
            {
                continue;
            }

            // Byte for byte: another issuer's endpoints would get the code and the verifier.
            if (string.Equals(metadata.Issuer, issuer, StringComparison.Ordinal))
            {
                return metadata;
            }

            other = Shown(metadata.Issuer);
        }

        throw new CredentialException(
            CredentialFault.Refused, other is null ? $"the issuer {Shown(issuer)} has no metadata document" : $"the metadata of the issuer {Shown(issuer)} is of {other}: it is not used");
    }

    // A gateway with one MCP route describes that route where nobody says of what, and itself behind a slash.
    private async Task<ResourceMetadata> ResourceAsync(Uri resource, CancellationToken cancellationToken)
    {
        var address = Insert(resource, ResourceDocument);
        string? other = null;
        foreach (var place in (Uri[])[address, new Uri(address.AbsoluteUri + "/")])
        {
            if (await http.GetAsync(place, MetadataJson.Default.ResourceMetadata, cancellationToken) is not { } metadata)
            {
                continue;
            }

            // RFC 9728, 3.3: a document that speaks of another resource is not used, or one gateway could have tokens for another.
            if (metadata.Resource is { } named && Plain(named) == Plain(resource.OriginalString))
            {
                return metadata;
            }

            other = Shown(metadata.Resource);
        }

        throw new CredentialException(
            CredentialFault.Refused,
            other is null
                ? $"{OAuthHttp.Name(address)} is not there: is {resource.OriginalString} the address of a gateway?"
                : $"the gateway says that it is {other}, not {resource.OriginalString}: use the address that it says");
    }

    // RFC 8414 and RFC 9728: between host and path, and a slash that ends the path goes.
    private static Uri Insert(Uri address, string document) => new(address.GetLeftPart(UriPartial.Authority) + document + address.AbsolutePath.TrimEnd('/'));

    private static string Plain(string resource) => resource.EndsWith('/') ? resource[..^1] : resource;

    // What another machine says of itself, as far as it can be shown on a terminal.
    private static string Shown(string? text) => Readable.Line(text, 200);
}
