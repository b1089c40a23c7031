using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Scanning;

/// <summary>
/// Finds values that go over the border of a text into the next one of its message, <c>4111 1111</c> and <c>1111 1111</c>, or stand right behind one with their word
/// before it. How models join such texts is their business: with nothing between, and with a blank.
/// </summary>
internal static class BorderScan
{
    /// <summary>A value whose word stands before the border begins no further behind it.</summary>
    private const int MostBehind = 3;

    private static readonly string[] Joiners = [string.Empty, " "];

    /// <summary>Adds what is found, clipped to the text.</summary>
    /// <param name="segment">The text.</param>
    /// <param name="seen">The text as it is scanned.</param>
    /// <param name="scanner">The rows.</param>
    /// <param name="found">Made when something is found, and added to.</param>
    /// <param name="cancellationToken">Ends a long scan.</param>
    public static void Scan(ContentSegment segment, ReadOnlySpan<char> seen, Scanner scanner, ref List<Candidate>? found, CancellationToken cancellationToken)
    {
        if (segment.Before is null && segment.After is null)
        {
            return;
        }

        var isShort = seen.Length <= 2 * ContentSegment.MostBeyond;
        foreach (var joiner in Joiners)
        {
            var before = Beyond(segment.Before, joiner);
            var after = Beyond(segment.After, joiner);
            if (isShort)
            {
                Window(before, seen, after, 0, ref found);
                continue;
            }

            Window(before, seen[..ContentSegment.MostBeyond], string.Empty, 0, ref found);
            Window(string.Empty, seen[^ContentSegment.MostBeyond..], after, seen.Length - ContentSegment.MostBeyond, ref found);
        }

        List<Candidate> Find(ReadOnlySpan<char> text)
        {
            List<Candidate>? some = null;
            var state = default(ScanState);
            scanner.Advance(text, final: true, ref state, ref some, cancellationToken);
            return some ?? [];
        }

        void Window(string before, ReadOnlySpan<char> text, string after, int offset, ref List<Candidate>? all)
        {
            if (before.Length + after.Length == 0)
            {
                return;
            }

            var some = Find(string.Concat(before, text, after));
            var (from, to) = (before.Length, before.Length + text.Length);
            List<Candidate>? first = null, own = null, last = null;
            foreach (var candidate in some)
            {
                var isOver = (candidate.Start < from && candidate.End > from) || (candidate.Start < to && candidate.End > to);
                var isBehind = from > 0 && candidate.Start >= from && candidate.Start <= from + MostBehind;

                // What is whole on one side of a border ends there, whatever the next text begins with.
                if (isOver && !isBehind && (IsWhole(first ??= Find(before), candidate, 0, from) || IsWhole(own ??= Find(text), candidate, from, to)
                    || IsWhole(last ??= Find(after), candidate, to, int.MaxValue)))
                {
                    continue;
                }

                if ((isOver || isBehind) && candidate.Start < to && candidate.End > from)
                {
                    (all ??= []).Add(candidate with { Start = Math.Max(candidate.Start, from) - from + offset, End = Math.Min(candidate.End, to) - from + offset });
                }
            }
        }
    }

    /// <summary>True where something of the type stands at a border of [start, end) that the candidate goes over.</summary>
    private static bool IsWhole(List<Candidate> apart, Candidate candidate, int start, int end) =>
        apart.Exists(c => c.Row.Type == candidate.Row.Type && ((candidate.Start < start && c.Start == 0) || (candidate.End > end && c.End == end - start)));

    private static string Beyond(string? text, string joiner)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        text = text.Length > ContentSegment.MostBeyond ? text[..ContentSegment.MostBeyond] : text;
        text = text.Replace(ContentSegment.Border.ToString(), joiner, StringComparison.Ordinal);
        if (!HiddenCharacters.AreIn(text))
        {
            return text;
        }

        using var folded = new FoldedText(json: false, text.Length);
        folded.Append(text, final: true);
        return folded.Chars.ToString();
    }
}
