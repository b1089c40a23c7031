using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Classification;

/// <summary>Turns what was found in a text into its facts.</summary>
internal sealed class Classifier(RecognizerSet rows)
{
    private readonly Dictionary<string, TypeClass> _operators = rows.All
        .Where(r => TypeClasses.Find(r.Type) is null)
        .GroupBy(r => r.Type, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => TypeClasses.OfOperator(g.All(r => r.Label is not null)), StringComparer.Ordinal);

    /// <summary>The facts.</summary>
    /// <param name="segment">Number of the segment.</param>
    /// <param name="findings">What was found in it.</param>
    /// <param name="labels">What the rows' own labels and the models came to, with the best score of each.</param>
    /// <param name="topics">What it is about.</param>
    public SegmentInspection Classify(int segment, ReadOnlySpan<Finding> findings, IReadOnlyDictionary<string, double>? labels, ImmutableArray<ContentLabel> topics)
    {
        var types = new SortedDictionary<string, FoundType>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            Count(types, finding.Type, finding.Score);
            foreach (var other in finding.Also)
            {
                Count(types, other.Type, other.Score);
            }
        }

        return new SegmentInspection
        {
            SegmentId = segment,
            Types = [.. types.Values],
            Topics = [.. topics.Select(t => t.Name)],
            Labels = labels is null
                ? []
                : [.. labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => new ContentLabel { Name = l.Key, Confidence = l.Value })],
        };
    }

    private void Count(SortedDictionary<string, FoundType> types, string type, double score)
    {
        if (types.TryGetValue(type, out var found))
        {
            types[type] = found with { Count = found.Count + 1, Score = Math.Max(found.Score, score) };
            return;
        }

        var kind = TypeClasses.Find(type) ?? _operators.GetValueOrDefault(type);
        types[type] = new FoundType { Type = type, Count = 1, Score = score, RiskScore = kind.Weight, Label = kind.Label, Regulations = Regulations.Of(type, kind.Label) };
    }
}
