using System.Collections.Frozen;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>An address whose marks are written out: <c>jane [at] example [dot] com</c>. The match is the first mark; the name stands before it.</summary>
internal static class SpelledEmailVerifier
{
    private const int LongestName = 48;
    private const int MostLabels = 5;

    private static readonly string[] Dots = ["[dot]", "(dot)", "{dot}", "<dot>", "dot", "[.]", "(.)", "."];

    /// <summary>"look at the dot and say": words of a sentence are no host.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words =
        FrozenSet.Create(StringComparer.OrdinalIgnoreCase, "a", "an", "and", "but", "for", "from", "if", "or", "so", "that", "the", "then", "this", "when", "where", "which",
        "with").GetAlternateLookup<ReadOnlySpan<char>>();

    public static Verdict Verify(in Match match)
    {
        var text = match.Text;
        var bracketed = !char.IsAsciiLetter(match.At(0));
        var nameEnd = match.Start;
        nameEnd -= match.At(-1) == ' ' ? 1 : 0;
        var nameStart = nameEnd;
        while (nameStart > 0 && nameEnd - nameStart < LongestName && Alphabets.EmailLocal.Contains(text[nameStart - 1]))
        {
            nameStart--;
        }

        while (nameStart < nameEnd && !char.IsLetterOrDigit(text[nameStart]))
        {
            nameStart++;
        }

        if (nameEnd - nameStart < 2 || (nameStart > 0 && !char.IsWhiteSpace(text[nameStart - 1]) && text[nameStart - 1] is not ('(' or '"' or '\'' or ':' or ',' or '<'))
            || (!bracketed && match.At(-1) != ' '))
        {
            return Verdict.No;
        }

        var at = match.Start + match.Length;
        at += at < text.Length && text[at] == ' ' ? 1 : 0;
        var end = 0;
        var spelled = 0;
        for (var labels = 0; labels < MostLabels; labels++)
        {
            var label = at;
            while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '-'))
            {
                at++;
            }

            if (at == label)
            {
                break;
            }

            if (!bracketed && Words.Contains(text[label..at]))
            {
                return Verdict.No;
            }

            if (labels > 0)
            {
                end = at;
            }

            var next = SkipDot(text, at, out var word);
            if (next == at)
            {
                break;
            }

            spelled += word ? 1 : 0;
            at = next;
        }

        var last = end == 0 ? 0 : end - 1;
        return end == 0 || !char.IsLetter(text[last]) || (!bracketed && spelled == 0)
            ? Verdict.No
            : new Verdict(end - nameStart, bracketed ? 0.9 : 0.8, nameStart - match.Start);
    }

    private static int SkipDot(ReadOnlySpan<char> text, int at, out bool word)
    {
        var start = at + (at < text.Length && text[at] == ' ' ? 1 : 0);
        foreach (var dot in Dots)
        {
            if (!text[start..].StartsWith(dot, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            word = dot.Length > 1;
            if (!word && start != at)
            {
                return at;
            }

            var end = start + dot.Length;
            var blank = end < text.Length && text[end] == ' ';
            return dot == "dot" && (start == at || !blank) ? at : !word && blank ? at : end + (blank ? 1 : 0);
        }

        word = false;
        return at;
    }
}
