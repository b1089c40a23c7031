using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>One row at one place: where its window lies, whether its pattern matches in it, and what its verifier says.</summary>
internal static class RowMatcher
{
    /// <summary>Where the row's match would begin; -1 when it cannot stand here.</summary>
    public static int StartOf(ReadOnlySpan<char> text, Recognizer row, int hit)
    {
        var start = hit;
        if (row.Lead is not null)
        {
            while (start > 0 && hit - start < row.MaxLead && row.Lead.Contains(text[start - 1]))
            {
                start--;
            }

            if (row.Gate == Gate.At)
            {
                // Punctuation that may stand in an address, but does not begin one.
                while (start < hit && !char.IsLetterOrDigit(text[start]) && text[start] != '_')
                {
                    start++;
                }
            }

            if (hit - start < row.MinLead)
            {
                return -1;
            }
        }

        return start > 0 && !row.InsideWords && (char.IsLetterOrDigit(text[start - 1]) || row.NotAfter.Contains(text[start - 1])) ? -1 : start;
    }

    /// <summary>Whether the row's first look lets it go on.</summary>
    public static bool IsWorthIt(ReadOnlySpan<char> text, Recognizer row, int hit, int gateLength)
    {
        if (row.Glance is null)
        {
            return true;
        }

        var from = Math.Max(0, hit - Scanner.LeftContext);
        return row.Glance(text[from..Math.Min(text.Length, hit + Scanner.GlanceAhead)], hit - from, gateLength);
    }

    /// <summary>Where the row's window ends.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="row">The row.</param>
    /// <param name="hit">Where its gate stands.</param>
    /// <param name="gateLength">How long the gate is.</param>
    /// <param name="truncated">True when the window is full before its alphabet ends.</param>
    public static int WindowEnd(ReadOnlySpan<char> text, Recognizer row, int hit, int gateLength, out bool truncated)
    {
        var from = Math.Min(hit + gateLength, text.Length);
        var longest = Math.Min(Math.Max(0, row.MaxLength - gateLength), text.Length - from);
        var run = text.Slice(from, longest).IndexOfAnyExcept(row.Body);
        truncated = run < 0 && row.MaxLength > gateLength && from + longest < text.Length;
        return from + (run < 0 ? longest : run);
    }

    /// <summary>Tries a row at its gate.</summary>
    public static void Try(ReadOnlySpan<char> text, Recognizer row, int hit, int gateLength, ref List<Candidate>? found)
    {
        var start = StartOf(text, row, hit);
        if (start < 0 || !IsWorthIt(text, row, hit, gateLength))
        {
            return;
        }

        var end = WindowEnd(text, row, hit, gateLength, out var truncated);
        if (end - start < row.MinLength)
        {
            return;
        }

        var length = gateLength;
        if (row.Pattern is not null)
        {
            length = 0;
            foreach (var match in row.Pattern.EnumerateMatches(text[start..end]))
            {
                length = match.Length;
                break;
            }
        }

        if (length > 0)
        {
            Judge(text, row, start, length, end, truncated, ref found);
        }
    }

    /// <summary>Lets the row judge what its pattern matched.</summary>
    public static void Judge(ReadOnlySpan<char> text, Recognizer row, int start, int length, int windowEnd, bool truncated, ref List<Candidate>? found)
    {
        var from = Math.Max(0, start - Scanner.LeftContext);
        var surroundings = text[from..Math.Min(windowEnd + 1, text.Length)];
        if (row.Context?.FindBefore(surroundings, start - from, Scanner.LeftContext) is < 0)
        {
            return;
        }

        var verdict = row.Verify is null ? new Verdict(length, row.Score) : row.Verify(new Match(surroundings, start - from, length, truncated));
        if (verdict.Length == 0)
        {
            return;
        }

        // A match that goes on as a word is part of something else; where the window was full it simply is longer than any window.
        start += verdict.Offset;
        var end = start + verdict.Length;
        if (verdict.Offset == 0 && row.Gate != Gate.Line && end < text.Length && char.IsLetterOrDigit(text[end]) && !(truncated && end == windowEnd))
        {
            return;
        }

        (found ??= []).Add(new Candidate(start, end, row, verdict.Score));
    }
}
