using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Runs the rows over a text, gate by gate, from left to right. Whatever is decided at a gate depends only on a bounded window round it, and no gate
/// is decided before its window is complete: a text that arrives in pieces therefore gives exactly what it gives as a whole.
/// </summary>
/// <remarks>Safe for concurrent use; what a scan has reached stands in its <see cref="ScanState"/>.</remarks>
internal sealed class Scanner(RecognizerSet rows)
{
    /// <summary>No match begins further before its gate, in UTF-16 units.</summary>
    public const int MaxLead = 64;

    /// <summary>So many units before a match may decide about it.</summary>
    public const int LeftContext = 64;

    /// <summary>So many units from a gate on are looked at before a row waits for its window.</summary>
    public const int GlanceAhead = 40;

    private const int HitsBetweenCancellationChecks = 256;

    /// <summary>Goes on with a scan as far as the text allows.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="state">Where the scan stands; moved on.</param>
    /// <param name="found">Made when the first candidate is found, and added to. Not ordered.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    /// <returns>No candidate that is found later begins before this position.</returns>
    public int Advance(ReadOnlySpan<char> text, bool final, ref ScanState state, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var character = NextCharacter(text, state.NextCharacter);
        var keyword = NextKeyword(text, state.NextKeyword);
        var reached = text.Length;
        for (var hits = 1; ; hits++)
        {
            var piece = rows.Lines.IsEmpty ? int.MaxValue : state.NextPiece;
            var hit = Math.Min(piece, Math.Min(character, keyword));
            if (hit >= text.Length)
            {
                break;
            }

            if (hits % HitsBetweenCancellationChecks == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (!final && !IsComplete(text, hit, character == hit, keyword == hit, piece == hit))
            {
                reached = hit;
                break;
            }

            if (character == hit)
            {
                foreach (var row in RowsFor(text[hit]))
                {
                    RowMatcher.Try(text, row, hit, 1, ref found);
                }

                character = NextCharacter(text, hit + 1);
            }

            if (keyword == hit)
            {
                TryKeywords(text, hit, ref found);
                state.NextKeyword = hit + 1;
                keyword = NextKeyword(text, hit + 1);
            }

            if (piece == hit)
            {
                TryLines(text, final, ref state, ref found);
            }
        }

        // A keyword may have begun at the end; every other gate is a single character and has been seen.
        state.NextCharacter = Math.Min(character, text.Length);
        state.NextKeyword = keyword != int.MaxValue ? keyword : Math.Max(state.NextKeyword, text.Length - Math.Max(0, rows.LongestKeyword - 1));
        return final ? text.Length : Math.Max(0, Math.Min(LowestStart(text, reached), rows.IndexOfBeginning(text)) - rows.MaxBack);
    }

    /// <summary>Digits open their rows at the first of a group only.</summary>
    private int NextCharacter(ReadOnlySpan<char> text, int from)
    {
        while (from < text.Length)
        {
            var hit = text[from..].IndexOfAny(rows.Characters);
            if (hit < 0)
            {
                return int.MaxValue;
            }

            hit += from;
            if (!char.IsAsciiDigit(text[hit]) || hit == 0 || !char.IsAsciiDigit(text[hit - 1]))
            {
                return hit;
            }

            var run = text[hit..].IndexOfAnyExcept(Alphabets.Digit);
            from = run < 0 ? text.Length : hit + run;
        }

        return int.MaxValue;
    }

    private int NextKeyword(ReadOnlySpan<char> text, int from)
    {
        var hit = rows.LongestKeyword == 0 || from >= text.Length ? -1 : text[from..].IndexOfAny(rows.Keywords);
        return hit < 0 ? int.MaxValue : from + hit;
    }

    private ImmutableArray<Recognizer> RowsFor(char gate) => gate switch { '@' => rows.At, ':' => rows.Colon, _ => rows.Digit };

    /// <summary>Where the word ends in whose midst the gate stands: a match may begin before its gate, but not with a blank.</summary>
    private static int LowestStart(ReadOnlySpan<char> text, int gate)
    {
        var start = gate;
        while (start > 0 && gate - start < MaxLead && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        return start;
    }

    private bool IsComplete(ReadOnlySpan<char> text, int hit, bool character, bool keyword, bool piece)
    {
        if (piece && !Pieces.At(text, hit, final: false).IsComplete)
        {
            return false;
        }

        if (character && !AreComplete(text, RowsFor(text[hit]), hit, 1))
        {
            return false;
        }

        if (keyword)
        {
            foreach (var length in rows.KeywordLengths)
            {
                if (hit + length > text.Length)
                {
                    // A longer keyword may begin with this one.
                    return rows.IndexOfBeginning(text) > hit;
                }

                if (!AreComplete(text, rows.ForKeyword(text.Slice(hit, length)), hit, length))
                {
                    return false;
                }
            }
        }

        return true;
    }

    private static bool AreComplete(ReadOnlySpan<char> text, ImmutableArray<Recognizer> candidates, int hit, int gateLength)
    {
        foreach (var row in candidates)
        {
            if (RowMatcher.StartOf(text, row, hit) < 0)
            {
                continue;
            }

            if (row.Glance is not null && text.Length < hit + GlanceAhead)
            {
                return false;
            }

            if (RowMatcher.IsWorthIt(text, row, hit, gateLength) && RowMatcher.WindowEnd(text, row, hit, gateLength, out _) >= text.Length)
            {
                return false;
            }
        }

        return true;
    }

    private void TryKeywords(ReadOnlySpan<char> text, int hit, ref List<Candidate>? found)
    {
        foreach (var length in rows.KeywordLengths)
        {
            if (hit + length > text.Length)
            {
                return;
            }

            foreach (var row in rows.ForKeyword(text.Slice(hit, length)))
            {
                RowMatcher.Try(text, row, hit, length, ref found);
            }
        }
    }

    private void TryLines(ReadOnlySpan<char> text, bool final, ref ScanState state, ref List<Candidate>? found)
    {
        var start = state.NextPiece;
        var piece = Pieces.At(text, start, final);

        // One unit before the piece lets word borders and line starts be what they are.
        var from = start == state.LineStart ? start : start - 1;
        foreach (var row in rows.Lines)
        {
            foreach (var match in row.Pattern!.EnumerateMatches(text[from..piece.End], start - from))
            {
                var matchStart = from + match.Index;
                if (matchStart >= piece.Next)
                {
                    break;
                }

                if (match.Length > 0)
                {
                    var matchEnd = matchStart + match.Length;
                    matchEnd += char.IsHighSurrogate(text[matchEnd - 1]) && matchEnd < text.Length && char.IsLowSurrogate(text[matchEnd]) ? 1 : 0;
                    matchStart -= matchStart > 0 && char.IsLowSurrogate(text[matchStart]) && char.IsHighSurrogate(text[matchStart - 1]) ? 1 : 0;
                    RowMatcher.Judge(text, row, matchStart, matchEnd - matchStart, matchEnd, truncated: false, ref found);
                }
            }
        }

        state.LineStart = piece.NextLine ? piece.Next : state.LineStart;
        state.NextPiece = piece.Next;
    }
}
