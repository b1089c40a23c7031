using System.Text.Json.Serialization;

namespace GatewayStack.Credentials.Issuers;

/// <summary>What a token endpoint issues (RFC 6749, 5.1).</summary>
internal sealed record TokenAnswer
{
    public string? AccessToken { get; init; }

    public string? TokenType { get; init; }

    public double? ExpiresIn { get; init; }

    public string? RefreshToken { get; init; }

    public string? Scope { get; init; }

    public override string ToString() => nameof(TokenAnswer);
}

/// <summary>Why it does not (RFC 6749, 5.2).</summary>
internal sealed record ErrorAnswer
{
    public string? Error { get; init; }

    public string? ErrorDescription { get; init; }
}

/// <summary>How a device is to be signed in (RFC 8628, 3.2).</summary>
internal sealed record DeviceAnswer
{
    public string? DeviceCode { get; init; }

    public string? UserCode { get; init; }

    public string? VerificationUri { get; init; }

    public string? VerificationUriComplete { get; init; }

    public double? ExpiresIn { get; init; }

    public double? Interval { get; init; }

    public override string ToString() => nameof(DeviceAnswer);
}

/// <summary>A client that wants to be known (RFC 7591).</summary>
internal sealed record RegistrationRequest
{
    public required string ClientName { get; init; }

    public required IReadOnlyList<string> RedirectUris { get; init; }

    public required IReadOnlyList<string> GrantTypes { get; init; }

    public required IReadOnlyList<string> ResponseTypes { get; init; }

    public required string TokenEndpointAuthMethod { get; init; }

    public required string ApplicationType { get; init; }
}

internal sealed record RegistrationAnswer
{
    public string? ClientId { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(TokenAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(DeviceAnswer))]
[JsonSerializable(typeof(RegistrationRequest))]
[JsonSerializable(typeof(RegistrationAnswer))]
internal sealed partial class IssuerJson : JsonSerializerContext;
