using System.Runtime.InteropServices;
using GatewayStack.Contracts.Keys;
using Google.Protobuf;

namespace GatewayStack.Wire.Keys;

/// <summary>Data keys, to and from their messages.</summary>
internal static class KeysMapper
{
    private const int Length = 32;

    public static V1.DataKey ToMessage(DataKey record) => new() { KeyId = record.KeyId, Purpose = record.Purpose, Secret = ByteString.CopyFrom(record.Secret.AsSpan()) };

    /// <summary>The key; null when it is none, or one of another purpose: nothing may be protected with that.</summary>
    public static DataKey? ToRecord(V1.DataKey? message, string purpose) => message is null || message.KeyId.Length == 0 || message.Purpose != purpose
        || message.Secret.Length != Length
        ? null
        : new() { KeyId = message.KeyId, Purpose = message.Purpose, Secret = ImmutableCollectionsMarshal.AsImmutableArray(message.Secret.ToByteArray()) };
}
