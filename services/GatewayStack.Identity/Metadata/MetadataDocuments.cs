using System.Text.Json.Serialization;

namespace GatewayStack.Identity.Metadata;

internal sealed record ResourceMetadata
{
    public required string Resource { get; init; }

    public required IReadOnlyList<string> AuthorizationServers { get; init; }

    public required IReadOnlyList<string> BearerMethodsSupported { get; init; }

    public IReadOnlyList<string>? ScopesSupported { get; init; }
}

internal sealed record PublishedKeySet
{
    public required IReadOnlyList<PublishedKey> Keys { get; init; }
}

internal sealed record PublishedKey
{
    public required string Kty { get; init; }

    public required string Crv { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    public required string Kid { get; init; }

    public required string Use { get; init; }

    public required string Alg { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResourceMetadata))]
[JsonSerializable(typeof(PublishedKeySet))]
internal sealed partial class MetadataJson : JsonSerializerContext;
