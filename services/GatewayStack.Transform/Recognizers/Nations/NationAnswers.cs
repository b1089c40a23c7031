using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Nations;

/// <summary>Nationalities that stand behind their own word: <c>field=nationality old="Zimbabwean" new="British"</c>, or in the next turn of a chat.</summary>
internal static class NationAnswers
{
    private const double Said = 0.96;
    private const double Answered = 0.9;
    private const int Near = 44;
    private const int Shortest = 4;
    private const int Longest = 24;
    private const int LongestSpeaker = 34;
    private const int LongestLine = 40;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> NoNations = WordSet.Of(
        "none unknown same both dual other yes nope what which sorry still unbekannt keine beide andere welche inconnue aucune double ninguna doble otra nessuna doppia "
            + "nenhuma dupla geen dubbele onbekend brak nieznane okänd ingen required optional please null true false string varchar text here well correct confirmed "
            + "expired pending male female enum text select choose siehe see name code country");

    /// <summary>At the word.</summary>
    public static Verdict Verify(in Match match, int index)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at < text.Length && char.IsLetter(text[at]))
        {
            return Verdict.No;
        }

        if (InLine(match, at, index) is { Length: > 0 } said)
        {
            return said;
        }

        return Change(match, at, index) is { Length: > 0 } change ? change : index == 0 ? Answer(match, at) : Verdict.No;
    }

    /// <summary>Nationalities in the same sentence, or one word that is all of the field.</summary>
    private static Verdict InLine(in Match match, int at, int index)
    {
        var text = match.Text;
        var line = text[at..Math.Min(text.Length, at + Near)];
        line = line.IndexOfAny("\n\r.?") is var cut and >= 0 ? line[..cut] : line;
        for (var i = 0; i < line.Length;)
        {
            var end = WordEnd(line, i);
            if (end > i && (i == 0 || !char.IsLetterOrDigit(line[i - 1])) && at + end < text.Length && Nationalities.IsAdjective(line[i..end])
                && (char.IsUpper(line[i]) || !Nationalities.IsEnglish(line[i..end]))
                && !line[end..].StartsWith(" or ", StringComparison.Ordinal) && index-- == 0)
            {
                return new Verdict(end - i, Said) { Offset = at + i - match.Start };
            }

            i = end > i ? end : i + 1;
        }

        var value = line.TrimStart(' ') is [':' or '=', ..] ? line.IndexOfAny(':', '=') + 1 : 0;
        value += value > 0 && value < line.Length && line[value] == ' ' ? 1 : 0;
        var word = value > 0 && value < line.Length ? WordEnd(line, value) : 0;
        return index == 0 && word - value is > Shortest and <= Longest && at + word < text.Length && text[at + word] is '\n' or '\r' or ',' or ';' or ')'
            && !NoNations.Contains(line[value..word])
            ? new Verdict(word - value, Answered) { Offset = at + value - match.Start } : Verdict.No;
    }

    /// <summary>The old value of a field and its new one.</summary>
    private static Verdict Change(in Match match, int at, int index)
    {
        var text = match.Text;
        var line = text[at..];
        line = line.IndexOfAny('\n', '\r') is var end and >= 0 ? line[..end] : line;
        foreach (var key in index == 0 ? (ReadOnlySpan<string>)["old=\"", "from=\"", "\"old\": \"", "\"old\":\"", "\"from\": \""] : ["new=\"", "to=\"", "\"new\": \"", "\"new\":\"", "\"to\": \""])
        {
            var found = line.IndexOf(key, StringComparison.OrdinalIgnoreCase);
            if (found < 0 || found > LongestLine)
            {
                continue;
            }

            var start = at + found + key.Length;
            var length = text[start..].IndexOf('"');
            return length is >= Shortest and <= Longest && IsWords(text.Slice(start, length)) && char.IsUpper(text[start]) && !NoNations.Contains(text.Slice(start, length))
                ? new Verdict(length, Said) { Offset = start - match.Start } : Verdict.No;
        }

        return Verdict.No;
    }

    /// <summary>What somebody answers in the next turn: a word that is all of it, or a nationality in it.</summary>
    private static Verdict Answer(in Match match, int at)
    {
        var text = match.Text;
        var rest = text[at..].IndexOf('\n');
        if (rest < 0)
        {
            return Verdict.No;
        }

        var line = at + rest + 1;
        var start = AfterSpeaker(text, line);
        if (start == line)
        {
            return Verdict.No;
        }

        var length = text[start..].IndexOfAny('\n', '\r');
        length = length < 0 ? text.Length - start : length;
        if (length > LongestLine)
        {
            return Verdict.No;
        }

        var said = text.Slice(start, length);
        for (var i = 0; i < said.Length;)
        {
            var end = WordEnd(said, i);
            if (end > i && Nationalities.IsAdjective(said[i..end]))
            {
                return new Verdict(end - i, Said) { Offset = start + i - match.Start };
            }

            i = end > i ? end : i + 1;
        }

        var word = said.TrimEnd(" .!,");
        return word.Length is >= Shortest and <= Longest && WordEnd(word, 0) == word.Length && !NoNations.Contains(word) ? new Verdict(word.Length, Answered) { Offset = start - match.Start } : Verdict.No;
    }

    private static int AfterSpeaker(ReadOnlySpan<char> text, int line)
    {
        if (text[line..] is ['-' or '–' or '—', ' ', ..])
        {
            return line + 2;
        }

        var end = text[line..Math.Min(text.Length, line + LongestSpeaker)].IndexOf(": ");
        return end > 0 && !text.Slice(line, end).ContainsAny("{\"=\n") ? line + end + 2 : line;
    }

    private static bool IsWords(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!(char.IsLetter(c) || c is ' ' or '-'))
            {
                return false;
            }
        }

        return true;
    }

    private static int WordEnd(ReadOnlySpan<char> text, int at)
    {
        while (at < text.Length && (char.IsLetter(text[at]) || text[at] == '-'))
        {
            at++;
        }

        return at;
    }
}
