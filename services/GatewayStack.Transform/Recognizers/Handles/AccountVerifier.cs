using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Credentials.Spoken;

namespace GatewayStack.Transform.Recognizers.Handles;

/// <summary>The name of an account: behind its word in a sentence, as whom one signs in, beside a password.</summary>
internal static class AccountVerifier
{
    private const int MostWords = 6;
    private const int Shortest = 3;
    private const int Longest = 32;
    private const int PasswordReach = 18;
    private const int WideGap = 3;
    private const double Sure = 0.85;
    private const double Likely = 0.7;

    private static readonly SearchValues<char> Name = SearchValues.Create([.. Enumerable.Range(0, 0x250).Select(c => (char)c).Where(c => char.IsLetterOrDigit(c) || c is '_' or '.' or '-')]);
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> States = SecretWords.States.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly SearchValues<char> Links = SearchValues.Create(":=→");
    private static readonly SearchValues<char> Marks = SearchValues.Create("_0123456789");

    /// <summary>Behind a word for a user, some words of where it is one, and what links them.</summary>
    public static Verdict Named(in Match match) => Read(match, weak: false);

    /// <summary>Behind a word that is also said of other things.</summary>
    public static Verdict Weak(in Match match) => Read(match, weak: true);

    /// <summary>"log in on the box as x", "entri con x".</summary>
    public static Verdict SignedIn(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        var (isAs, isWith) = (false, false);
        for (var words = 0; words <= MostWords && at < text.Length; words++)
        {
            if (!SkipBlanks(text, ref at))
            {
                return Verdict.No;
            }

            var end = TokenEnd(text, at);
            var name = NameAt(text, at, end, out var start);
            if ((isAs || isWith) && IsName(name) && !IsCodeAround(text, start, start + name.Length)
                && !NoNames.IsPost(name) && (IsMarked(name) || (isAs && name.Length >= 4 && char.IsLower(name[0]) && !WordPasswords.Describes(name) && EndsClause(text, end))
                || (IsMarked(name) ? AccountWords.NamePassword(After(text, start + name.Length)) : AccountWords.NamePasswordNext(After(text, start + name.Length)))))
            {
                return new Verdict(name.Length, Likely) { Offset = start - match.Start };
            }

            var word = text[at..end].TrimEnd(",:;");
            (isAs, isWith) = (AccountWords.IsAs(word), AccountWords.IsWith(word));
            if (text[end - 1] is '.' or '!' or '?' or ';' && end - at > 1 && !char.IsAsciiDigit(text[end - 2]))
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    private static Verdict Read(in Match match, bool weak)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at >= text.Length || char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or '(' or '[' or '/' or '-' || match.At(-1) is '_' or '.' or '$' or '/' or '-' or '[')
        {
            return Verdict.No;
        }

        var linked = false;
        var named = false;
        for (var words = 0; words <= MostWords && at < text.Length; words++)
        {
            var before = at;
            if (!SkipBlanks(text, ref at))
            {
                return Verdict.No;
            }

            if (words > 0 && at - before >= WideGap)
            {
                // The next field of a form.
                return Verdict.No;
            }

            linked |= text[before..at].ContainsAny(Links) || (words > 0 && text[before - 1] is ':' or '=');
            var end = TokenEnd(text, at);
            var name = NameAt(text, at, end, out var start);
            if ((words == 0 || linked) && IsName(name) && !IsCodeAround(text, start, start + name.Length))
            {
                linked |= text[at..start].ContainsAny(Links);
                if (NoNames.IsPost(name) || AccountSigns.IsPattern(name) || IsNumbered(text, start + name.Length, name))
                {
                    return Verdict.No;
                }

                if (words == 0 && text[before..start] is [' ', '=', ' ', ..] && !(start > 0 && ValueReader.IsQuote(text[start - 1])))
                {
                    // A variable that another is given to, unless it is written as only accounts are and is all of a line.
                    return match.At(-1) is '\n' or '\0' && EndsLine(text, start + name.Length)
                        && (name.Contains('-') || match.Value.Equals("login", StringComparison.OrdinalIgnoreCase)) && !name.ContainsAnyInRange('A', 'Z')
                        ? new Verdict(name.Length, Likely) { Offset = start - match.Start }
                        : Verdict.No;
                }

                var quoted = start > 0 && text[start - 1] is '"' or '\'' or '`' && linked;
                var paired = char.IsLower(name[0]) && (!weak || IsMarked(name) || name.ContainsAny('.', '-')) && !SpokenWords.IsPurpose(name)
                    && (linked || IsMarked(name) ? AccountWords.NamePassword(After(text, start + name.Length)) : AccountWords.NamePasswordNext(After(text, start + name.Length)));
                if (!paired && !AccountSigns.IsLogin(match.Value) && !AccountSigns.Stand(name, text[(start + name.Length)..]))
                {
                    return Verdict.No;
                }

                if (paired || (IsMarked(name) && (!weak || linked || quoted || name.Contains('_')))
                    || (!weak && linked && words > 0 && name.ContainsAny('.', '-') && char.IsLower(name[0]))
                    || (linked && words == 0 && IsField(match, start, name.Length))
                    || (weak && words == 0 && name.Contains('-') && name.ContainsAny(Marks) && new ValueShape(name).Uppers == 0)
                    || (!weak && linked && named && name.Length >= 5 && new ValueShape(name) is { Uppers: 0 } && !WordPasswords.Describes(name)
                        && EndsLine(text, start + name.Length)))
                {
                    return new Verdict(name.Length, paired ? Sure : Likely) { Offset = start - match.Start };
                }
            }

            var word = text[at..end].Trim("\"'`,:;=");
            if (AccountWords.NamePassword(word))
            {
                return Verdict.No;
            }

            named = words <= 1 && AccountWords.IsKind(word);
            linked = text[end - 1] is ':' or '=' || (SpokenWords.IsVerb(word, out var direct) && direct && SpokenWords.Equates(word));
            if (text[end - 1] is '.' or '!' or '?' or ';' or ',' && end - at > 1)
            {
                return Verdict.No;
            }

            at = end;
        }

        return Verdict.No;
    }

