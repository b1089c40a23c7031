using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Codes;

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

    /// <summary>At most so many units before a match may decide about it.</summary>
    public const int LeftContext = 256;

    /// <summary>So many units from a gate on may be looked at before a row waits for its window.</summary>
    public const int GlanceAhead = 40;

    /// <summary>So many units before a gate are looked at then.</summary>
    public const int GlanceBehind = 64;

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
        var lowest = AdvancePlain(text, final, ref state, ref found, cancellationToken);
        while (true)
        {
            var (run, end) = (state.NextRun, 0);
            if (state.GoesOn)
            {
                end = EncodedRuns.EndOf(text, run);
            }
            else
            {
                run = EncodedRuns.Next(text, state.NextRun, final, out end);
            }

            if (run == int.MaxValue)
            {
                state.NextRun = text.Length;
                return lowest;
            }

            state.NextRun = run;
            var isLonger = end - run > EncodedRuns.Longest;
            if (!isLonger && end == text.Length && !final)
            {
                return Math.Min(lowest, run);
            }

            cancellationToken.ThrowIfCancellationRequested();
            var piece = isLonger ? run + EncodedRuns.Longest : end;
            if (EncodedRuns.Scan(text, run, piece, this, cancellationToken) is { } candidate)
            {
                (found ??= []).Add(candidate);
            }

            state.NextRun = isLonger ? run + EncodedRuns.Step : end;
            state.GoesOn = isLonger;
        }
    }

    /// <summary>Scans what an encoded run stands for; nothing in it is decoded again.</summary>
    public void AdvanceInside(ReadOnlySpan<char> text, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var state = default(ScanState);
        AdvancePlain(text, final: true, ref state, ref found, cancellationToken);
    }

    private int AdvancePlain(ReadOnlySpan<char> text, bool final, ref ScanState state, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var indexes = TextIndexes.Rent();
        try
        {
            return AdvancePlain(new ScannedText(text, indexes), final, ref state, ref found, cancellationToken);
        }
        finally
        {
            TextIndexes.Return(indexes);
        }
    }

    private int AdvancePlain(in ScannedText scanned, bool final, ref ScanState state, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        var text = scanned.Units;
        var characters = new GatePlaces(text, rows, state.NextCharacter);
        var character = characters.Next();
        var keywords = rows.Keywords.Stand(text, state.NextKeyword);
        var keyword = keywords.Next();
        var reached = text.Length;
        state.Pending?.Advance(scanned, final, ref found);
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

            if (!final && !IsComplete(scanned, hit, character == hit, keyword == hit, piece == hit, ref state))
            {
                reached = hit;
                break;
            }

            if (character == hit)
            {
                // Of rows without a lead the gate has looked at what stands before them, where that is ASCII.
                var isKnown = hit == 0 || char.IsAscii(text[hit - 1]);
                var look = default(FirstLook);
                foreach (var row in rows.OpenedBy(text[hit]).Opened(text, hit))
                {
                    if (state.Pending?.Contains(row, hit, 1) == true)
                    {
                        continue;
                    }

                    RowMatcher.TryFrom(scanned, row, isKnown && row.Lead is null ? hit : RowMatcher.StartOf(text, row, hit), hit, 1, ref look, ref found);
                }

                if (char.IsAsciiDigit(text[hit]))
                {
                    CodeMatcher.Try(scanned, rows.Codes, hit, ref found);
                }

                character = characters.Next();
            }

            if (keyword == hit)
            {
                TryKeywords(scanned, hit, state.Pending, ref found);
                state.NextKeyword = hit + 1;
                keyword = keywords.Next();
            }

            if (piece == hit)
            {
                TryLines(scanned, final, ref state, ref found);
            }
        }

        state.NextCharacter = Math.Min(character, text.Length);
        state.NextKeyword = Math.Min(keyword, text.Length);
        return final ? text.Length : Math.Min(LowestStart(text, reached, state.Types), state.Pending?.Earliest() ?? int.MaxValue);
    }

    private static bool MayTakeAlong(ReadOnlySpan<char> rest) =>
        rest.IsEmpty || rest[0] is '[' or '(' or '{' or '<' || (rest.Length < 3 ? "at" : "at ").StartsWith(rest[..Math.Min(3, rest.Length)], StringComparison.OrdinalIgnoreCase);

    /// <summary>The beginning of the word in whose midst the gate stands, and what a verdict may go back from there.</summary>
    private int LowestStart(ReadOnlySpan<char> text, int gate, Predicate<string>? types)
    {
        var start = gate;
        while (start > 0 && gate - start < MaxLead && !char.IsWhiteSpace(text[start - 1]))
        {
            start--;
        }

        var lowest = Math.Min(CodeMatcher.LowestStart(text, start), Math.Max(0, Math.Min(start - rows.MaxBack, LeadWord(text, start))));
        foreach (var row in rows.Reaching)
        {
            if (types?.Invoke(row.Type) == false)
            {
                continue;
            }

            var from = Math.Max(0, start - row.Back);
            lowest = Math.Min(lowest, from + row.Reach!(text[from..start]));
        }

        return lowest;
    }

    /// <summary>The beginning of the word before, where what begins here may be a gate that takes it along: <c>jane [at] example</c>.</summary>
    private int LeadWord(ReadOnlySpan<char> text, int start)
    {
        if (!rows.HasLeadWords || start == 0 || text[start - 1] != ' ' || !MayTakeAlong(text[start..]))
        {
            return start;
        }

        var word = start - 1;
        while (word > 0 && start - word < MaxLead && !char.IsWhiteSpace(text[word - 1]))
        {
            word--;
        }

        return word;
    }

    /// <summary>True when all that the gate opens can be judged, or waits without holding the gate.</summary>
    private bool IsComplete(in ScannedText scanned, int hit, bool character, bool keyword, bool piece, ref ScanState state)
    {
        var text = scanned.Units;
        var waiting = state.Pending?.Count ?? 0;
        var isComplete = (!piece || Pieces.At(text, hit, final: false).IsComplete)
            && (!character || AreCharactersComplete(scanned, hit, ref state))
            && (!keyword || AreKeywordsComplete(scanned, hit, ref state));
        if (!isComplete)
        {
            state.Pending?.Keep(waiting);
        }

        return isComplete;
    }

    private bool AreCharactersComplete(in ScannedText scanned, int hit, ref ScanState state)
    {
        var text = scanned.Units;
        var look = default(FirstLook);
        foreach (var row in rows.OpenedBy(text[hit]).After(text, hit))
        {
            if (Holds(scanned, row, hit, 1, ref look, ref state))
            {
                return false;
            }
        }

        return !char.IsAsciiDigit(text[hit]) || !CodeMatcher.NeedsMore(text, rows.Codes, hit);
    }

    private bool AreKeywordsComplete(in ScannedText scanned, int hit, ref ScanState state)
    {
        var text = scanned.Units;
        var node = WordTrie<Recognizer[]>.Root;
        var look = default(FirstLook);
        for (var i = hit; i < text.Length; i++)
        {
            node = rows.Keywords.Step(node, text[i]);
            if (node == 0)
            {
                return true;
            }

            foreach (var row in rows.Keywords.Value(node) ?? [])
            {
                if (Holds(scanned, row, hit, i + 1 - hit, ref look, ref state))
                {
                    return false;
                }
            }
        }

        return !rows.Keywords.GoesOn(node);
    }

    /// <summary>True when the row cannot be judged yet and holds the gate.</summary>
    private static bool Holds(in ScannedText scanned, Recognizer row, int hit, int gateLength, ref FirstLook look, ref ScanState state)
    {
        var earliest = 0;
        return state.Types?.Invoke(row.Type) != false
            && RowMatcher.NeedsMore(scanned, row, hit, gateLength, ref look, ref earliest)
            && (earliest < 0 || !(state.Pending ??= new PendingRows()).TryAdd(row, hit, gateLength, earliest));
    }

    private void TryKeywords(in ScannedText scanned, int hit, PendingRows? pending, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        var look = default(FirstLook);
        var node = WordTrie<Recognizer[]>.Root;
        for (var i = hit; i < text.Length; i++)
        {
            node = rows.Keywords.Step(node, text[i]);
            if (node == 0)
            {
                return;
            }

            foreach (var row in rows.Keywords.Value(node) ?? [])
            {
                if (pending?.Contains(row, hit, i + 1 - hit) != true)
                {
                    RowMatcher.Try(scanned, row, hit, i + 1 - hit, ref look, ref found);
                }
            }
        }
    }

    private void TryLines(in ScannedText scanned, bool final, ref ScanState state, ref List<Candidate>? found)
    {
        var text = scanned.Units;
        var start = state.NextPiece;
        var piece = Pieces.At(text, start, final);

        // One unit before the piece lets word borders and line starts be what they are.
        var from = start == state.LineStart ? start : start - 1;
        foreach (var row in rows.Lines)
        {
            foreach (var match in row.Pattern!.Regex.EnumerateMatches(text[from..piece.End], start - from))
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
                    RowMatcher.Judge(scanned, row, matchStart, matchEnd - matchStart, matchEnd, truncated: false, ref found);
                }
            }
        }

        state.LineStart = piece.NextLine ? piece.Next : state.LineStart;
        state.NextPiece = piece.Next;
    }
}
