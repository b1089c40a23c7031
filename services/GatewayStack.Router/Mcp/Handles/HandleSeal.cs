using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using GatewayStack.Contracts.Keys;
using GatewayStack.Router.Modules;

namespace GatewayStack.Router.Mcp.Handles;

/// <summary>What a handle stands for: one of a kind never opens as another.</summary>
internal enum HandleKind : byte
{
    Session = 1,
    Event = 2,
    Task = 3,
    ServerRequest = 4,
}

/// <summary>
/// Makes the ids that the gateway gives out in place of a server's own. The gateway keeps nothing: a handle is what it stands for, sealed under a data key and bound to whoever
/// it was given to, so that it opens on every replica and after a restart, and for nobody else.
/// </summary>
/// <remarks>
/// A handle is base64url of: length of the key's id, the key's id, then nonce, ciphertext and tag (AES-256-GCM), or text and tag (HMAC-SHA-256, cut to 128 bits). Safe
/// for concurrent use.
/// </remarks>
internal sealed class HandleSeal(IDataKeys keys, TimeProvider time)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int MaxHandle = 8192;
    private const int MostUnknown = 1_000;

    private static readonly TimeSpan CurrentFor = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan UnknownFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, byte[]> _known = new(StringComparer.Ordinal);
    private readonly ExpiringCache<string> _unknown = new(MostUnknown, time);
    private volatile Current? _current;

    /// <summary>Seals something so that only the gateway can read it, and only for the same binding.</summary>
    public async ValueTask<string> SealAsync(HandleKind kind, ReadOnlyMemory<byte> content, string binding, CancellationToken cancellationToken)
    {
        var key = await CurrentAsync(cancellationToken);
        var id = Encoding.ASCII.GetBytes(key.KeyId);
        var handle = new byte[1 + id.Length + NonceLength + content.Length + TagLength];
        handle[0] = (byte)id.Length;
        id.CopyTo(handle, 1);
        var body = handle.AsSpan(1 + id.Length);
        RandomNumberGenerator.Fill(body[..NonceLength]);
        using var aes = new AesGcm(Derive(key, kind), TagLength);
        aes.Encrypt(body[..NonceLength], content.Span, body[NonceLength..^TagLength], body[^TagLength..], Associated(kind, binding));
        return Base64Url.EncodeToString(handle);
    }

    /// <returns>What was sealed, or null: not ours, changed, of another kind, or given to somebody else.</returns>
    public async ValueTask<byte[]?> OpenAsync(HandleKind kind, string handle, string binding, CancellationToken cancellationToken)
    {
        if (await SplitAsync(handle, NonceLength + TagLength, cancellationToken) is not { } parts)
        {
            return null;
        }

        var content = new byte[parts.Body.Length - NonceLength - TagLength];
        try
        {
            using var aes = new AesGcm(Derive(parts.Key, kind), TagLength);
            aes.Decrypt(parts.Body.AsSpan(0, NonceLength), parts.Body.AsSpan(NonceLength, content.Length), parts.Body.AsSpan(parts.Body.Length - TagLength), content,
                Associated(kind, binding));
            return content;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Signs something that need not be hidden: the same content always gives the same handle, as long as the key is in use.</summary>
    public async ValueTask<string> SignAsync(HandleKind kind, ReadOnlyMemory<byte> content, string binding, CancellationToken cancellationToken)
    {
        var key = await CurrentAsync(cancellationToken);
        var id = Encoding.ASCII.GetBytes(key.KeyId);
        return Base64Url.EncodeToString([(byte)id.Length, .. id, .. content.Span, .. Tag([.. key.Secret], kind, content.Span, binding)]);
    }

    /// <returns>What was signed, or null.</returns>
    public async ValueTask<byte[]?> VerifyAsync(HandleKind kind, string handle, string binding, CancellationToken cancellationToken)
    {
        if (await SplitAsync(handle, TagLength, cancellationToken) is not { } parts)
        {
            return null;
        }

        var content = parts.Body[..^TagLength];
        return CryptographicOperations.FixedTimeEquals(Tag(parts.Key, kind, content, binding), parts.Body.AsSpan(content.Length)) ? content : null;
    }

    private static byte[] Derive(DataKey key, HandleKind kind) => Derive([.. key.Secret], kind);

    private static byte[] Derive(byte[] secret, HandleKind kind) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: [(byte)'m', (byte)'c', (byte)'p', (byte)kind]);

    private static byte[] Associated(HandleKind kind, string binding) => [(byte)kind, .. Encoding.UTF8.GetBytes(binding)];

    private static byte[] Tag(byte[] secret, HandleKind kind, ReadOnlySpan<byte> content, string binding)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Derive(secret, kind));
        Span<byte> length = stackalloc byte[4];
        var bound = Encoding.UTF8.GetBytes(binding);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bound.Length);
        hmac.AppendData(length);
        hmac.AppendData(bound);
        hmac.AppendData(content);
        return hmac.GetHashAndReset()[..TagLength];
    }

    private async ValueTask<DataKey> CurrentAsync(CancellationToken cancellationToken)
    {
        if (_current is { } known && time.GetUtcNow() < known.Until)
        {
            return known.Key;
        }

        var key = await keys.GetCurrentAsync(DataKeyPurposes.McpSession, cancellationToken);
        _current = new Current(key, time.GetUtcNow() + CurrentFor);
        _known[key.KeyId] = [.. key.Secret];
        return key;
    }

    private async ValueTask<(byte[] Key, byte[] Body)?> SplitAsync(string handle, int least, CancellationToken cancellationToken)
    {
        if (handle.Length is 0 or > MaxHandle || !Base64Url.IsValid(handle))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(handle);
        if (bytes.Length < 1 || bytes[0] is 0 or > 64 || bytes.Length < 1 + bytes[0] + least)
        {
            return null;
        }

        var id = bytes.AsSpan(1, bytes[0]);
        if (id.ContainsAnyExceptInRange((byte)'!', (byte)'~'))
        {
            return null;
        }

        return await FindAsync(Encoding.ASCII.GetString(id), cancellationToken) is { } key ? (key, bytes[(1 + bytes[0])..]) : null;
    }

    /// <summary>Ids that are not known are remembered for a while, too: who invents handles makes nobody ask for each.</summary>
    private async ValueTask<byte[]?> FindAsync(string keyId, CancellationToken cancellationToken)
    {
        if (_known.TryGetValue(keyId, out var known))
        {
            return known;
        }

        if (_unknown.Find(keyId) is not null)
        {
            return null;
        }

        if (await keys.FindAsync(DataKeyPurposes.McpSession, keyId, cancellationToken) is not { } found)
        {
            _unknown.Set(keyId, string.Empty, time.GetUtcNow() + UnknownFor);
            return null;
        }

        return _known[keyId] = [.. found.Secret];
    }

    private sealed record Current(DataKey Key, DateTimeOffset Until);
}
