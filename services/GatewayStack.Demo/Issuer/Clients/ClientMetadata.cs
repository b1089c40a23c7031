using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>What an application says of itself (RFC 7591, 2), as far as the issuer keeps it.</summary>
/// <param name="Name">Fit to be shown.</param>
/// <param name="RedirectUris">At least one.</param>
/// <param name="Grants">Grant types.</param>
/// <param name="Scope">What it asks for when it does not say; a default and no ceiling.</param>
internal sealed record ClientMetadata(string? Name, ImmutableArray<string> RedirectUris, ImmutableArray<string> Grants, string? Scope);

/// <summary>Metadata, or why it is none (RFC 7591, 3.2.2).</summary>
internal readonly record struct MetadataReading(ClientMetadata? Metadata, string? Error, string? Description)
{
    public static MetadataReading Refused(string error, string description) => new(null, error, description);
}

/// <summary>Reads the metadata of clients strictly: every field has a bound.</summary>
internal static class ClientMetadataReader
{
    public const string InvalidMetadata = "invalid_client_metadata";
    public const string InvalidRedirectUri = "invalid_redirect_uri";
    public const string DeviceGrant = "urn:ietf:params:oauth:grant-type:device_code";

    private const int MostRedirectUris = 10;
    private const int MostValues = 20;
    private const int LongestText = 1000;

    private static readonly ImmutableArray<string> KnownGrants = ["authorization_code", "refresh_token", DeviceGrant];

    public static MetadataReading Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return MetadataReading.Refused(InvalidMetadata, "The metadata must be one JSON object.");
        }

        if (Texts(json, "redirect_uris", MostRedirectUris) is not { Length: > 0 } redirects)
        {
            return MetadataReading.Refused(InvalidRedirectUri, $"\"redirect_uris\" must be a list of 1 to {MostRedirectUris} addresses.");
        }

        if (!redirects.All(Clients.RedirectUris.MayBeRegistered))
        {
            return MetadataReading.Refused(
                InvalidRedirectUri, "A redirect URI must use https, http on 127.0.0.1, [::1] or localhost, or an application's own scheme with a dot in it, and have neither "
                    + "fragment nor user information.");
        }

        if (!TryText(json, "client_name", out var name) || !TryText(json, "scope", out var scope) || !TryText(json, "token_endpoint_auth_method", out var method))
        {
            return MetadataReading.Refused(InvalidMetadata, $"\"client_name\", \"scope\" and \"token_endpoint_auth_method\" must be texts of at most {LongestText} characters.");
        }

        if (Texts(json, "grant_types", MostValues) is not { } grants || Texts(json, "response_types", MostValues) is not { } responses)
        {
            return MetadataReading.Refused(InvalidMetadata, "\"grant_types\" and \"response_types\" must be lists of texts.");
        }

        if ((grants.Length > 0 && !grants.Any(g => KnownGrants.Contains(g, StringComparer.Ordinal)))
            || (responses.Length > 0 && !responses.Contains("code", StringComparer.Ordinal)))
        {
            return MetadataReading.Refused(InvalidMetadata, "Only the grant types authorization_code, refresh_token and device_code, and the response type code, are served here.");
        }

        // Whether a refresh token is issued, the person says by offline_access; a client need not know that beforehand.
        ImmutableArray<string> kept = [.. KnownGrants.Where(g => g != DeviceGrant || grants.Contains(DeviceGrant, StringComparer.Ordinal))];
        return new MetadataReading(new ClientMetadata(ClientName.Clean(name), redirects, kept, scope), null, null);
    }

    private static bool TryText(JsonElement json, string name, out string? text)
    {
        text = null;
        if (!json.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        text = value.GetString();
        return text!.Length <= LongestText;
    }

    /// <returns>The texts; none where the field is missing; null where it is something else.</returns>
    private static ImmutableArray<string>? Texts(JsonElement json, string name, int most)
    {
        if (!json.TryGetProperty(name, out var value))
        {
            return [];
        }

        return value.ValueKind == JsonValueKind.Array && value.GetArrayLength() <= most
            && value.EnumerateArray().All(v => v.ValueKind == JsonValueKind.String && v.GetString()!.Length <= LongestText)
            ? [.. value.EnumerateArray().Select(v => v.GetString()!)]
            : null;
    }
}
