using GatewayStack.Identity.Keys;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Metadata;

/// <summary>The public keys that verify the gateway's assertions.</summary>
internal sealed class KeySetEndpoint(SigningRing ring)
{
    public const string Path = "/.well-known/jwks.json";

    // Short: a key that an administrator puts into use early is known everywhere soon after.
    private static readonly TimeSpan MaxAge = TimeSpan.FromMinutes(1);

    public Task HandleAsync(HttpContext context)
    {
        var keys = ring.Published.Select(key => new PublishedKey { Kty = "EC", Crv = "P-256", X = key.X, Y = key.Y, Kid = key.KeyId, Use = "sig", Alg = "ES256" });
        return PublicDocument.WriteAsync(context, new PublishedKeySet { Keys = [.. keys] }, MetadataJson.Default.PublishedKeySet, MaxAge);
    }
}
