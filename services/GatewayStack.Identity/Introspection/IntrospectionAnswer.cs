using System.Text.Json;

namespace GatewayStack.Identity.Introspection;

/// <summary>What an issuer said of a token, and until when that counts.</summary>
/// <param name="Claims">What it says, where the token is active.</param>
/// <param name="Outage">Why it said nothing, where it did not.</param>
/// <param name="Until">Until when the answer counts.</param>
internal sealed record IntrospectionAnswer(JsonElement? Claims, string? Outage, DateTimeOffset Until)
{
    public bool IsActive => Claims is not null;

    /// <summary>Leaves the claims out.</summary>
    public override string ToString() => Outage ?? (IsActive ? "active" : "inactive");
}
