using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>A code that is sent to somebody to be typed in once: "your code is 518 204", "518204 is your code", each with a sign that it is such a message where its name
/// does not say so.</summary>
internal static class OneTimeCodeVerifier
{
    private const int Reach = 56;
    private const int MostWords = 8;
    private const int MostWordsBehindAny = 4;
    private const int MostOwners = 3;
    private const int Fewest = 4;
    private const int Most = 8;
    private const int MostInGroups = 24;
    private const int LongestLead = 3;
    private const char FirstOfScriptsWithoutBlanks = '\u2E80';
    private const double Certain = 0.9;
    private const double Likely = 0.75;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".?!;。？！<{");
    private static readonly SearchValues<char> Apart = SearchValues.Create(" ,:-()");

    /// <summary>Behind a name that only such codes have.</summary>
    public static Verdict Named(in Match match) => IsBegun(match) ? Behind(match, MostWords, isSure: true, Certain) : Verdict.No;

    /// <summary>Behind a word for any code, of somebody's, in such a message.</summary>
    public static Verdict Any(in Match match) => IsOfSomebody(match) && OneTimeWords.IsMessage(match.Text) ? Behind(match, MostWordsBehindAny, isSure: false, Likely) : Verdict.No;

    /// <summary>Before such a word: "518204 is your code. Do not share it".</summary>
    public static Verdict Before(in Match match) => IsOfSomebody(match) && OneTimeWords.IsMessage(match.Text) ? BeforeVerifier.Pin(match) : Verdict.No;

    private static bool IsBegun(in Match match) => match.At(-1) is not ('_' or '.' or '/' or '$' or '-')
        && !(match.At(match.Length) is '_' or '(' or '/' || (match.At(match.Length) == '.' && char.IsLetter(match.At(match.Length + 1))));

    private static Verdict Behind(in Match match, int mostWords, bool isSure, double score)
    {
        var text = match.Text;
        var end = match.Start + match.Length;
        var digits = text[end..Math.Min(text.Length, end + Reach)].IndexOfAnyInRange('0', '9');
        if (digits <= 0)
        {
            return Verdict.No;
        }

        var start = end + digits;
        if (SpokenWords.Numbers(text, start))
        {
            return Verdict.No;
        }

        var length = LengthOf(text, start, isSure);
        var between = text[end..start];
        var lead = LeadOf(between);
        between = between[..^lead];
        return length > 0 && (Leads(between, mostWords, out var isSaid) || (isSure && !isSaid && IsDirect(between) && !IsYear(text.Slice(start, length))
            && !GoesOn(text, start + length)))
            ? new Verdict(length + lead, score) { Offset = start - lead - match.Start } : Verdict.No;
    }

    /// <summary>True where what stands between leads to the digits: a sign, or a word that a value follows.</summary>
    private static bool Leads(ReadOnlySpan<char> between, int mostWords, out bool isSaid)
    {
        isSaid = between.ContainsAny(Ends) || between.Count('\n') > 2;
        var words = between.TrimEnd(" \t\r\n\"'`*([「【„“«");
        if (isSaid || words.Count(' ') > mostWords || (words.Length < between.Length && words.Contains('\n')))
        {
            isSaid = true;
            return false;
        }

        if (words is [.., ':' or '=' or '→' or '-' or '–' or '—'])
        {
            return true;
        }

        if (words.IsEmpty || between.Contains('\n'))
        {
            return false;
        }

        if (words[^1] >= FirstOfScriptsWithoutBlanks)
        {
            return true;
        }

        var last = LastWord(words);
        if (OneTimeWords.IsArticle(last))
        {
            last = LastWord(words[..^last.Length].TrimEnd());
        }

        return (SpokenWords.IsVerb(last, out var direct) && direct) || OneTimeWords.Equates(last);
    }

    /// <summary>Nothing but an ending of the name, or of one word behind it.</summary>
    private static bool IsDirect(ReadOnlySpan<char> between) => !between.Contains('\n') && !between.Trim(" \"'`*([").ContainsAny(Apart);

    /// <summary>"emergency code 1184 was called": without a sign or a verb before it the number ends what is said.</summary>
    private static bool GoesOn(ReadOnlySpan<char> text, int end) => end + 1 < text.Length && text[end] == ' ' && char.IsAsciiLetter(text[end + 1]);

    private static ReadOnlySpan<char> LastWord(ReadOnlySpan<char> text) => text[(text.LastIndexOf(' ') + 1)..];

    /// <summary>Letters that a sender puts before its codes: <c>G-518204</c>.</summary>
    private static int LeadOf(ReadOnlySpan<char> between)
    {
        var letters = 0;
        while (letters + 1 < between.Length && letters < LongestLead && between[^1] == '-' && char.IsAsciiLetterUpper(between[^(letters + 2)]))
        {
            letters++;
        }

        return letters > 0 && (letters + 1 == between.Length || !char.IsLetterOrDigit(between[^(letters + 2)])) ? letters + 1 : 0;
    }

    /// <summary>Four to eight digits, together or in groups of one size; more in three groups and dashes.</summary>
    private static int LengthOf(ReadOnlySpan<char> text, int start, bool mayBeLong)
    {
        var at = EndOfDigits(text, start);
        var (group, digits) = (at - start, at - start);
        while (group is >= 2 and <= 6 && at + 1 < text.Length && text[at] is ' ' or '-' && EndOfDigits(text, at + 1) is var next && next - at - 1 == group)
        {
            (digits, at) = (digits + group, next);
        }

        return (digits is >= Fewest and <= Most || (mayBeLong && digits is > Most and <= MostInGroups && digits >= 3 * group && !text[start..at].Contains(' ')))
            && EndsThere(text, at, digits) ? at - start : 0;
    }

    private static int EndOfDigits(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool EndsThere(ReadOnlySpan<char> text, int at, int digits) =>
        at >= text.Length || !((char.IsLetter(text[at]) && text[at] < FirstOfScriptsWithoutBlanks) || text[at] is '_' or '%' or '@' or '/' or '=' or '年' or '년'
            || ((text[at] is '.' or ':' or '-' || (text[at] == ',' && digits == Fewest)) && at + 1 < text.Length && char.IsAsciiLetterOrDigit(text[at + 1])));

    private static bool IsYear(ReadOnlySpan<char> digits) => digits.Length == 4 && digits[..2] is "19" or "20";

    /// <summary>"your code", "su código", "your Lodge code": whose it is, and that it is of no other kind.</summary>
    private static bool IsOfSomebody(in Match match)
    {
        var text = match.Text;
        if (char.IsLetterOrDigit(match.At(match.Length)) || !IsBegun(match) || match.At(match.Length) == '-')
        {
            return false;
        }

        if (OneTimeWords.IsOwned(match.Value))
        {
            return true;
        }

        var at = match.Start;
        for (var words = 0; words < MostOwners; words++)
        {
            var word = EntryWords.WordBefore(text, at);
            if (OneTimeWords.IsOwner(word))
            {
                return true;
            }

            // A word of which nothing is known names a kind of codes; with a capital, who sends it.
            if (word.IsEmpty || EntryWords.IsOtherCode(word) || (EntryWords.IsUnknownCode(word) && char.IsLower(word[0])))
            {
                return false;
            }

            at = text[..at].LastIndexOf(word);
        }

        return false;
    }
}
