using System.Buffers;
using System.Text;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>The people of a text, and whether a word is made of one's names, as accounts are: <c>obrandv</c>, <c>jvdakker</c>, <c>femi_oy</c>, <c>kristjan.saar</c>,
/// <c>aleks77</c>.</summary>
internal sealed class Persons
{
    private const int MostParts = 5;
    private const int ShortestPart = 3;
    private const int ShortestPlain = 6;
    private const int ShortestMarked = 4;
    private const int LongestInPlain = 4;
    private const int FewestDigits = 2;

    /// <summary>Of names that begin alike a word can be made in very many ways; none of them is worth more.</summary>
    private const int MostSteps = 100;

    private static readonly SearchValues<char> Umlauts = SearchValues.Create("äöüÄÖÜ");

    private readonly List<string[]> _people = [];
    private uint _initials;

    /// <summary>How many there are.</summary>
    public int Count => _people.Count;

    /// <summary>Adds somebody; a name with umlauts is written in two ways.</summary>
    public void Add(ReadOnlySpan<char> name)
    {
        var plain = Parts(name, german: false);
        Keep(plain);
        if (name.ContainsAny(Umlauts))
        {
            Keep(Parts(name, german: true));
        }
    }

    /// <summary>True when somebody's name begins with the letter.</summary>
    public bool MayBegin(char letter) => (_initials >> (letter - 'a') & 1) != 0;

    /// <summary>True when the word is made of the beginnings of one's names, one of them long enough to be no chance.</summary>
    /// <param name="word">Small letters, digits, dots, dashes and underscores.</param>
    public bool Make(ReadOnlySpan<char> word)
    {
        Span<char> letters = stackalloc char[word.Length];
        var body = word.TrimEnd("0123456789");
        var count = 0;
        foreach (var c in body)
        {
            if (char.IsAsciiDigit(c))
            {
                return false;
            }

            if (char.IsAsciiLetterLower(c))
            {
                letters[count++] = c;
            }
        }

        letters = letters[..count];
        var isMarked = count < word.Length;
        if (count < (isMarked ? ShortestMarked : ShortestPlain))
        {
            return false;
        }

        foreach (var parts in _people)
        {
            var steps = MostSteps;
            var (longest, used) = Cover(letters, parts, 0, 0, 0, ref steps);
            if (used > 0 && !IsPart(letters, parts, isMarked && body.Length < word.Length) && longest >= (isMarked ? ShortestPart : LongestInPlain)
                && (used > 1 || word.Length - body.Length >= FewestDigits))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>One of the names itself is a name; with a number behind it, it is an account.</summary>
    private static bool IsPart(ReadOnlySpan<char> letters, string[] parts, bool isNumbered)
    {
        foreach (var part in parts)
        {
            if (!isNumbered && letters.SequenceEqual(part))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads the letters as beginnings of the parts, in any order, each part once; the longest beginning and how many there are, 0 where that is impossible.</summary>
    private static (int Longest, int Used) Cover(ReadOnlySpan<char> letters, string[] parts, int taken, int longest, int used, ref int steps)
    {
        if (letters.IsEmpty)
        {
            return (longest, used);
        }

        var best = (Longest: 0, Used: 0);
        for (var i = 0; i < parts.Length; i++)
        {
            var common = (taken >> i & 1) != 0 ? 0 : letters.CommonPrefixLength(parts[i]);
            for (var length = common; length > 0 && --steps > 0; length--)
            {
                var rest = Cover(letters[length..], parts, taken | 1 << i, Math.Max(longest, length), used + 1, ref steps);
                best = rest.Used > 0 && rest.Longest > best.Longest ? rest : best;
            }
        }

        return best;
    }

    private void Keep(string[] parts)
    {
        if (parts.Length == 0 || _people.Exists(p => p.AsSpan().SequenceEqual(parts)))
        {
            return;
        }

        _people.Add(parts);
        foreach (var part in parts)
        {
            _initials |= 1u << (part[0] - 'a');
        }
    }

    private static string[] Parts(ReadOnlySpan<char> name, bool german)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var c in name)
        {
            _ = c switch
            {
                'ä' or 'ö' or 'ü' or 'Ä' or 'Ö' or 'Ü' when german => plain.Append(char.ToLowerInvariant(LatinBases.Of(c))).Append('e'),
                'ß' => plain.Append("ss"),
                'æ' or 'Æ' => plain.Append("ae"),
                < (char)LatinBases.Count when char.IsLetter(c) => plain.Append(char.ToLowerInvariant(LatinBases.Of(c))),
                _ => plain.Append(' '),
            };
        }

        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = char.IsAsciiLetterLower(plain[i]) ? plain[i] : ' ';
        }

        var parts = plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > MostParts ? parts[..MostParts] : parts;
    }
}
