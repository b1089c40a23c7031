using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Classification;
using GatewayStack.Transform.Classification.Models;
using GatewayStack.Transform.Edits;

namespace GatewayStack.Transform.Scanning;

/// <summary>What an inspection collects while it goes through a request's segments. Belongs to one request.</summary>
internal sealed class Inspection(Classifier classifier)
{
    private readonly ImmutableArray<Finding>.Builder _findings = ImmutableArray.CreateBuilder<Finding>();
    private readonly ImmutableArray<SegmentInspection>.Builder _segments = ImmutableArray.CreateBuilder<SegmentInspection>();
    private readonly List<Finding> _found = [];

    /// <summary>Adds what was found in a segment.</summary>
    /// <param name="segment">The segment.</param>
    /// <param name="candidates">What rows and tagger found; null for nothing.</param>
    /// <param name="said">What the models say; null for nothing.</param>
    /// <param name="folded">The way back from what they saw; null when that was the text itself.</param>
    public void Add(ContentSegment segment, List<Candidate>? candidates, TextLabels? said, FoldedText? folded)
    {
        var merger = new SpanMerger();
        Dictionary<string, double>? labels = null;
        foreach (var label in said?.Labels ?? [])
        {
            Raise(label.Name, label.Confidence);
        }

        // What names were found comes after all that rows did: in the order of the text merging looks at each once.
        candidates?.Sort(Candidate.ByStart);
        foreach (var candidate in candidates ?? [])
        {
            if (candidate.Row.Label is { } label)
            {
                Raise(label, candidate.Score);
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
            _found.Add(span.ToFinding(segment.Id));
        }

        _findings.AddRange(_found);
        _segments.Add(classifier.Classify(segment.Id, CollectionsMarshal.AsSpan(_found), labels, said?.Topics ?? []));

        void Raise(string name, double confidence)
        {
            labels ??= new Dictionary<string, double>(StringComparer.Ordinal);
            labels[name] = Math.Max(labels.GetValueOrDefault(name), confidence);
        }
    }

    /// <summary>All findings, in the order of the segments.</summary>
    public ImmutableArray<Finding> Findings() => _findings.DrainToImmutable();

    /// <summary>The facts of each segment that has any.</summary>
    public ImmutableArray<SegmentInspection> Segments() => _segments.DrainToImmutable();
}

/// <summary>Scans the segments of a request.</summary>
/// <param name="scanner">The rows.</param>
/// <param name="names">The tagger; null where it is switched off.</param>
/// <param name="models">The classifiers; null where they are.</param>
/// <param name="classifier">Makes facts of what was found.</param>
/// <param name="types">Every type there is: only these stand in placeholders.</param>
internal sealed class Inspector(Scanner scanner, NameScanner? names, ContentModels? models, Classifier classifier, HashSet<string> types)
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
            var seen = folded is null ? text : folded.Chars;

            List<Candidate>? found = null;
            var state = default(ScanState);
            scanner.Advance(seen, final: true, ref state, ref found, cancellationToken);
            ShownText.Scan(seen, scanner, ref found, cancellationToken);
            BorderScan.Scan(segment, seen, scanner, ref found, cancellationToken);
            names?.Scan(seen, ref found, cancellationToken);
            var said = models?.Score(seen, segment.Origin, cancellationToken);
            if (found is not null)
            {
                WithoutPlaceholders(seen, found, cancellationToken);
                if (names is not null)
                {
                    LoneFindings.Drop(seen, found);
                    FurtherSecrets.Add(seen, found);
                    AccountsBesideSecrets.Add(seen, found);
                    FurtherAccounts.Add(seen, found, cancellationToken);
                }
            }

            if (found is { Count: > 0 } || said is not null)
            {
                (inspection ??= new Inspection(classifier)).Add(segment, found, said, folded);
            }
        }

        return inspection;
    }

    /// <summary>What an earlier turn put in place of something comes back with the conversation: it is nothing that was found.</summary>
    private void WithoutPlaceholders(ReadOnlySpan<char> text, List<Candidate> found, CancellationToken cancellationToken)
    {
        List<(int Start, int End)>? placeholders = null;
        foreach (var placeholder in Placeholder.Any.EnumerateMatches(text))
        {
            // A key or a number in brackets is what it is.
            var (start, end) = (placeholder.Index, placeholder.Index + placeholder.Length);
            if (types.Contains(Placeholder.TypeOf(text[start..end])))
            {
                (placeholders ??= []).Add((start, end));
            }
        }

        if (placeholders is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.RemoveAll(c => IsInside(placeholders, c));
        }
    }

    /// <summary>Placeholders stand apart and in order: only the last that does not begin behind a candidate can hold it.</summary>
    private static bool IsInside(List<(int Start, int End)> placeholders, in Candidate candidate)
    {
        var index = placeholders.BinarySearch((candidate.Start, int.MaxValue));
        index = index < 0 ? ~index - 1 : index;
        return index >= 0 && candidate.End <= placeholders[index].End;
    }
}
