using System.Text.Json;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Settings;

namespace GatewayStack.Identity.Issuers;

/// <summary>An issuer's discovery document (OpenID Connect Discovery 1.0): where its endpoints are.</summary>
internal sealed class DiscoveryDocument(string issuer, JsonElement root)
{
    /// <summary>Fetches it.</summary>
    /// <exception cref="KeySourceException">It could not be had, or is another issuer's.</exception>
    public static async Task<DiscoveryDocument> FetchAsync(string issuer, DocumentFetcher fetcher, CancellationToken cancellationToken)
    {
        var document = await fetcher.GetAsync(new Uri(issuer.TrimEnd('/') + "/.well-known/openid-configuration"), cancellationToken);
        if (!StrictJson.TryParseObject(document, out var root))
        {
            throw new KeySourceException("not_a_discovery_document");
        }

        var found = new DiscoveryDocument(issuer, root);
        return found.Text("issuer") == issuer ? found : throw new KeySourceException(found.Text("jwks_uri") is null ? "not_a_discovery_document" : "issuer_differs");
    }

    /// <summary>True where it says that a person has one subject for all clients, and no other way of it (OpenID Connect Core, 8).</summary>
    public bool SubjectsArePublic { get; } = root.TryGetProperty("subject_types_supported", out var types)
        && types.ValueKind == JsonValueKind.Array && types.GetArrayLength() == 1 && types[0].ValueKind == JsonValueKind.String && types[0].ValueEquals("public");

    /// <summary>The address of an endpoint; null where it is not there.</summary>
    public Uri? TryEndpoint(string name)
    {
        try
        {
            return Endpoint(name);
        }
        catch (KeySourceException)
        {
            return null;
        }
    }

    /// <summary>The address of an endpoint.</summary>
    /// <exception cref="KeySourceException">It is not there, or nowhere that a secret or a key may go.</exception>
    public Uri Endpoint(string name)
    {
        var text = Text(name) ?? throw new KeySourceException("not_a_discovery_document");
        // A remote document must not send us to a plain-text service of this machine.
        var isSafe = Uri.TryCreate(text, UriKind.Absolute, out var place) && Urls.IsSafe(place) && (place.Scheme == Uri.UriSchemeHttps || new Uri(issuer).IsLoopback);
        return isSafe ? place! : throw new KeySourceException("not_https");
    }

    private string? Text(string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
