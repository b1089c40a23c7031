using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Scanning;

/// <summary>What an inspection collects while it goes through a request's segments. Belongs to one request.</summary>
internal sealed class Inspection
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();

    /// <summary>Labels of the rows that matched, with their best score.</summary>
    public Dictionary<string, double> Labels { get; } = new(StringComparer.Ordinal);

    /// <summary>Adds a segment's candidates.</summary>
    public void Add(ContentSegment segment, List<Candidate> candidates, FoldedText? folded)
    {
        var merger = new SpanMerger();
        foreach (var candidate in candidates)
        {
            if (candidate.Row.Label is { } label)
            {
                Labels[label] = Math.Max(Labels.GetValueOrDefault(label), candidate.Score);
            }

            if (candidate.Row.Marks)
            {
                var start = folded?.StartOf(candidate.Start) ?? candidate.Start;
                merger.Add(start, folded?.EndOf(candidate.End - 1) ?? candidate.End, candidate.Row, candidate.Score);
            }
        }

        foreach (var span in merger.Spans)
        {
            _findings.Add(new Finding { SegmentId = segment.Id, Type = span.Type, Start = span.Start, End = span.End, Score = span.Score });
        }
    }

    /// <summary>All findings, in the order of the segments.</summary>
    public ImmutableArray<Finding> Findings() => _findings.DrainToImmutable();
}

/// <summary>Scans the segments of a request.</summary>
internal sealed class Inspector(Scanner scanner)
{
    /// <summary>What the segments have; null when nothing was found, which allocates nothing.</summary>
    public Inspection? Inspect(ImmutableArray<ContentSegment> segments, CancellationToken cancellationToken)
    {
        Inspection? inspection = null;
        foreach (var segment in segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var text = segment.Text.AsSpan();
            var isJson = MediaTypes.IsJson(segment.MediaType) && text.Contains('\\');
            using var folded = isJson || HiddenCharacters.AreIn(text) ? new FoldedText(isJson, text.Length) : null;
            folded?.Append(text, final: true);

            List<Candidate>? found = null;
            var state = default(ScanState);
            scanner.Advance(folded is null ? text : folded.Chars, final: true, ref state, ref found, cancellationToken);
            if (found is not null)
            {
                (inspection ??= new Inspection()).Add(segment, found, folded);
            }
        }

        return inspection;
    }
}
