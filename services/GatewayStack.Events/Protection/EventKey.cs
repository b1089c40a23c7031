using System.Security.Cryptography;
using GatewayStack.Contracts.Keys;

namespace GatewayStack.Events.Protection;

/// <summary>A key that personal values inside events are sealed with (AES-256-GCM). Safe for concurrent use.</summary>
public sealed class EventKey : IDisposable
{
    internal const int NonceSize = 12;
    internal const int TagSize = 16;

    // One cipher per thread: an instance must not be shared, and a key schedule per event would cost more than the event.
    private readonly ThreadLocal<AesGcm> _cipher;

    /// <summary>Takes a data key of purpose <see cref="DataKeyPurposes.EventPersonal"/>.</summary>
    public EventKey(DataKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        KeyId = key.KeyId;
        _cipher = new ThreadLocal<AesGcm>(() => new AesGcm(key.Secret.AsSpan(), TagSize), trackAllValues: true);
    }

    /// <summary>Names the key; stands in the event.</summary>
    public string KeyId { get; }

    internal SealedPersons Persons { get; } = new();

    /// <summary>Gives the cipher's memory back.</summary>
    public void Dispose()
    {
        foreach (var cipher in _cipher.Values)
        {
            cipher.Dispose();
        }

        _cipher.Dispose();
    }

    /// <summary>Writes nonce, ciphertext and tag; <paramref name="sealedValue"/> begins with the nonce.</summary>
    internal void Seal(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> context, Span<byte> sealedValue) =>
        _cipher.Value!.Encrypt(
            sealedValue[..NonceSize],
            plaintext,
            sealedValue.Slice(NonceSize, plaintext.Length),
            sealedValue.Slice(NonceSize + plaintext.Length, TagSize),
            context);

    /// <summary>The plaintext, or null when it was sealed with another key, for another event, or changed since.</summary>
    internal byte[]? Open(ReadOnlySpan<byte> sealedValue, ReadOnlySpan<byte> context)
    {
        if (sealedValue.Length < NonceSize + TagSize)
        {
            return null;
        }

        var plaintext = new byte[sealedValue.Length - NonceSize - TagSize];
        try
        {
            _cipher.Value!.Decrypt(sealedValue[..NonceSize], sealedValue[NonceSize..^TagSize], sealedValue[^TagSize..], plaintext, context);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
