using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Nations;

/// <summary>
/// A nationality before whoever has it, whatever that person is called: "är eritreansk medborgare", "one Ghanaian tenor who sang", "the pilot is Swiss, 28, and ...".
/// </summary>
internal static class NationOfSomebody
{
    private const double Said = 0.97;
    private const double Described = 0.85;
    private const double Counted = 0.75;
    private const int LongestNoun = 20;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Citizens = WordSet.Of(
        "citizen citizens national nationals subject passport-holder citizenship nationality medborgare medborgarskap staatsbürger staatsbürgerin staatsangehöriger "
            + "staatsangehörige staatsangehörigen staatsburger");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Who = WordSet.Of("who whose whom");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Groups = WordSet.Of(
        "company companies firm team club people those authorities government bank army supplier provider customers users man's family families minority community "
            + "embassy court parliament media press");

    /// <summary>How somebody has it.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Kinds = WordSet.Of("half originally naturalised naturalized nationality citizenship "
        + "staatsangehörigkeit nationalité");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Pronouns = WordSet.Of(
        "he she i er sie il elle él ella lui lei ele ela hij zij on ona han hon who");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Copulas = WordSet.Of(
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

        if (isUpper && (IsPersons(noun) || (noun is "by" && WordAt(text, after, out _) is "birth" or "descent" or "marriage" or "passport")))
        {
            return new Verdict(match.Length, Described);
        }

        if (isUpper && Kinds.Contains(WordBefore(text, match.Start, out _)) && Closes(text, end))
        {
            return new Verdict(match.Length, Described);
        }

        if (isUpper && Nationalities.IsEnglish(match.Value) && Closes(text, end) && IsBorn(text, match.Start))
        {
            return new Verdict(match.Length, Described);
        }

        if (isUpper && IsOneOf(text, match.Start, end, match.Value))
        {
            return new Verdict(match.Length, Counted);
        }

        return IsPredicate(text, match.Start, end) || IsBesideAge(text, match.Start, end) ? new Verdict(match.Length, Said) : Verdict.No;
    }

    /// <summary>"born in Accra, Ghanaian".</summary>
    private static bool IsBorn(ReadOnlySpan<char> text, int start) =>
        text[..start].TrimEnd(' ') is [.., ','] && text[..start].LastIndexOf("born ", StringComparison.OrdinalIgnoreCase) is >= 0 and var born
            && !text[born..start].ContainsAny("\n.;");

    /// <summary>"a Kenyan and ...": an article or a number before a word that is a noun of English, too, and nothing that it describes behind it.</summary>
    private static bool IsOneOf(ReadOnlySpan<char> text, int start, int end, ReadOnlySpan<char> word)
    {
        if (!Nationalities.IsEnglish(word) || !(word.EndsWith("an", StringComparison.Ordinal) || word[^1] is 'i' or 'o')
            || WordBefore(text, start, out _) is not ("a" or "an" or "one" or "another"))
        {
            return false;
        }

        if (Closes(text, end))
        {
            return true;
        }

        var next = WordAt(text, end, out _);
        return next is "on" or "from" or "who" or "aboard" or "named" or "called";
    }

    /// <summary>Somebody, not a customer or a user, who may be a firm.</summary>
    private static bool IsPersons(ReadOnlySpan<char> noun) =>
        noun.Length >= 3 && char.IsLower(noun[0]) && AgeWords.Of(noun) == AgeWord.Person
        && noun is not ("user" or "customer" or "client" or "member" or "adult" or "adults" or "student" or "and" or "people" or "white" or "black" or "married" or "single" or "lead" or "leader" or "manager" or "designer"
            or "developer" or "consultant" or "senior" or "junior" or "infant" or "right-handed" or "you" or "and" or "who" or "they" or "the");

    private static bool Closes(ReadOnlySpan<char> text, int end) => end >= text.Length || text[end] is ',' or ';' or '.' or '!' or ')' or '\n';

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
