using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification;

namespace GatewayStack.Transform.Scanning;

/// <summary>What an inspection collects while it goes through a request's segments. Belongs to one request.</summary>
internal sealed class Inspection(Classifier classifier)
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ImmutableArray<SegmentInspection>.Builder _segments = ImmutableArray.CreateBuilder<SegmentInspection>();
    private readonly List<Finding> _found = [];

    /// <summary>Adds a segment's candidates.</summary>
    public void Add(ContentSegment segment, List<Candidate> candidates, FoldedText? folded)
    {
        var merger = new SpanMerger();
        Dictionary<string, double>? labels = null;
        foreach (var candidate in candidates)
        {
            if (candidate.Row.Label is { } label)
            {
                labels ??= new Dictionary<string, double>(StringComparer.Ordinal);
                labels[label] = Math.Max(labels.GetValueOrDefault(label), candidate.Score);
            }

            if (candidate.Row.Marks)
            {
                var start = folded?.StartOf(candidate.Start) ?? candidate.Start;
                merger.Add(start, folded?.EndOf(candidate.End - 1) ?? candidate.End, candidate.Row, candidate.Score);
            }
        }

        _found.Clear();
        foreach (var span in merger.Spans)
        {
            _found.Add(new Finding { SegmentId = segment.Id, Type = span.Type, Start = span.Start, End = span.End, Score = span.Score });
        }

        _findings.AddRange(_found);
        _segments.Add(classifier.Classify(segment.Id, CollectionsMarshal.AsSpan(_found), labels));
    }

    /// <summary>All findings, in the order of the segments.</summary>
    public ImmutableArray<Finding> Findings() => _findings.DrainToImmutable();

    /// <summary>The facts of each segment that has any.</summary>
    public ImmutableArray<SegmentInspection> Segments() => _segments.DrainToImmutable();
}

/// <summary>Scans the segments of a request.</summary>
internal sealed class Inspector(Scanner scanner, Classifier classifier)
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
                (inspection ??= new Inspection(classifier)).Add(segment, found, folded);
            }
        }

        return inspection;
    }
}
