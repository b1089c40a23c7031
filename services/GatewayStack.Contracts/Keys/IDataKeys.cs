using System.Collections.Immutable;

namespace GatewayStack.Contracts.Keys;

/// <summary>Keys derived from the data root, one per purpose. Identity owns the root; each service is given only its purposes.</summary>
/// <remarks>Safe for concurrent use; callers keep what they got.</remarks>
public interface IDataKeys
{
    /// <summary>The current key of a purpose, to protect new data with.</summary>
    Task<DataKey> GetCurrentAsync(string purpose, CancellationToken cancellationToken);

    /// <summary>A key by its id, to read older data with; null when it is not known.</summary>
    Task<DataKey?> FindAsync(string purpose, string keyId, CancellationToken cancellationToken);
}

/// <summary>A 256-bit key of one purpose.</summary>
public sealed record DataKey
{
    /// <summary>Names the root it was derived from; stored beside what it protects.</summary>
    public required string KeyId { get; init; }

    /// <summary>The purpose, one of <see cref="DataKeyPurposes"/>.</summary>
    public required string Purpose { get; init; }

    /// <summary>32 bytes. A secret: never logged.</summary>
    public required ImmutableArray<byte> Secret { get; init; }

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"DataKey {Purpose}/{KeyId}";
}

/// <summary>What data keys are for.</summary>
public static class DataKeyPurposes
{
    /// <summary>Keyed hashes that make personal values searchable (HMAC-SHA-256).</summary>
    public const string KeyedHash = "keyed-hash";

    /// <summary>Names of persons shown to providers (HMAC-SHA-256).</summary>
    public const string Pseudonym = "pseudonym";

    /// <summary>Pseudonyms and keyed hashes that stand in texts in place of what was found in them (HMAC-SHA-256).</summary>
    public const string ContentToken = "content-token";

    /// <summary>Personal values inside events (AES-256-GCM).</summary>
    public const string EventPersonal = "event-personal";

    /// <summary>MCP session ids and the other handles the gateway gives out in place of a server's own (AES-256-GCM and HMAC-SHA-256).</summary>
    public const string McpSession = "mcp-session";
}
