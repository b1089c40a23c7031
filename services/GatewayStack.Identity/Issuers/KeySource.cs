using System.Text.Json;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>Gets one issuer's key set, by its configured place or by discovery.</summary>
internal sealed class KeySource(string issuer, string? jwksUri, DocumentFetcher fetcher)
{
    private Uri? _discovered;

    /// <summary>Fetches the key set.</summary>
    /// <exception cref="KeySourceException">It could not be had.</exception>
    public async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        // Known from the last time; forgotten as soon as it fails, since an issuer may move its keys.
        var place = _discovered;
        _discovered = null;
        place ??= jwksUri is null ? await DiscoverAsync(cancellationToken) : new Uri(jwksUri);
        var keys = KeySetParser.Parse(await fetcher.GetAsync(place, cancellationToken)) ?? throw new KeySourceException("not_a_key_set");
        _discovered = place;
        return keys;
    }

    private async Task<Uri> DiscoverAsync(CancellationToken cancellationToken)
    {
        var document = await fetcher.GetAsync(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellationToken);
        if (!StrictJson.TryParseObject(document, out var root) || Text(root, "jwks_uri") is not { } text)
        {
            throw new KeySourceException("not_a_discovery_document");
        }

        if (Text(root, "issuer") != issuer)
        {
            throw new KeySourceException("issuer_differs");
        }

        // A remote document must not send us to a plain-text service of this machine.
        var isSafe = Uri.TryCreate(text, UriKind.Absolute, out var place) && Urls.IsSafe(place) && (place.Scheme == Uri.UriSchemeHttps || new Uri(issuer).IsLoopback);
        return isSafe ? place! : throw new KeySourceException("not_https");
    }

    private static string? Text(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