    /// <summary>A word and its number: <c>shift 5</c>.</summary>
    private static bool IsNumbered(ReadOnlySpan<char> text, int end, ReadOnlySpan<char> name) =>
        end + 1 < text.Length && text[end] == ' ' && char.IsAsciiDigit(text[end + 1]) && new ValueShape(name).IsLetters;

    /// <summary>A field of a log (<c> user=jdoe </c>), or of a commit (<c>Author: jdoe &lt;...</c>).</summary>
    private static bool IsField(in Match match, int start, int length)
    {
        var text = match.Text;
        var end = start + length;
        var next = end < text.Length ? text[end] : '\n';
        return char.IsLower(text[start]) && length >= 4
            && ((text[start - 1] == '=' && start == match.Start + match.Length + 1 && match.At(-1) == ' ' && next is ' ' or '\n' or '\r')
            || (next == ' ' && end + 1 < text.Length && text[end + 1] == '<'));
    }

    /// <summary>Small words, digits and marks as accounts have them, and no word of a sentence.</summary>
    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length is >= Shortest and <= Longest && char.IsLetter(name[0]) && !NoNames.IsWord(name) && !References.IsLocation(name) && !States.Contains(name)
        && !AccountWords.IsOne(name)
        && !(name.LastIndexOf('.') is > 0 and var dot && name[(dot + 1)..] is "example" or "local" or "internal" or "test" or "invalid" or "com" or "org" or "net" or "io" or "lan")
        && new ValueShape(name) is { Lowers: > 0 };

    private static bool IsMarked(ReadOnlySpan<char> name) =>
        (name.ContainsAny(Marks) || (name.IndexOf('.') is > 0 and var dot && dot < name.Length - 2 && new ValueShape(name).Uppers == 0)) && !IsVersion(name)
            && !char.IsUpper(name[^1]);

    /// <summary>v2, oauth2, ipv6, sha256.</summary>
    private static bool IsVersion(ReadOnlySpan<char> name) => PlainValues.IsTechnical(name) || (name.TrimEnd("0123456789").Length <= 2 && !name.ContainsAny("_."));

    private static bool IsCodeAround(ReadOnlySpan<char> text, int start, int end) =>
        (end < text.Length && text[end] is '(' or '[' or '{' or '<' or '$' or '/' or '*' or '=' or '@' or '\\' or '|')
        || (start > 0 && text[start - 1] is '$' or '{' or '<' or '%' or '/' or '\\' or '@' or '[');

    private static ReadOnlySpan<char> NameAt(ReadOnlySpan<char> text, int at, int end, out int start)
    {
        start = at;
        while (start < end && text[start] is '"' or '\'' or '`' or '(' or '“' or '„' or '«' or '»' or ':' or '=')
        {
            start++;
        }

        var length = text[start..end].IndexOfAnyExcept(Name);
        return text.Slice(start, length < 0 ? end - start : length).TrimEnd(".-_");
    }

    private static bool EndsLine(ReadOnlySpan<char> text, int end) => end >= text.Length || text[end] is '\n' or '\r' or ',' or ';';

    private static ReadOnlySpan<char> After(ReadOnlySpan<char> text, int at) => text[at..Math.Min(text.Length, at + PasswordReach)];

    private static bool EndsClause(ReadOnlySpan<char> text, int end) =>
        end >= text.Length || text[end - 1] is '.' or ',' or ';' or ')' || text[end] is '\n' or '\r' || SpokenWords.Follows(WordAt(text, end + 1))
        || AccountWords.IsWith(WordAt(text, end + 1));

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsLetter(text[end]))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    /// <summary>To the next word in the line, dots of a form and signs left out; false at its end.</summary>
    private static bool SkipBlanks(ReadOnlySpan<char> text, ref int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t' or ':' or '=' or '*' or '→'
            || (at + 1 < text.Length && text[at] == '.' && text[at + 1] is '.' or ' ' && at > 0 && text[at - 1] is '.' or ' '))
        {
            at++;
        }

        return at < text.Length && text[at] is not ('\n' or '\r');
    }

    private static int TokenEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
