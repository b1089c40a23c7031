using System.Collections.Immutable;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>Some rows of the table by themselves.</summary>
internal static class Rows
{
    /// <summary>What the rows find, as <c>TYPE=value</c>, as a whole and in small pieces.</summary>
    public static string[] Find(ImmutableArray<Recognizer> rows, string text, params string[] types)
    {
        var scanner = new Scanner(new RecognizerSet(types.Length == 0 ? rows : [.. rows.Where(r => types.Contains(r.Type))]));
        List<Candidate>? found = null;
        var state = default(ScanState);
        scanner.Advance(text, final: true, ref state, ref found, CancellationToken.None);
        var whole = Merge(found, text);

        // The same text as a stream gives the same, and nothing begins before what had been let go.
        List<Candidate>? streamed = null;
        state = default;
        var lowest = 0;
        for (var length = 3; ; length += 3)
        {
            var known = Math.Min(length, text.Length);
            var before = streamed?.Count ?? 0;
            var reached = scanner.Advance(text.AsSpan(0, known), known == text.Length, ref state, ref streamed, CancellationToken.None);
            (streamed ?? []).Skip(before).ShouldAllBe(c => c.Start >= lowest);
            lowest = Math.Max(lowest, reached);
            if (known == text.Length)
            {
                Merge(streamed, text).ShouldBe(whole);
                return whole;
            }
        }
    }

    private static string[] Merge(List<Candidate>? found, string text)
    {
        var merger = new SpanMerger();
        (found ?? []).ForEach(c => merger.Add(c.Start, c.End, c.Row, c.Score));
        return [.. merger.Spans.ToArray().Select(s => $"{s.ToFinding(0).Type}={text[s.Start..s.End]}")];
    }
}
