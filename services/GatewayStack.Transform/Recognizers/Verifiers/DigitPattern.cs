using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GatewayStack.Transform.Recognizers.Verifiers;

/// <summary>A pattern of digits as numbering plans write it: <c>[2579][0-9]{5,14}|49(?:[34]0|69)[0-9]?</c>.</summary>
internal abstract record DigitPattern
{
    /// <summary>Reads a pattern; false where it has anything else than digits, classes of them, groups, choices and counts.</summary>
    public static bool TryRead(string pattern, [NotNullWhen(true)] out DigitPattern? read)
    {
        var at = 0;
        read = ReadChoice(pattern, ref at);
        read = at == pattern.Length ? read : null;
        return read is not null;
    }

    /// <summary>Adds the pattern before a place, and returns where it begins.</summary>
    public abstract int AddTo(DigitAutomaton.Graph graph, int next);

    private static DigitPattern? ReadChoice(string pattern, ref int at)
    {
        var choices = new List<DigitPattern>();
        do
        {
            at += choices.Count > 0 ? 1 : 0;
            if (ReadSequence(pattern, ref at) is not { } sequence)
            {
                return null;
            }

            choices.Add(sequence);
        }
        while (at < pattern.Length && pattern[at] == '|');
        return choices is [var only] ? only : new Choice(choices);
    }

    private static Sequence? ReadSequence(string pattern, ref int at)
    {
        var parts = new List<DigitPattern>();
        while (at < pattern.Length && pattern[at] is not ('|' or ')'))
        {
            var part = pattern[at] switch { '(' => ReadGroup(pattern, ref at), '[' => ReadClass(pattern, ref at), var c => char.IsAsciiDigit(c) ? Digit(c, ref at) : null };
            if (part is null || !TryReadCount(pattern, ref at, out var fewest, out var most))
            {
                return null;
            }

            parts.Add((fewest, most) == (1, 1) ? part : new Repeat(part, fewest, most));
        }

        return new Sequence(parts);
    }

    private static Class Digit(char digit, ref int at)
    {
        at++;
        return new Class(1 << (digit - '0'));
    }

    private static DigitPattern? ReadGroup(string pattern, ref int at)
    {
        at += pattern.AsSpan(at).StartsWith("(?:") ? 3 : 1;
        var inner = ReadChoice(pattern, ref at);
        return inner is not null && at < pattern.Length && pattern[at++] == ')' ? inner : null;
    }

    private static Class? ReadClass(string pattern, ref int at)
    {
        var digits = 0;
        for (at++; at < pattern.Length && char.IsAsciiDigit(pattern[at]); at++)
        {
            var (first, last) = (pattern[at], pattern[at]);
            if (at + 2 < pattern.Length && pattern[at + 1] == '-' && char.IsAsciiDigit(pattern[at + 2]))
            {
                at += 2;
                last = pattern[at];
            }

            for (var digit = first; digit <= last; digit++)
            {
                digits |= 1 << (digit - '0');
            }
        }

        return at < pattern.Length && pattern[at++] == ']' && digits != 0 ? new Class(digits) : null;
    }

    private static bool TryReadCount(string pattern, ref int at, out int fewest, out int most)
    {
        (fewest, most) = (1, 1);
        if (at < pattern.Length && pattern[at] == '?')
        {
            at++;
            fewest = 0;
        }
        else if (at < pattern.Length && pattern[at] == '{')
        {
            var end = pattern.IndexOf('}', at);
            var parts = end < 0 ? [] : pattern[(at + 1)..end].Split(',');
            at = end + 1;
            return parts.Length is 1 or 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out fewest)
                && int.TryParse(parts[^1], NumberStyles.None, CultureInfo.InvariantCulture, out most) && fewest <= most;
        }

        return at >= pattern.Length || pattern[at] is not ('?' or '*' or '+' or '{');
    }

    private sealed record Class(int Digits) : DigitPattern
    {
        public override int AddTo(DigitAutomaton.Graph graph, int next) => graph.Add(Digits, [next]);
    }

    private sealed record Sequence(List<DigitPattern> Parts) : DigitPattern
    {
        public override int AddTo(DigitAutomaton.Graph graph, int next)
        {
            for (var i = Parts.Count - 1; i >= 0; i--)
            {
                next = Parts[i].AddTo(graph, next);
            }

            return next;
        }
    }

    private sealed record Choice(List<DigitPattern> Parts) : DigitPattern
    {
        public override int AddTo(DigitAutomaton.Graph graph, int next) => graph.Add(0, [.. Parts.Select(p => p.AddTo(graph, next))]);
    }

    private sealed record Repeat(DigitPattern Part, int Fewest, int Most) : DigitPattern
    {
        public override int AddTo(DigitAutomaton.Graph graph, int next)
        {
            var at = next;
            for (var i = Fewest; i < Most; i++)
            {
                at = graph.Add(0, [Part.AddTo(graph, at), next]);
            }

            for (var i = 0; i < Fewest; i++)
            {
                at = Part.AddTo(graph, at);
            }

            return at;
        }
    }
}
