using System.Collections.Frozen;
using System.Globalization;
using GatewayStack.Transform.Recognizers.Credentials;

namespace GatewayStack.Transform.Recognizers.Dates;

/// <summary>The age that somebody answers in the next turn: "how old is the driver?" - "Nineteen. Well, nineteen and a half."</summary>
internal static class AgeAnswers
{
    /// <summary>So many units from the question on are looked at.</summary>
    public const int Window = 150;

    private const double Answered = 0.85;
    private const int Oldest = 119;
    private const int LongestSpeaker = 34;
    private const int MostBefore = 16;

    /// <summary>How an age is asked for.</summary>
    public static readonly string[] Questions =
    [
        "how old", "age", "wie alt", "alter", "quel âge", "l'âge", "âge", "qué edad", "cuántos años", "edad", "quanti anni", "età", "que idade", "quantos anos", "idade",
        "hoe oud", "leeftijd", "ile lat", "ile ma lat", "wiek", "w jakim wieku", "hur gammal", "hur gamla", "ålder",
    ];

    /// <summary>What stands before the number of an answer: "just turned", "he's", "elle a".</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Before = WordSet.Of(
        "he's she's i'm they're he she they i is am are er sie ich ist bin il elle a j'ai ai tiene tengo ha ho tem tenho hij zij ik is ben ma mam on ona han hon är jag just "
            + "already only almost nearly about "
            + "oh um well schon erst gerade bald fast noch déjà presque ya casi già quasi já quase al bijna już prawie nästan turned turning he'll she'll be well, she's");

    /// <summary>Small numbers in words, which an answer may be and no other place.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Few = WordSet.Of(
        "one two three eins zwei drei un deux trois uno dos tres due tre um dois três een twee drie rok dwa trzy ett två tre");

    /// <summary>"age" stands in words like "page" and "age group" too: nothing waits for those.</summary>
    public static bool MayBeAsked(ReadOnlySpan<char> surroundings, int gate, int gateLength) =>
        gate + gateLength >= surroundings.Length || !char.IsLetterOrDigit(surroundings[gate + gateLength]);

    /// <summary>At the question.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var at = match.Start + match.Length;
        if (at < text.Length && char.IsLetter(text[at]))
        {
            return Verdict.No;
        }

        var rest = text[at..].IndexOf('\n');
        if (rest < 0 || HasDigit(text.Slice(at, rest)))
        {
            return Verdict.No;
        }

        var line = at + rest + 1;
        var start = AfterSpeaker(text, line);
        if (start == line)
        {
            return Verdict.No;
        }

        // A few words may stand before the number, as an answer begins.
        for (var word = start; word < text.Length && word - start <= MostBefore;)
        {
            var end = End(text, word);
            if (end > word)
            {
                end = AgeText.AfterFraction(text, end);
                end = AfterUnit(text, end);
                return Closes(text, end) ? new Verdict(end - word, Answered) { Offset = word - match.Start } : Verdict.No;
            }

            var said = AgeText.WordAt(text, word);
            if (said.IsEmpty || !Before.Contains(said))
            {
                return Verdict.No;
            }

            word += said.Length;
            word += word < text.Length && text[word] == ',' ? 1 : 0;
            word = ValueReader.SkipBlanks(text, word);
        }

        return Verdict.No;
    }

    private static int End(ReadOnlySpan<char> text, int start)
    {
        var digits = 0;
        while (start + digits < text.Length && char.IsAsciiDigit(text[start + digits]))
        {
            digits++;
        }

        if (digits > 0)
        {
            var end = start + digits;
            return digits <= 3 && int.Parse(text[start..end], NumberStyles.None, CultureInfo.InvariantCulture) is >= 0 and <= Oldest
                && !(end < text.Length && (text[end] is ':' or '/' or '%' or '-' || (text[end] is '.' or ',' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1])))) ? end : start;
        }

        var word = NumberWords.EndAt(text, start);
        return word > start ? word : Few.Contains(AgeText.WordAt(text, start)) ? start + AgeText.WordAt(text, start).Length : start;
    }

    private static int AfterUnit(ReadOnlySpan<char> text, int end)
    {
        var unit = AgeText.NextWord(text, end, out _, out var after);
        return AgeWords.Of(unit) is AgeWord.Years or AgeWord.Months ? AgeWords.Of(AgeText.NextWord(text, after, out _, out var old)) == AgeWord.Old ? old : after : end;
    }

    /// <summary>The answer ends here, or goes on with when: "eighty-three in May".</summary>
    private static bool Closes(ReadOnlySpan<char> text, int end) =>
        end >= text.Length || text[end] is '.' or ',' or '!' or '?' or ';' or '\n' or '\r' or ')' || text[end..].TrimStart(' ') is ['(' or '-' or '–', ..]
        || AgeWords.Of(AgeText.NextWord(text, end, out _, out _)) is AgeWord.Joint or AgeWord.Adverb
        || AgeText.NextWord(text, end, out _, out _) is "in" or "im" or "en" or "w" or "i" or "since" or "seit";

    private static int AfterSpeaker(ReadOnlySpan<char> text, int line)
    {
        if (text[line..] is ['-' or '–' or '—', ' ', ..])
        {
            return line + 2;
        }

        var end = text[line..Math.Min(text.Length, line + LongestSpeaker)].IndexOf(": ");
        return end > 0 && !text.Slice(line, end).ContainsAny("{\"=\n") ? line + end + 2 : line;
    }

    private static bool HasDigit(ReadOnlySpan<char> text) => text.ContainsAny(Alphabets.Digit);
}
