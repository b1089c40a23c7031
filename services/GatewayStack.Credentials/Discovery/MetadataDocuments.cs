using System.Text.Json.Serialization;

namespace GatewayStack.Credentials.Discovery;

/// <summary>Protected-resource metadata (RFC 9728), as far as a client reads it.</summary>
internal sealed record ResourceMetadata
{
    public string? Resource { get; init; }

    public IReadOnlyList<string>? AuthorizationServers { get; init; }

    public IReadOnlyList<string>? ScopesSupported { get; init; }
}

/// <summary>Authorization-server metadata (RFC 8414, OpenID Connect Discovery), as far as a client reads it.</summary>
internal sealed record ServerMetadata
{
    public string? Issuer { get; init; }

    public string? AuthorizationEndpoint { get; init; }

    public string? TokenEndpoint { get; init; }

    public string? DeviceAuthorizationEndpoint { get; init; }

    public string? RegistrationEndpoint { get; init; }

    public string? RevocationEndpoint { get; init; }

    public IReadOnlyList<string>? ScopesSupported { get; init; }

    public IReadOnlyList<string>? CodeChallengeMethodsSupported { get; init; }

    public bool AuthorizationResponseIssParameterSupported { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ResourceMetadata))]
[JsonSerializable(typeof(ServerMetadata))]
internal sealed partial class MetadataJson : JsonSerializerContext;
