using GatewayStack.Identity.Issuers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Metadata;

/// <summary>Protected-resource metadata (RFC 9728): tells a client where to get a token for this gateway.</summary>
internal sealed class ResourceMetadataEndpoint(IssuerRegistry registry, PublicAddress address)
{
    public const string Path = "/.well-known/oauth-protected-resource";

    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(5);

    public Task HandleAsync(HttpContext context)
    {
        var snapshot = registry.Current;
        var document = new ResourceMetadata
        {
            Resource = address.Get(),
            AuthorizationServers = [.. snapshot.Issuers.Select(issuer => issuer.Url)],
            BearerMethodsSupported = ["header"],
            ScopesSupported = snapshot.Options.ScopesSupported.Count == 0 ? null : snapshot.Options.ScopesSupported,
        };
        return PublicDocument.WriteAsync(context, document, MetadataJson.Default.ResourceMetadata, MaxAge);
    }
}
