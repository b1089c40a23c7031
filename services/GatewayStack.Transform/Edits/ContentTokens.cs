using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Edits;

/// <summary>Makes the pseudonyms and keyed hashes of one request. The same value of the same person gets the same pseudonym in every request.</summary>
/// <remarks>Belongs to one request: not safe for concurrent use.</remarks>
/// <param name="key">The key of purpose <see cref="DataKeyPurposes.ContentToken"/>.</param>
/// <param name="tenant">The tenant: hashes are its own.</param>
/// <param name="person">The person: pseudonyms are theirs.</param>
/// <param name="texts">The request's texts: no pseudonym may look like something that stands in them already.</param>
internal sealed class ContentTokens(DataKey key, string tenant, string person, IEnumerable<string> texts)
{
    /// <summary>Different values of one request; each costs a little in every piece of the answer.</summary>
    public const int MaxPseudonyms = 10_000;

    /// <summary>With fewer letters and digits a pseudonym of the same form could be met by chance.</summary>
    private const int LeastForm = 9;

    /// <summary>What stays between letters and digits.</summary>
    private const string Between = " -./:()+,'_#\"\n\r\t";

    private readonly Dictionary<(string Type, string Value, bool KeepForm), string> _made = [];
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] _secret = [.. key.Secret];
    private readonly TakenTokens _taken = new(texts);

    /// <summary>The pseudonyms that were made.</summary>
    public IEnumerable<Pseudonym> Pseudonyms => _values.Select(v => new Pseudonym { Token = v.Key, Value = v.Value });

    /// <summary>Such as <c>[EMAIL#qmkxdwztrplb]</c>.</summary>
    public string Hash(string type, string value) => $"[{type}#{Text(Mac("hash", string.Empty, type, value, 0)).ToLowerInvariant()}]";

    /// <summary>Such as <c>EMAIL_QMKXDWZTRPLB</c>, or of the value's own form.</summary>
    public string Pseudonymise(string type, string value, bool keepForm)
    {
        if (_made.TryGetValue((type, value, keepForm), out var known))
        {
            return known;
        }

        for (var attempt = 0; ; attempt++)
        {
            var mac = Mac("pseudonym", person, type, value, attempt);
            var token = keepForm ? OfForm(type, value, mac) : Plain(type, mac);
            if (!_values.ContainsKey(token) && !_taken.Contains(token))
            {
                if (_values.Count == MaxPseudonyms)
                {
                    throw new TooManyPseudonymsException();
                }

                _values.Add(token, value);
                return _made[(type, value, keepForm)] = token;
            }
        }
    }

    private static string Plain(string type, byte[] mac) => $"{type}_{Text(mac)}";

    private static string OfForm(string type, string value, byte[] mac)
    {
        if (value.Contains('@'))
        {
            // A name that no name server will ever know (RFC 2606).
            return $"{Text(mac).ToLowerInvariant()}@pseudonym.invalid";
        }

        if (value.Count(char.IsLetterOrDigit) < LeastForm || !value.All(HasForm))
        {
            return Plain(type, mac);
        }

        var stream = new byte[value.Length];
        HKDF.Expand(HashAlgorithmName.SHA256, mac, stream.AsSpan(), "form"u8);
        return string.Create(value.Length, (value, stream), static (form, state) =>
        {
            for (var i = 0; i < form.Length; i++)
            {
                var (c, random) = (state.value[i], state.stream[i]);
                form[i] = char.IsDigit(c) ? (char)('0' + (random % 10))
                    : char.IsUpper(c) ? (char)('A' + (random % 26))
                    : char.IsLetter(c) ? (char)('a' + (random % 26))
                    : char.IsSurrogate(c) ? 'x'
                    : c;
            }
        });
    }

    /// <summary>True for what is replaced by another of its kind, and for the marks between: any other character would stay what it was.</summary>
    private static bool HasForm(char c) => char.IsAscii(c) ? char.IsAsciiLetterOrDigit(c) || Between.Contains(c) : c < '\u0250' && char.IsLetter(c);

    private static string Text(ReadOnlySpan<byte> mac) => string.Create(Placeholder.LetterCount, BinaryPrimitives.ReadUInt64BigEndian(mac), static (text, number) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = Placeholder.Letters[(int)(number % (ulong)Placeholder.Letters.Length)];
            number /= (ulong)Placeholder.Letters.Length;
        }
    });

    /// <summary>Every part has its length before it, so that no two different inputs have the same bytes.</summary>
    private byte[] Mac(string use, string owner, string type, string value, int attempt)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _secret);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)[use, tenant, owner, type, value])
        {
            var bytes = MemoryMarshal.AsBytes(part.AsSpan());
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hmac.AppendData(length);
            hmac.AppendData(bytes);
        }

        BinaryPrimitives.WriteInt32LittleEndian(length, attempt);
        hmac.AppendData(length);
        return hmac.GetHashAndReset();
    }
}

/// <summary>Ends the making of pseudonyms; never leaves <see cref="EditComputer"/>.</summary>
internal sealed class TooManyPseudonymsException() : Exception("The request has more different values than pseudonyms are made for.");
