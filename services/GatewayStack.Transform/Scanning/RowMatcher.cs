using System.Buffers;
using System.Text;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>One row at one place: where its window lies, whether its pattern matches in it, and what its verifier says.</summary>
internal static class RowMatcher
{
    /// <summary>The operating point: scores are probabilities, and what is rather not so is no finding.</summary>
    public const double LeastScore = 0.5;

    /// <summary>Where the row's match would begin; -1 when it cannot stand here.</summary>
    public static int StartOf(ReadOnlySpan<char> text, Recognizer row, int hit)
    {
        var start = hit;
        if (row.Lead is not null)
        {
            start = LeadStart(text, row.Lead, hit, row.MaxLead);

            if (row.Gate == Gate.At)
            {
                // Punctuation that may stand in an address, but does not begin one.
                while (start < hit && !char.IsLetterOrDigit(text[start]) && text[start] != '_')
                {
                    start++;
                }
            }

            if (hit > start && text[hit - 1] < 128 && !Ascii.IsValid(text[start..hit]))
            {
                start = BorderOf(text, start, hit);
            }

            if (hit - start < row.MinLead)
            {
                return -1;
            }
        }

        return start > 0 && ((WordStart.JoinsBefore(text[start], text[start - 1]) && !IsBeginning(text, row, start)) || (row.NotAfter.Length > 0 && row.NotAfter.Contains(text[start - 1]))) ? -1 : start;
    }

