using System.Text.Json.Serialization;
using GatewayStack.Credentials.Logins;
using GatewayStack.Credentials.Sources;

namespace GatewayStack.Cli.SignIn;

/// <summary>What a stored sign-in says of itself: nobody verified it here, the gateway does.</summary>
internal sealed record WhoAmI
{
    public required string Gateway { get; init; }

    public required string Resource { get; init; }

    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Null where the token is not a JWT.</summary>
    public string? Subject { get; init; }

    public string? Name { get; init; }

    public string? Scope { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public required bool Renews { get; init; }

    [JsonIgnore]
    public string Shown => (Name, Subject) switch
    {
        (null, null) => "somebody whom the token does not name",
        (null, { } subject) => subject,
        ({ } name, null) => name,
        ({ } name, { } subject) => $"{name} ({subject})",
    };

    public static WhoAmI Of(StoredLogin login)
    {
        var claims = JwtTimes.Claims(login.AccessToken);
        return new WhoAmI
        {
            Gateway = login.Gateway,
            Resource = login.Resource,
            Issuer = login.Issuer,
            ClientId = login.ClientId,
            Subject = Line(claims?.Sub),
            Name = Line(claims?.Name),
            Scope = Line(login.Scope),
            ExpiresAt = login.ExpiresAt,
            Renews = login.RefreshToken is not null,
        };
    }

    // Names have letters of every script; control characters of a terminal have no business in them.
    private static string? Line(string? text) => text is null ? null
        : string.Concat(text.Take(200).Where(c => !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format));
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(WhoAmI))]
internal sealed partial class WhoAmIJson : JsonSerializerContext;
