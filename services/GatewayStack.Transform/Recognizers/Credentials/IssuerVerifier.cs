using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Reads a value of an issuer's shape behind the issuer's name: <c>DATADOG_API_KEY=x</c>, <c>heroku: x</c>, <c>our Twilio auth token is x</c>.</summary>
internal static class IssuerVerifier
{
    private const int LongestName = 28;
    private const double Certain = 0.99;
    private const int UuidLength = 36;
    private const int MostBeside = 48;
    private static readonly SearchValues<char> WordEnds = SearchValues.Create(" .,;:!?\n");
    private static readonly string[] Words = ["key", "token", "secret", "auth", "password", "pwd", "credential", "credentials", "pat", "license", "one", "bot",
        "licence", "api", "apikey"];

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Uses =
        WordSet.Of("upload api personal server live prod production staging test testing dev ci agent account user main new old");

    /// <summary>The verifier of a shape.</summary>
    public static Verifier For(string value)
    {
        var pattern = Patterns.Anchored(value);
        var isUuid = value == CredentialRow.Uuid;
        return (in Match match) =>
        {
            var text = match.Text;
            var at = isUuid ? Beside(text, match.Start + match.Length) : -1;
            at = at < 0 ? ValueAt(text, match.Start + match.Length, out _) : at;
            if (at < 0)
            {
                return Verdict.No;
            }

            foreach (var found in pattern.Regex.EnumerateMatches(text[at..]))
            {
                var end = at + found.Length;
                var isWhole = end >= text.Length || !WordStart.Joins(text[end - 1], text[end]);
                return isWhole && FormatVerifier.IsKey(text[at..end]) ? new Verdict(found.Length, Certain, at - match.Start) : Verdict.No;
            }

            return Verdict.No;
        };
    }

    /// <summary>Behind the sign that gives a value.</summary>
    public static int? Outlook(in Match soFar, int known)
    {
        var at = ValueAt(soFar.Text, soFar.Start + soFar.Length, out var read);
        return at < 0 && read < soFar.Text.Length ? null : Math.Max(at, read) - soFar.Start;
    }

    /// <summary>The same where no sign need stand before a value.</summary>
    public static int? BesideOutlook(in Match soFar, int known)
    {
        var ahead = soFar.Text[(soFar.Start + soFar.Length)..];
        var word = ahead.TrimStart(' ');
        var end = word.IndexOfAny(WordEnds);
        if (!ahead.IsEmpty && (ahead[0] is not (' ' or '|') || (end >= 0 && word[0] != '|' && end < UuidLength && !Uses.Contains(word[..end]))))
        {
            return Outlook(soFar, known);
        }

        return ahead.Length < MostBeside + UuidLength ? soFar.Length
            : Beside(soFar.Text, soFar.Start + soFar.Length) is >= 0 and var at ? at - soFar.Start : Outlook(soFar, known);
    }

    /// <summary>Where a UUID begins directly behind the issuer's name, behind what it is used for, or in the next cells of a table: <c>| Postmark | receipts | x |</c>. Else -1.</summary>
    private static int Beside(ReadOnlySpan<char> text, int start)
    {
        var (at, cells, words) = (start, 0, 0);
        while (at < text.Length && at - start <= MostBeside && text[at] is ' ' or '|')
        {
            cells += text[at] == '|' ? 1 : 0;
            at++;
            if (at < text.Length && text[at] is ' ' or '|')
            {
                continue;
            }

            if (text.Length - at >= UuidLength && Guid.TryParseExact(text.Slice(at, UuidLength), "D", out _))
            {
                return at;
            }

            var end = at;
            while (end < text.Length && text[end] is not ('|' or '\r' or '\n') && (cells > 0 || text[end] != ' '))
            {
                end++;
            }

            if (cells > 1 || (cells == 0 && (++words > 1 || !Uses.Contains(text[at..end]))))
            {
                return -1;
            }

            at = end;
        }

        return -1;
    }

    /// <summary>Where the value begins; -1 when none is given.</summary>
    /// <param name="text">The window.</param>
    /// <param name="start">Behind the issuer's name.</param>
    /// <param name="at">What was read up to: the unit there decided.</param>
    private static int ValueAt(ReadOnlySpan<char> text, int start, out int at)
    {
        at = start;
        while (at < text.Length && at - start < LongestName && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '_' or '.' or '-' or ' '))
        {
            at++;
        }

        var name = text[start..at].TrimEnd();
        var said = name.EndsWith(" is", StringComparison.Ordinal);
        name = said ? name[..^3].TrimEnd() : name;
        if (!name.IsEmpty && !EndsWithWord(name))
        {
            return -1;
        }

        var closers = 0;
        while (at < text.Length && closers < 3 && text[at] is '"' or '\'' or '`' or ']' or ')' or '*')
        {
            at++;
            closers++;
        }

        at = ValueReader.SkipBlanks(text, at);
        var sign = at;
        while (at < text.Length && at - sign < 3 && text[at] is ':' or '=' or '>' or ',' or '(' or '→')
        {
            at++;
        }

        if (at == sign && !said)
        {
            return -1;
        }

        at = ValueReader.SkipBlanks(text, at);
        while (at < text.Length && text[at] is '"' or '\'' or '`' or '*' or '\\')
        {
            at++;
        }

        return at < text.Length ? at : -1;
    }

    private static bool EndsWithWord(ReadOnlySpan<char> name)
    {
        foreach (var word in Words)
        {
            if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
