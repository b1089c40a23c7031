using System.Text.Json.Serialization;

namespace GatewayStack.Credentials.Logins;

/// <summary>A sign-in, as it is kept in the user's folder.</summary>
internal sealed record StoredLogin
{
    /// <summary>The gateway's address.</summary>
    public required string Gateway { get; init; }

    /// <summary>What the tokens are for.</summary>
    public required string Resource { get; init; }

    /// <summary>True where the issuer is not told what they are for.</summary>
    public bool OmitsResource { get; init; }

    public required string Issuer { get; init; }

    public required string ClientId { get; init; }

    public required string TokenEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public string? Scope { get; init; }

    public required string AccessToken { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Null where the issuer gave none, or does not take it any more.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>Leaves the tokens out.</summary>
    public override string ToString() => $"StoredLogin {{ Gateway = {Gateway}, Issuer = {Issuer}, ClientId = {ClientId} }}";

    public AccessToken Token() => new(AccessToken, ExpiresAt, ExpiresAt - IssuedAt);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(StoredLogin))]
internal sealed partial class LoginJson : JsonSerializerContext;
