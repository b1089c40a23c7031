using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials.Topic;

/// <summary>
/// What people say behind a secret of how it is spelled: "with the spaces", "alles klein", "two words". It says that what stands before it is to be typed as it is.
/// </summary>
internal static class SpellingNotes
{
    private const int LongestOpening = 8;
    private const int Nearest = 20;
    private const int NextReach = 72;
    private const int Reach = 36;

    private static readonly SearchValues<string> Notes = SearchValues.Create(
        [
            "spaces", "lower case", "lowercase", "upper case", "uppercase", "capital", "hyphen", "dashes", " words", "one word", "question mark", "exclamation", "underscore",
            "all small", "no space", "no caps", "blanks",
            "leerzeichen", "kleingeschrieben", "klein geschrieben", "alles klein", "großgeschrieben", "groß geschrieben", "großbuchstabe", "zusammengeschrieben", " wörter",
            "ein wort", "bindestrich", "trennstrich", "unterstrich", "ausrufezeichen", "fragezeichen",
            "espaces", "minuscule", "majuscule", " mots", "tiret", "sans espace", "espacios", "minúscula", "mayúscula", "palabras", "guion", "spazi", "minuscol", "maiuscol",
            " parole", "tutto attaccato", "trattin", "punto di domanda", "punto esclamativo",
            "spaties", "kleine letters", "hoofdletter", "woorden", "aan elkaar", "streepjes", "spacj", "małymi", "wielk", " słowa", " słów", "myślnik", "mellanslag", "gemener",
            "små bokstäver", "stor bokstav", " ord,", " ord)", "bindestreck", "espaços", "maiúscula", "hífen", "letras pequenas",
        ],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>True when such a note stands shortly before a value: "without the capital, x".</summary>
    public static bool Precede(ReadOnlySpan<char> text, int at) => text[Math.Max(0, at - NextReach)..at].ContainsAny(Notes);

    /// <summary>True for such a note itself: "all one word".</summary>
    public static bool Is(ReadOnlySpan<char> value) => value.IndexOfAny(Notes) is >= 0 and <= LongestOpening;

    /// <summary>True when such a note stands behind a value, in its line.</summary>
    public static bool Follow(ReadOnlySpan<char> text, int end)
    {
        var rest = text[end..Math.Min(text.Length, end + Reach)];
        var line = rest.IndexOfAny('\n', '\r');
        if (line == 0)
        {
            // In a chat it is asked or said in the next line, behind who speaks.
            rest = text[(end + 1)..Math.Min(text.Length, end + NextReach)];
            line = rest.IndexOfAny('\n', '\r');
            rest = line < 0 ? rest : rest[..line];
            var speaker = rest.IndexOf(": ");
            rest = speaker < 0 ? rest : rest[(speaker + 2)..];
            return rest.IndexOfAny(Notes) is >= 0 and <= Nearest;
        }

        rest = line < 0 ? rest : rest[..line];
        var note = rest.IndexOfAny(Notes);
        return note >= 0 && note <= Nearest && !rest[..note].ContainsAny(':', '.');
    }
}
