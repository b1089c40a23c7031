using System.Buffers;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Chats;

/// <summary>The answer in a chat to a question some lines above: "Ilse: XN3101027" where somebody has asked for the number of a passport. The question says what it is,
/// however much is said in between, unless it is asked for something else there.</summary>
internal static class AskedVerifier
{
    /// <summary>So many units before the answer are looked at.</summary>
    public const int Before = 240;

    private const double Likely = 0.8;
    private const int MostLines = 5;
    private const int LongestSpeaker = 32;
    private const int LongestAnswer = 36;
    private const int MostWords = 3;
    private const int FewestDigits = 2;
    private const int FewestInShort = 3;
    private const int Long = 8;
    private const int MostInQuestion = 3;
    private const int LeastLength = 5;

    private static readonly SearchValues<char> Code = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/.");

    private static readonly SearchValues<char> NoSpeaker = SearchValues.Create("\"=|;{");

    /// <summary>Kinds that ask for something of somebody: the nearest of them says what the answer is.</summary>
    private static readonly CueSet Asked = CueSet.Of(CueKind.Phone, CueKind.Email, CueKind.Card, CueKind.Cvv, CueKind.Iban, CueKind.Account, CueKind.Passport, CueKind.License,
        CueKind.Medical,
        CueKind.Plate, CueKind.Vehicle, CueKind.Vin, CueKind.NationalId, CueKind.TaxId, CueKind.SocialSecurity, CueKind.Order, CueKind.Reference, CueKind.Product,
            CueKind.Amount, CueKind.Secret);

    private static readonly SearchValues<string> Nations = SearchValues.Create(
        ["nationalit", "nationaliti", "nacionalid", "nazionalit", "staatsang", "staatsbürg", "obywatel", "citizen", "medborg", "nationaliteit"],
            StringComparison.OrdinalIgnoreCase);

    /// <summary>True where a line of a chat may end soon behind the colon, with digits in it.</summary>
    public static bool MayBeCode(ReadOnlySpan<char> surroundings, int gate, int gateLength) => IsShort(surroundings, gate, out var said) && Digits(said) >= FewestDigits;

    /// <summary>The same without a digit.</summary>
    public static bool MayBeWord(ReadOnlySpan<char> surroundings, int gate, int gateLength) => IsShort(surroundings, gate, out var said) && !said.ContainsAny(Alphabets.Digit)
        && said.Count(' ') <= MostWords;

    /// <summary>A number of the kinds that were asked for.</summary>
    /// <param name="kinds">Kinds of the words that ask for it.</param>
    public static Verifier Of(params CueKind[] kinds)
    {
        var own = CueSet.Of(kinds);
        return (in Match match) => Read(match, out var start, out var end) && CodeIn(match.Text, ref start, ref end) && IsAsked(match.Text, match.Start, own)
            ? new Verdict(end - start, Likely, start - match.Start) : Verdict.No;
    }

    /// <summary>A nationality that was asked for.</summary>
    public static Verdict Nationality(in Match match)
    {
        if (!Read(match, out var start, out var end))
        {
            return Verdict.No;
        }

        var text = match.Text;
        start = text[start..end].LastIndexOf(' ') is >= 0 and var blank ? start + blank + 1 : start;
        var earlier = text[..(text[..match.Start].LastIndexOf('\n') + 1)];
        return Nationals.Is(text[start..end]) && earlier.ContainsAny(Nations) ? new Verdict(end - start, Likely, start - match.Start) : Verdict.No;
    }

    private static bool IsShort(ReadOnlySpan<char> surroundings, int gate, out ReadOnlySpan<char> said)
    {
        said = [];
        if (gate + 2 >= surroundings.Length || surroundings[gate + 1] != ' ')
        {
            return false;
        }

        said = surroundings[(gate + 2)..];
        var end = said.IndexOfAny('\n', '\r');
        said = end < 0 ? said : said[..end];
        return said.Length is > 2 and <= LongestAnswer;
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var digits = 0;
        foreach (var c in text)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits;
    }

    /// <summary>What is said in the line, without the marks at its end; false where nobody speaks.</summary>
    private static bool Read(in Match match, out int start, out int end)
    {
        var text = match.Text;
        var line = text[..match.Start].LastIndexOf('\n') + 1;
        start = match.Start + 2;
        end = start;
        if ((line == 0 && match.Start >= Before) || !IsSpeaker(text[line..match.Start]) || start >= text.Length)
        {
            return false;
        }

        var length = text[start..].IndexOfAny('\n', '\r');
        end = length < 0 ? text.Length : start + length;
        end = start + text[start..end].TrimEnd(" .,!?").Length;
        return end - start is > 2 and <= LongestAnswer;
    }

    private static bool IsSpeaker(ReadOnlySpan<char> name) =>
        name.Length is > 1 and <= LongestSpeaker && name.TrimStart("[(0123456789:.])- ") is [var first, ..] && char.IsLetter(first) && name.Count(' ') <= 3
        && !name.ContainsAny(NoSpeaker);

    /// <summary>The code at the end, behind a few small words: "mine: X4RTBPFW4", "the sticker says FB-2965".</summary>
    private static bool CodeIn(ReadOnlySpan<char> text, ref int start, ref int end)
    {
        for (var words = 0; words <= MostWords && start < end; words++)
        {
            var token = text[start..end];
            token = token.IndexOf(' ') is > 0 and var blank ? token[..blank] : token;
            if (!token.ContainsAnyExcept(Code) && (token.ContainsAny(Alphabets.Digit) || token.Length <= 5))
            {
                break;
            }

            if (token.ContainsAny(Alphabets.Digit))
            {
                return false;
            }

            start += Math.Min(token.Length + 1, end - start);
        }

        var code = text[start..end];
        if (code.Length < LeastLength || Digits(code) < (code.Length >= Long && !code.Contains(' ') ? FewestDigits : FewestInShort) || (code.ContainsAny('/', '.')
            && !code.ContainsAnyInRange('A', 'Z')))
        {
            return false;
        }

        foreach (var range in code.Split(' '))
        {
            if (code[range].ContainsAnyExcept(Code))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In the nearest lines above that ask for anything, a word of these kinds.</summary>
    private static bool IsAsked(ReadOnlySpan<char> text, int at, CueSet own)
    {
        var end = text[..at].LastIndexOf('\n');
        for (var lines = 0; lines < MostLines && end > 0; lines++)
        {
            var start = text[..end].LastIndexOf('\n') + 1;
            if (start == 0 && at >= Before)
            {
                return false;
            }

            var colon = text[start..end].IndexOf(": ");
            CueSet kinds = default;
            for (var i = start + Math.Max(0, colon); colon > 0 && new CueReader(text).TryNext(i, end, end, out var cue); i = cue.End)
            {
                kinds |= cue.Set;
            }

            if (kinds.Meets(own))
            {
                // With a value of its own it is the field of a form, and asks nothing.
                return Digits(text[start..end]) <= MostInQuestion;
            }

            if (colon <= 0 || kinds.Meets(Asked))
            {
                return false;
            }

            end = start - 1;
        }

        return false;
    }
}
