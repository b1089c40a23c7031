using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Credentials.Spoken;

/// <summary>Passwords that are made of words, where a sentence says that they are passwords. What a sentence says of a password ("wrong", "abgelaufen")
/// stands at the same place: the form tells them apart.</summary>
internal static class WordPasswords
{
    private const int Shortest = 6;
    private const int ShortestJoined = 9;
    private const double Joined = 0.8;
    private const double Single = 0.6;
    private const int LongestNumber = 12;
    private const int ShortestSaid = 5;
    private const int ShortestPart = 4;
    private const char LastOfLatin = '\u024F';

    private static readonly SearchValues<char> Joinable = SearchValues.Create("abcdefghijklmnopqrstuvwxyz.-_");

    /// <summary>The score of a value that stands directly behind its word, where nothing goes on.</summary>
    public const double Alone = 0.7;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> WordNames =
        FurtherLanguages.Words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>What has a password, and is written in small Latin letters in any language.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Owners = WordSet.Of("windows linux ubuntu debian android iphone router admin administrator wi-fi email e-mail gmail "
        + "google github gitlab telegram whatsapp facebook instagram icloud apple-id outlook office bitlocker keepass bitwarden docker mysql postgres postgresql oracle mongodb redis grafana "
        + "jenkins online offline server client backup example default");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Glue = WordSet.Of("to of the a an by in on at up for off out non pre re self one-time "
        + "read only end day");
    /// <summary>What people choose who do not want to choose.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Chosen = WordSet.Of(
        "letmein qwerty qwertz azerty iloveyou qwertyuiop asdfgh asdfghjkl dragon monkey sunshine princess football baseball superman batman trustno1 passw0rd p@ssw0rd p@ssword "
            + "admin123 root123 hallo123 schatz ficken berlin bonjour "
        + "soleil doudou tequiero hola123 ciao123 welkom welkom01 geheim geheim123 sommer winter master123 abc123 test123 test1234 demo1234 qwerty123 1q2w3e 1q2w3e4r zaq12wsx "
            + "kochanie polska sverige hejsan starwars pokemon whatever");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> States = SecretWords.States.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Endings of what is said of a thing, in the languages of the verbs.</summary>
    private static readonly string[] Endings =
    [
        "ed", "ing", "able", "ible", "al", "ive", "ory", "ary", "ful", "less", "ous", "ic", "ly", "ant", "ent", "wn", "est", "ised", "ized", "lich", "bar", "los", "isch",
        "ert", "elt", "igt", "ndert", "aufen", "gen", "ssen", "tzt", "cht",
        "ellt", "det",
        "é", "ée", "és", "ées", "oire", "nel", "iel", "elle", "eux", "ué", "ado", "ada", "ido", "ida", "nte", "ivo", "iva", "ario", "aria", "oso", "osa", "ato", "ata",
        "uto", "uta", "ito", "ita", "bile", "vel", "rio", "ria",
        "ny", "na", "ne", "ty", "ta", "ła", "ło", "rd", "tt", "lig", "igt", "ende", "end", "baar", "ijk", "erd", "uld",
    ];

    /// <summary>The probability that the words are a password; 0 where they may be anything.</summary>
    /// <param name="text">The window.</param>
    /// <param name="value">The words.</param>
    /// <param name="equates">True where the sentence says "is".</param>
    public static double Score(ReadOnlySpan<char> text, in PossibleValue value, bool equates)
    {
        var written = text.Slice(value.Start, value.Length);
        var shape = new ValueShape(written);
        if ((shape.Lowers == 0 && written.Contains('_')) || !shape.IsWords || written.Contains(' ') || PlaceholderValues.Is(written) || PlaceholderValues.NamesSecret(written)
            || References.IsLocation(written) || States.Contains(written)
            || PlainValues.IsTechnical(written))
        {
            return 0;
        }

        if (shape.Symbols > 0)
        {
            return shape.Length >= ShortestJoined && AreParts(written) ? Joined : 0;
        }

        return equates && written[0] <= LastOfLatin && shape.Length >= Shortest && shape.InnerUppers == 0 && !Describes(written) && EndsClause(text, value.Start + value.Length) ? Single : 0;
    }

    /// <summary>"password 123456", "pw letmein": a number, or what many choose, directly behind the word with nothing behind it.</summary>
    public static bool StandsAlone(ReadOnlySpan<char> text, in PossibleValue value)
    {
        var written = text.Slice(value.Start, value.Length);
        return (Chosen.Contains(written) || (written.Length is >= 4 and <= LongestNumber && !written.ContainsAnyExcept(Alphabets.Digit)
            && !(written.Length == 4 && written[..2] is "19" or "20"))) && EndsClause(text, value.Start + value.Length);
    }

    /// <summary>"code word", "memorable word": a secret that is one word.</summary>
    public static bool IsWordName(ReadOnlySpan<char> name) => WordNames.Contains(name) || (name.EndsWith("word", StringComparison.OrdinalIgnoreCase)
        && !name.EndsWith("password", StringComparison.OrdinalIgnoreCase) && !name.EndsWith("pass-word", StringComparison.OrdinalIgnoreCase));

    /// <summary>One word directly behind such a name, with nothing behind it.</summary>
    public static bool IsSaid(ReadOnlySpan<char> text, in PossibleValue value)
    {
        var written = text.Slice(value.Start, value.Length);
        return written.Length >= ShortestSaid && new ValueShape(written) is { IsWords: true } && !written.ContainsAny(" /.:") && !States.Contains(written) && !Describes(written)
            && EndsClause(text, value.Start + value.Length);
    }

    /// <summary>Small Latin letters directly behind a word for a password in another script, with nothing behind them: what the sentence's own words are not written in.</summary>
    public static bool IsForeign(ReadOnlySpan<char> text, int end, in PossibleValue value)
    {
        var written = text.Slice(value.Start, value.Length);
        var next = ValueReader.SkipBlanks(text, value.Start + value.Length);
        return text[end - 1] > LastOfLatin && IsForeign(written) && ((next < text.Length && text[next] > LastOfLatin) || EndsClause(text, value.Start + value.Length));
    }

    /// <summary>Latin letters and digits in a sentence of another script, which end it: <c>пароль от вайфая kamushek77</c>.</summary>
    public static bool IsThoughtUpAbroad(ReadOnlySpan<char> text, int end, in PossibleValue value) =>
        text[end - 1] > LastOfLatin && ThoughtUp.Is(text.Slice(value.Start, value.Length)) && EndsClause(text, value.Start + value.Length)
        && !text[end..value.Start].ContainsAnyInRange('A', 'z');

    /// <summary>Small Latin letters, joined or not, that name no thing which has a password.</summary>
    public static bool IsForeign(ReadOnlySpan<char> written) =>
        written.Length >= Shortest && char.IsAsciiLetterLower(written[0]) && char.IsAsciiLetterLower(written[^1]) && !written.ContainsAnyExcept(Joinable) && !States.Contains(written)
            && !Owners.Contains(written) && !PlaceholderValues.Is(written) && !PlaceholderValues.NamesSecret(written) && !References.IsLocation(written);

    /// <summary>Two words with a dot between them, where the word for the password opens what is said and they end it: "senha praia.mansa".</summary>
    public static bool IsPair(ReadOnlySpan<char> text, int start, in PossibleValue value)
    {
        var written = text.Slice(value.Start, value.Length);
        return written.IndexOf('.') is >= ShortestPart and var dot && written.Length - dot > ShortestPart && written.Count('.') == 1 && !written.ContainsAnyExcept(Joinable)
            && !References.IsLocation(written) && !References.IsHeld(written[..dot]) && !PlaceholderValues.Is(written) && !PlaceholderValues.NamesSecret(written)
            && Opens(text[..start]) && EndsClause(text, value.Start + value.Length);
    }

    private static bool Opens(ReadOnlySpan<char> before) => before.TrimEnd(' ') is [] or [.., '\n' or ',' or ':' or '(' or ';'];

    /// <summary>Three words with dashes or dots between them, or two with an underscore, none of them of a term.</summary>
    private static bool AreParts(ReadOnlySpan<char> value)
    {
        var parts = 0;
        foreach (var range in value.SplitAny("-_./,:|' "))
        {
            var part = value[range];
            if (part.Length == 0 || Glue.Contains(part) || States.Contains(part))
            {
                return false;
            }

            parts++;
        }

        return !value.ContainsAny("/:|,") && (parts >= 3 || (parts == 2 && value.Contains('_')));
    }

    /// <summary>True for a word that describes something rather than names it.</summary>
    public static bool Describes(ReadOnlySpan<char> word)
    {
        foreach (var ending in Endings)
        {
            if (word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool EndsClause(ReadOnlySpan<char> text, int end)
    {
        while (end < text.Length && (ValueReader.IsQuote(text[end]) || text[end] is ' ' or '*'))
        {
            end++;
        }

        return end >= text.Length || text[end] is '.' or ',' or ';' or '!' or '\n' or '\r' or '(' or ')';
    }
}
