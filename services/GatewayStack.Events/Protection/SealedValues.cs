using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GatewayStack.Events.Format;

namespace GatewayStack.Events.Protection;

/// <summary>Personal values as an event holds them: one sealed part, and beside it a salted commitment to each value.</summary>
/// <remarks>
/// The salts are inside the sealed part. Whoever can open it can prove what a commitment stands for; once the key is gone, the
/// commitments say nothing, and everything computed over the event's bytes still holds.
/// </remarks>
internal static class SealedValues
{
    private const int SaltSize = 16;

    /// <summary>Bound to an event and a place inside it, so that a sealed part cannot be moved to another.</summary>
    public static byte[] EventContext(string type, string requestId, string place, EventBounds bounds) =>
        Encoding.UTF8.GetBytes($"event\n{EventBounds.Cut(type, bounds.Key)}\n{EventBounds.Cut(requestId, bounds.Key)}\n{place}");

    /// <summary>Bound to a person, so that a sealed part is good in every event of theirs and in none of anybody else's.</summary>
    public static byte[] PersonContext(string tenant, string personId, EventBounds bounds) =>
        Encoding.UTF8.GetBytes($"person\n{EventBounds.Cut(tenant, bounds.Key)}\n{EventBounds.Cut(personId, bounds.Key)}");

    public static void Seal(
        ref CanonicalJsonWriter writer, EventKey key, byte[] context, ReadOnlySpan<ReadOnlyMemory<byte>> names, scoped ReadOnlySpan<string?> values)
    {
        Span<byte> random = stackalloc byte[EventKey.NonceSize + (names.Length * SaltSize)];
        RandomNumberGenerator.Fill(random);
        var salts = random[EventKey.NonceSize..];

        if (names.Length == 1)
        {
            Commit(ref writer, "commitment"u8, salts, Bounded(values[0]!, writer.Bounds));
        }
        else
        {
            writer.BeginObject("commitments"u8);
            for (var i = 0; i < names.Length; i++)
            {
                if (values[i] is { } value)
                {
                    Commit(ref writer, names[i].Span, salts.Slice(i * SaltSize, SaltSize), Bounded(value, writer.Bounds));
                }
            }

            writer.EndObject();
        }

        using var plain = Plaintext(names, values, salts, writer.Bounds);
        var size = EventKey.NonceSize + plain.Length + EventKey.TagSize;
        var rented = ArrayPool<byte>.Shared.Rent(size);
        random[..EventKey.NonceSize].CopyTo(rented);
        key.Seal(plain.Written, context, rented.AsSpan(0, size));
        writer.Bytes("sealed"u8, rented.AsSpan(0, size));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>The values by name, or null when the key does not open them.</summary>
    public static Dictionary<string, string>? Open(EventKey key, byte[] context, ReadOnlySpan<byte> sealedText)
    {
        if (!Base64Url.IsValid(sealedText) || key.Open(Base64Url.DecodeFromUtf8(sealedText), context) is not { } plaintext)
        {
            return null;
        }

        using var document = JsonDocument.Parse(plaintext);
        return document.RootElement.EnumerateObject().ToDictionary(m => m.Name, m => m.Value.GetProperty("value"u8).GetString()!, StringComparer.Ordinal);
    }

    private static CanonicalJsonWriter Plaintext(
        ReadOnlySpan<ReadOnlyMemory<byte>> names, ReadOnlySpan<string?> values, ReadOnlySpan<byte> salts, EventBounds bounds)
    {
        var plain = new CanonicalJsonWriter(bounds);
        plain.BeginObject();
        for (var i = 0; i < names.Length; i++)
        {
            if (values[i] is { } value)
            {
                plain.BeginObject(names[i].Span);
                plain.Bytes("salt"u8, salts.Slice(i * SaltSize, SaltSize));
                plain.Text("value"u8, value);
                plain.EndObject();
            }
        }

        plain.EndObject();
        return plain;
    }

    private static ReadOnlySpan<char> Bounded(string value, EventBounds bounds) => EventBounds.Cut(value, bounds.Text);

    private static void Commit(ref CanonicalJsonWriter writer, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> salt, scoped ReadOnlySpan<char> value)
    {
        var rented = ArrayPool<byte>.Shared.Rent(SaltSize + Encoding.UTF8.GetMaxByteCount(value.Length));
        salt[..SaltSize].CopyTo(rented);
        var length = Encoding.UTF8.GetBytes(value, rented.AsSpan(SaltSize));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _ = SHA256.HashData(rented.AsSpan(0, SaltSize + length), hash);
        ArrayPool<byte>.Shared.Return(rented, clearArray: true);
        writer.Bytes(name, hash);
    }
}
