using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Edits;

/// <summary>Computes the replacements of a set of findings.</summary>
internal static class EditComputer
{
    /// <summary>The edits, or the reason why they cannot be made.</summary>
    public static EditResult Compute(EditRequest request)
    {
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        var segments = request.Segments.ToDictionary(s => s.Id);
        foreach (var group in request.Findings.Where(f => request.Types.IsEmpty || request.Types.Contains(f.Type)).GroupBy(f => f.SegmentId).OrderBy(g => g.Key))
        {
            if (!segments.TryGetValue(group.Key, out var segment))
            {
                return NotEditable($"segment {group.Key} has findings but was not given");
            }

            var isJson = MediaTypes.IsJson(segment.MediaType);
            var strings = isJson ? JsonStringValues.Read(segment.Text) : null;
            if (isJson ? strings is null : !segment.Editable)
            {
                return NotEditable($"segment {segment.Id} ({segment.Part}) cannot be edited");
            }

            foreach (var span in Merge(group))
            {
                if (span.Start < 0 || span.End > segment.Text.Length || strings?.Contain(span.Start, span.End) == false)
                {
                    return NotEditable($"a finding of type {span.Type} in segment {segment.Id} ({segment.Part}) is not inside one text");
                }

                edits.Add(new TextEdit { SegmentId = segment.Id, Start = span.Start, End = span.End, Replacement = Placeholder.For(span.Type) });
            }
        }

        return new EditResult { Status = EditStatus.Applied, Edits = edits.ToImmutable() };
    }

    private static IReadOnlyList<MergedSpan> Merge(IEnumerable<Finding> findings)
    {
        var merger = new SpanMerger();
        foreach (var finding in findings.OrderBy(f => f.Start))
        {
            merger.Add(new MergedSpan(finding.Start, finding.End, finding.Type, finding.Score, finding.Start, finding.End - finding.Start));
        }

        return merger.Spans;
    }

    private static EditResult NotEditable(string reason) => new() { Status = EditStatus.NotEditable, Reason = reason };
}