    /// <summary>Where the run of a lead's units begins that ends at a gate. A short one is read unit by unit, which begins at once; a long one many units at a time.</summary>
    private static int LeadStart(ReadOnlySpan<char> text, SearchValues<char> lead, int hit, int most)
    {
        const int Few = 4;
        var first = Math.Max(0, hit - most);
        if (most > Few)
        {
            return first + text[first..hit].LastIndexOfAnyExcept(lead) + 1;
        }

        var start = hit;
        while (start > first && lead.Contains(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    /// <summary>Where a lead in ASCII begins behind a letter of a script without blanks.</summary>
    private static int BorderOf(ReadOnlySpan<char> text, int start, int hit)
    {
        for (var i = hit; i > start; i--)
        {
            if (WordStart.IsUnblanked(text[i - 1]))
            {
                return i;
            }
        }

        return start;
    }

    /// <summary>The keyword's own beginning was judged by the gate; any other match begins where a word does.</summary>
    private static bool IsBeginning(ReadOnlySpan<char> text, Recognizer row, int start) =>
        row.Lead is null && row.Gate is Gate.Keyword or Gate.Colon && (row.InsideWords ? WordStart.Is(text, start) : !char.IsLetterOrDigit(text[start]) || !WordStart.Joins(text[start], text[start - 1]));

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
        var window = text.Slice(from, longest);
        var run = row.Body == Alphabets.Any ? -1 : row.Body == Alphabets.Line ? window.IndexOfAny('\n', '\r') : window.IndexOfAnyExcept(row.Body);
        truncated = run < 0 && row.MaxLength > gateLength && from + longest < text.Length;
        return from + (run < 0 ? longest : run);
    }

    /// <summary>Whether the row's first look lets it go on.</summary>
    private static bool IsWorthIt(ReadOnlySpan<char> text, Recognizer row, int hit, int gateLength, ref FirstLook look)
    {
        if (row.Glance is null && row.Survey is null)
        {
            return true;
        }

        var from = Math.Max(0, hit - Scanner.GlanceBehind);
        var surroundings = text[from..Math.Min(text.Length, hit + Scanner.GlanceAhead)];
        return row.Glance is not null ? look.Take(row.Glance, surroundings, hit - from, gateLength) : (look.Take(row.Survey!, surroundings, hit - from) & row.Needs) != 0;
    }

    /// <summary>True when the row cannot be judged here before more text is known.</summary>
    /// <param name="scanned">The text.</param>
    /// <param name="row">The row.</param>
    /// <param name="hit">Where its gate stands.</param>
    /// <param name="gateLength">How long the gate is.</param>
    /// <param name="look">What was seen at the gate.</param>
    /// <param name="earliest">Where a verdict begins at the earliest, as far as was known; moved on. Below 0 when the gate itself has to be waited for.</param>
    public static bool NeedsMore(in ScannedText scanned, Recognizer row, int hit, int gateLength, ref FirstLook look, ref int earliest)
    {
        var text = scanned.Units;
        var start = StartOf(text, row, hit);
        if (start < 0)
        {
            return false;
        }

        if (row.WholeWord && hit + gateLength < text.Length && text[hit + gateLength] is var next && (char.IsLower(next) || char.IsDigit(next)))
        {
            return false;
        }

        if ((row.Glance is not null || row.Survey is not null) && text.Length < hit + Scanner.GlanceAhead)
        {
            earliest = -1;
            return true;
        }

        if (!IsWorthIt(text, row, hit, gateLength, ref look))
        {
            return false;
        }

        var end = WindowEnd(text, row, hit, gateLength, out _);
        if (end < text.Length && !(row.After > 1 && end + row.After >= text.Length && end - start >= row.MinLength && MatchLength(text[start..end], row, gateLength) > 0
            && !(row.SameLine && text[end..].ContainsAny('\n', '\r'))))
        {
            return false;
        }

        if (row.Outlook is null)
        {
            earliest = -1;
            return true;
        }

        var surroundings = Surroundings(text, row, start, end);
        var known = Math.Max(0, earliest - start);
        var outlook = row.Outlook(new Match(scanned, surroundings, start - surroundings.Start.Value, gateLength, truncated: false), known);
        earliest = start + (outlook ?? known);
        return outlook is not null;
    }

    /// <summary>Tries a row at its gate.</summary>
    public static void Try(in ScannedText scanned, Recognizer row, int hit, int gateLength, ref FirstLook look, ref List<Candidate>? found) =>
        TryFrom(scanned, row, StartOf(scanned.Units, row, hit), hit, gateLength, ref look, ref found);

    /// <summary>Tries a row whose match begins at a place that is known; -1 where it cannot stand.</summary>
    public static void TryFrom(in ScannedText scanned, Recognizer row, int start, int hit, int gateLength, ref FirstLook look, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        if (start < 0 || (row.Lead is not null && !MayReach(text, row, hit + gateLength, start + row.MinLength - 1)) || !IsWorthIt(text, row, hit, gateLength, ref look))
        {
            return;
        }

        var end = WindowEnd(text, row, hit, gateLength, out var truncated);
        if (end - start >= row.MinLength && MatchLength(text[start..end], row, gateLength) is var length and > 0)
        {
            Judge(scanned, row, start, length, end, truncated, ref found);
        }
    }

    /// <summary>Whether the last unit may stand in the row's window that one must have: it is looked at first, and mostly may not. Without a lead the gate has looked.</summary>
    private static bool MayReach(ReadOnlySpan<char> text, Recognizer row, int from, int last) => last < from || (last < text.Length && row.Body.Contains(text[last]));

    /// <summary>Lets the row judge what its pattern matched.</summary>
    public static void Judge(in ScannedText scanned, Recognizer row, int start, int length, int windowEnd, bool truncated, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        var surroundings = Surroundings(text, row, start, windowEnd);
        var from = surroundings.Start.Value;
        if (row.Context?.FindBefore(text[surroundings], start - from, row.Before) is < 0)
        {
            return;
        }

        var verdict = row.Verify is null ? new Verdict(length, row.Score) : row.Verify(new Match(scanned, surroundings, start - from, length, truncated));
        if (verdict.Length == 0 || verdict.Score < LeastScore)
        {
            return;
        }

        // A match that goes on as a word is part of something else; where the window was full it simply is longer than any window. A verdict that says
        // where it begins also says where it ends.
        start = Math.Max(0, start + Math.Max(verdict.Offset, -row.Back));
        var end = start + verdict.Length;
        if (row.Gate != Gate.Line && verdict.Offset == 0 && end < text.Length && WordStart.Joins(text[end - 1], text[end]) && !(truncated && end == windowEnd))
        {
            return;
        }

        (found ??= []).Add(new Candidate(start, end, row, verdict.Score));
    }

    /// <summary>What a verdict may depend on.</summary>
    private static Range Surroundings(ReadOnlySpan<char> text, Recognizer row, int start, int windowEnd)
    {
        var to = Math.Min(windowEnd + row.After, text.Length);
        if (row.SameLine && text[windowEnd..to].IndexOfAny('\n', '\r') is var line and >= 0)
        {
            to = windowEnd + line;
        }

        return Math.Max(0, start - row.Before)..to;
    }

    private static int MatchLength(ReadOnlySpan<char> window, Recognizer row, int gateLength)
    {
        if (row.Pattern is null)
        {
            return gateLength;
        }

        if (row.Shape?.Invoke(window) is { } said and not Shapes.Unsaid)
        {
            return said;
        }

        foreach (var match in row.Pattern.Regex.EnumerateMatches(window))
        {
            return match.Length;
        }

        return 0;
    }
}
