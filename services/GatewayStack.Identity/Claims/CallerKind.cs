using System.Text.Json;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Claims;

/// <summary>Tells a program's own token (OAuth client credentials) from a person's, by the marks that issuers leave.</summary>
internal static class CallerKind
{
    public static IdentityKind Of(JsonElement payload, string? clientId)
    {
        var subject = Text(payload, "sub");
        var isService =
            (clientId is not null && subject == clientId) // RFC 9068, Okta, Cognito
            || Text(payload, "idtyp") == "app" // Entra, where the optional claim is on
            || (subject is not null && subject == Text(payload, "oid") && Text(payload, "tid") is not null && !payload.TryGetProperty("scp", out _)) // Entra, where it is off
            || Text(payload, "gty") == "client-credentials" // Auth0
            || IsKeycloakServiceAccount(payload, clientId);
        return isService ? IdentityKind.Service : IdentityKind.Person;
    }

    // A person may choose that user name, but signs in with a session; a service account has none.
    private static bool IsKeycloakServiceAccount(JsonElement payload, string? clientId) =>
        clientId is not null
        && string.Equals(Text(payload, "preferred_username"), "service-account-" + clientId, StringComparison.OrdinalIgnoreCase)
        && !payload.TryGetProperty("sid", out _)
        && !payload.TryGetProperty("auth_time", out _);

    private static string? Text(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
