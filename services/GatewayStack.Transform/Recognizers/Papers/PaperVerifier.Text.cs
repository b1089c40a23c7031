using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Papers;

/// <summary>What stands between a paper's word and its number.</summary>
internal static partial class PaperVerifier
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Links = WordSet.Of(
        "is was are reads says shows number no nr num id ids code new old mine now to ist war lautet steht nummer neu neue alte est était sont numéro numero n es era "
            + "son dice nº número è sono era é são zijn nummer nr. jest to brzmi numer ma är var lyder");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Articles = WordSet.Of(
        "the a der die das le la les el los il lo o os het de een den det ten");

    /// <summary>How many words stand between; how many of them are neither links nor articles; whether the last of them links.</summary>
    private static int Words(ReadOnlySpan<char> between, out bool linked, out int foreign)
    {
        (linked, foreign) = (false, 0);
        var count = 0;
        var isLast = false;
        for (var at = 0; at < between.Length;)
        {
            if (!char.IsLetter(between[at]) && between[at] is not ('º' or '°'))
            {
                at++;
                continue;
            }

            var end = at;
            while (end < between.Length && (char.IsLetter(between[end]) || between[end] is 'º' or '°'))
            {
                end++;
            }

            var word = between[at..end];
            var isArticle = Articles.Contains(word);
            var isLink = Links.Contains(word) || word is "n°" or "n" or "nr";
            isLast = isLink || (isArticle && isLast);
            foreign += isLink || isArticle ? 0 : 1;
            count++;
            at = end;
        }

        linked = isLast || between.TrimEnd(" \"'`*") is [.., ':' or '=' or '(' or '#' or '>'];
        return count;
    }

    private static bool EndsSentence(ReadOnlySpan<char> between)
    {
        for (var i = 0; i + 1 < between.Length; i++)
        {
            if (between[i] is '!' or '?'
                || (between[i] is '.' or ';' && between[i + 1] == ' ' && i > 2 && char.IsLetter(between[i - 1]) && char.IsLetter(between[i - 2]) && char.IsLetter(between[i - 3])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ClosesClause(ReadOnlySpan<char> text, int end) =>
        end >= text.Length || text[end] is ',' or '.' or ';' or ')' or '\n' or '\r' or '"' or '\'' or '!' or '?' or '|' or '<' or ']' || text[end..].StartsWith(" and ")
            || text[end..].StartsWith(" then ")
        || text[end..].StartsWith(" - ") || text[end..].StartsWith(" – ") || text[end..].StartsWith(" (");

    private static bool EndsLine(ReadOnlySpan<char> text, int end) => end >= text.Length || text[end] is '\n' or '\r';

    /// <summary>A key of a document: <c>field=passport_no old="..."</c>, <c>"user.passport": "..."</c>.</summary>
    private static bool IsKey(in Match match) => match.At(match.Length) is '_' or '"' or '=' or ':' || match.At(-1) is '_' or '.';

    /// <summary>Behind the word and its ending; -1 where another word begins so.</summary>
    private static int WordEnd(ReadOnlySpan<char> text, int start, int length)
    {
        var end = start + length;
        if (char.IsAsciiDigit(text[end - 1]) || !char.IsLetter(text[end - 1]))
        {
            return end;
        }

        var at = end;
        while (at < text.Length && char.IsLetter(text[at]))
        {
            at++;
        }

        return at - end == 0 || (at < text.Length && at - end == 1 && text[end] == 's') || (length >= ShortWord && at - end <= LongestInflection) ? at : -1;
    }

    /// <summary>The next place where a number may begin: a digit or a capital behind what is no letter.</summary>
    private static int NextStart(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && !((char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at])) && (at == 0 || !(char.IsLetterOrDigit(text[at - 1]) || text[at - 1] is '+' or '$' or '€' or '£' or '_' or '@' or '#' && !IsHash(text, at)))))
        {
            at++;
        }

        return at;
    }

    private static bool IsHash(ReadOnlySpan<char> text, int at) => text[at - 1] == '#' && at > 1 && text[at - 2] == ' ';

    private static int WordFrom(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || (text[at] is '.' or ',' or ':' or '/' or '-' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))))
        {
            at++;
        }

        return at;
    }
}
