using System.Text.Json.Serialization;

namespace GatewayStack.Identity.Keys;

/// <summary>A key file, wrapped by the master key.</summary>
internal sealed record WrappedFile
{
    public required int Version { get; init; }

    /// <summary>Names the master key.</summary>
    public required string Master { get; init; }

    public required byte[] Nonce { get; init; }

    /// <summary>Ciphertext and tag.</summary>
    public required byte[] Sealed { get; init; }
}

/// <summary>The signing ring, as it is stored.</summary>
internal sealed record SigningKeyFile
{
    public required int Version { get; init; }

    public required StoredSigningKey Current { get; init; }

    public required StoredSigningKey Next { get; init; }

    public required IReadOnlyList<StoredSigningKey> Retired { get; init; }
}

/// <summary>One signing key, as it is stored.</summary>
internal sealed record StoredSigningKey
{
    /// <summary>PKCS#8. A secret.</summary>
    public required byte[] PrivateKey { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? ActivatedAt { get; init; }

    public DateTimeOffset? RetiredAt { get; init; }
}

/// <summary>The data roots, as they are stored; the last is the current one.</summary>
internal sealed record DataRootFile
{
    public required int Version { get; init; }

    public required IReadOnlyList<StoredDataRoot> Roots { get; init; }
}

/// <summary>One data root, as it is stored.</summary>
internal sealed record StoredDataRoot
{
    public required string Id { get; init; }

    /// <summary>32 bytes. A secret.</summary>
    public required byte[] Secret { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, AllowDuplicateProperties = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(WrappedFile))]
[JsonSerializable(typeof(SigningKeyFile))]
[JsonSerializable(typeof(DataRootFile))]
internal sealed partial class KeyFileJson : JsonSerializerContext;
