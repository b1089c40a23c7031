using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Nations;

/// <summary>A nationality before whoever has it, whatever that person is called: "är eritreansk medborgare", "one Ghanaian tenor who sang", "the pilot is Swiss, 28, and ...".</summary>
internal static class NationOfSomebody
{
    private const double Said = 0.97;
    private const double Described = 0.85;
    private const int LongestNoun = 20;

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Citizens = WordSet.Of(
        "citizen citizens national nationals subject passport-holder citizenship nationality medborgare medborgarskap staatsbürger staatsbürgerin staatsangehöriger staatsangehörige staatsangehörigen staatsburger");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Who = WordSet.Of("who whose whom");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Groups = WordSet.Of(
        "company companies firm team club people those authorities government bank army supplier provider customers users man's family families minority community embassy court parliament media press");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pronouns = WordSet.Of(
        "he she i er sie il elle él ella lui lei ele ela hij zij on ona han hon who");

    private static readonly System.Collections.Frozen.FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Copulas = WordSet.Of(
        "is was am ist war bin est suis était es era soy è era sono é sou is ben jest jestem był była är var");

    /// <summary>At the adjective.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var end = match.Start + match.Length;
        if ((end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] is '-' or '_' or '\'' or '’' or '/')) || match.At(-1) is '-' or '_' or '/' or '.' or '@')
        {
            return Verdict.No;
        }

        var isUpper = char.IsUpper(match.Value[0]);
        if (!isUpper && Nationalities.IsEnglish(match.Value) && !Nationalities.IsRomance(match.Value))
        {
            return Verdict.No;
        }

        var noun = WordAt(text, end, out var after);
        if (Citizens.Contains(noun) && !(noun is "national" or "subject" && after < text.Length && text[after] == ' ' && WordAt(text, after, out _) is not ("who" or "and" or "in" or "is" or "living" or "of")))
        {
            return new Verdict(match.Length, Said);
        }

        if (isUpper && noun.Length is >= 4 and <= LongestNoun && char.IsLower(noun[0]) && !Groups.Contains(noun) && noun[^1] != 's' && Who.Contains(WordAt(text, after, out _)))
        {
            return new Verdict(match.Length, Described);
        }

        return IsPredicate(text, match.Start, end) || IsBesideAge(text, match.Start, end) ? new Verdict(match.Length, Said) : Verdict.No;
    }

    /// <summary>"He is Moldovan;", "the pilot is Swiss, 28, ...".</summary>
    private static bool IsPredicate(ReadOnlySpan<char> text, int start, int end)
    {
        var copula = WordBefore(text, start, out var at);
        if (!Copulas.Contains(copula))
        {
            return false;
        }

        if (IsAgeBehind(text, end))
        {
            return true;
        }

        return Pronouns.Contains(WordBefore(text, at, out _)) && (end >= text.Length || text[end] is ',' or ';' or '.' or '!' or '?' or ')' or '\n');
    }

    /// <summary>"Abdelkarim (66, Marokkaans, ...".</summary>
    private static bool IsBesideAge(ReadOnlySpan<char> text, int start, int end)
    {
        var before = text[..start].TrimEnd(' ');
        if (before is not [.., ','] || end >= text.Length || text[end] is not (',' or ')' or '.' or ';' or '\n'))
        {
            return false;
        }

        var digits = before.Length - 1;
        var number = digits;
        while (digits > 0 && char.IsAsciiDigit(before[digits - 1]))
        {
            digits--;
        }

        return number - digits == 2 && before[..digits] is [.., ' ' or '\n' or ')' or >= 'a' and <= 'z', '('];
    }

    private static bool IsAgeBehind(ReadOnlySpan<char> text, int end) =>
        text[end..] is [',', ' ', >= '1' and <= '9', >= '0' and <= '9', ',' or '.' or ';' or ')', ..];

    private static ReadOnlySpan<char> WordAt(ReadOnlySpan<char> text, int at, out int end)
    {
        at += at < text.Length && text[at] == ' ' ? 1 : 0;
        end = at;
        while (end < text.Length && (char.IsLetter(text[end]) || text[end] == '-'))
        {
            end++;
        }

        return at < text.Length ? text[at..end] : [];
    }

    private static ReadOnlySpan<char> WordBefore(ReadOnlySpan<char> text, int end, out int start)
    {
        while (end > 0 && text[end - 1] == ' ')
        {
            end--;
        }

        return AgeText.WordBefore(text, end, out start);
    }
}
