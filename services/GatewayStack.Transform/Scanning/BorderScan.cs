using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Recognizers.Credentials;

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

            var joined = string.Concat(before, text, after);
            var some = Find(joined);
            var (from, to) = (before.Length, before.Length + text.Length);
            List<Candidate>? first = null, own = null, last = null;
            foreach (var candidate in some)
            {
                var isOver = (candidate.Start < from && candidate.End > from) || (candidate.Start < to && candidate.End > to);
                var isBehind = from > 0 && candidate.Start >= from && candidate.Start <= from + MostBehind;

                // What is whole on one side of a border ends there, whatever the next text begins with.
                if (isOver && !isBehind && (IsWhole(first ??= Find(before), joined, candidate, 0, from) || IsWhole(own ??= Find(text), joined, candidate, from, to)
                    || IsWhole(last ??= Find(after), joined, candidate, to, int.MaxValue)))
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
    private static bool IsWhole(List<Candidate> apart, string joined, Candidate candidate, int start, int end) =>
        apart.Exists(c => c.Row.Type == candidate.Row.Type
            && ((candidate.Start < start && c.Start == 0 && !IsPiece(c, candidate, []))
                || (candidate.End > end && c.End == end - start && !IsPiece(c, candidate, joined.AsSpan(end..candidate.End)))));

    /// <summary>True for what looks like a secret and is the surer one with what stands on the other side; behind a secret words go on with the sentence.</summary>
    /// <param name="apart">What stands on one side.</param>
    /// <param name="candidate">What goes over.</param>
    /// <param name="rest">What follows a border in the candidate.</param>
    private static bool IsPiece(Candidate apart, Candidate candidate, ReadOnlySpan<char> rest) =>
        candidate.Score > apart.Score && TypeClasses.Find(candidate.Row.Type)?.Label == Labels.Credentials
        && !(rest.Length > 0 && new ValueShape(rest.TrimEnd(".,;:!?")).IsLetters);

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
