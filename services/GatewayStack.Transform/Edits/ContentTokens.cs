using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
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

    /// <summary>A part of a name with fewer letters is nobody's sign.</summary>
    private const int LeastPart = 4;

    /// <summary>So many words of a name can stand for it.</summary>
    private const int MostParts = 4;

    /// <summary>So often another pseudonym is made because a part of it is taken; then that part stands for nobody.</summary>
    private const int MostAttempts = 16;

    /// <summary>What stays between letters and digits.</summary>
    private const string Between = " -./:()+,'_#\"\n\r\t";

    private static readonly SearchValues<char> PartEnds = SearchValues.Create(" ,\n\r\t");

    private readonly Dictionary<(string Type, string Value, bool KeepForm), string> _made = [];

    /// <summary>Parts of pseudonyms, and the words of names that they stand for; nothing where that could be two people's.</summary>
    private readonly Dictionary<string, string> _parts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly byte[] _secret = [.. key.Secret];
    private readonly TakenTokens _taken = new(texts);

    /// <summary>Letters that stand together in hardly any word: none of the 195,000 words and names of the repository's lists has one of these pairs, but for one or two. Each part
    /// of a name's pseudonym has one.</summary>
    public static ImmutableArray<string> NeverTogether { get; } =
    [
        .. "bq bx dx fv fx hx jq jx px qc qd qf qg qh qj qk ql qm qn qp qx qy qz sx vm vq vw vx wq wx xd xg xj xk zx".Split(' '),
    ];

    /// <summary>The pseudonyms that were made, and behind them the parts of names that stand for nobody else.</summary>
    public IEnumerable<Pseudonym> Pseudonyms => _values.Concat(_parts.Where(p => p.Value.Length > 0)).Select(v => new Pseudonym { Token = v.Key, Value = v.Value });

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
            var parts = token.Length == value.Length && !Placeholder.IsPseudonym(token) ? PartsOf(type, value) : [];
            if (!_values.ContainsKey(token) && !_parts.ContainsKey(token) && !_taken.Contains(token) && (attempt >= MostAttempts || parts.TrueForAll(p => IsFree(token[p]))))
            {
                if (_values.Count == MaxPseudonyms)
                {
                    throw new TooManyPseudonymsException();
                }

                _values.Add(token, value);
                parts.ForEach(p => _parts[token[p]] = IsFree(token[p]) ? value[p] : string.Empty);
                return _made[(type, value, keepForm)] = token;
            }
        }
    }

    /// <summary>The words of a person's name that a model may write alone.</summary>
    private static List<Range> PartsOf(string type, string value)
    {
        var parts = new List<Range>();
        if (!string.Equals(type, EntityTypes.Person, StringComparison.Ordinal))
        {
            return parts;
        }

        foreach (var part in value.AsSpan().SplitAny(PartEnds))
        {
            var (start, length) = part.GetOffsetAndLength(value.Length);
            if (length >= LeastPart && length < value.Length && parts.Count < MostParts && value.Substring(start, length).All(char.IsLetter))
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private bool IsFree(string part) => !_parts.ContainsKey(part) && !_values.ContainsKey(part) && !_taken.HasWord(part);

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

        var parts = PartsOf(type, value);
        var stream = new byte[value.Length + (2 * parts.Count)];
        HKDF.Expand(HashAlgorithmName.SHA256, mac, stream.AsSpan(), "form"u8);
        return string.Create(value.Length, (value, stream, parts), static (form, state) =>
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

            for (var i = 0; i < state.parts.Count; i++)
            {
                var random = state.stream.AsSpan(form.Length + (2 * i), 2);
                var (start, length) = state.parts[i].GetOffsetAndLength(form.Length);
                var (first, pair) = (start + (random[0] % (length - 1)), NeverTogether[random[1] % NeverTogether.Length]);
                (form[first], form[first + 1]) = (AsIn(state.value[first], pair[0]), AsIn(state.value[first + 1], pair[1]));
            }
        });

        static char AsIn(char value, char letter) => char.IsUpper(value) ? char.ToUpperInvariant(letter) : letter;
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
