using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Classification;

/// <summary>Turns what was found into facts about the request.</summary>
internal sealed class Classifier(RecognizerSet rows)
{
    private readonly Dictionary<string, TypeClass> _operators = rows.All
        .Where(r => TypeClasses.Find(r.Type) is null)
        .GroupBy(r => r.Type, StringComparer.Ordinal)
        .ToDictionary(g => g.Key, g => TypeClasses.OfOperator(g.All(r => r.Label is not null)), StringComparer.Ordinal);

    /// <summary>The facts.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="labels">What the rows' own labels came to, with the best score of each.</param>
    /// <param name="unscanned">What could not be scanned.</param>
    public ContentMetadata Classify(
        ImmutableArray<Finding> findings, IReadOnlyDictionary<string, double> labels, ImmutableArray<UnscannedPart> unscanned)
    {
        var types = new SortedDictionary<string, (int Count, double Best)>(StringComparer.Ordinal);
        foreach (var finding in findings)
        {
            var (count, best) = types.GetValueOrDefault(finding.Type);
            types[finding.Type] = (count + 1, Math.Max(best, finding.Score));
        }

        var risk = new RiskScore();
        var all = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (label, score) in labels)
        {
            Raise(all, label, score);
        }

        foreach (var (type, (count, best)) in types)
        {
            var kind = TypeClasses.Find(type) ?? _operators.GetValueOrDefault(type);
            risk.Add(kind.Weight, best, count);
            if (kind.Label is not null)
            {
                Raise(all, kind.Label, best);
            }
        }

        return new ContentMetadata
        {
            Status = ContentStatus.Complete,
            ContainsPii = all.ContainsKey(Labels.Pii),
            Types = [.. types.Keys],
            Labels = [.. all.Select(l => new ContentLabel { Name = l.Key, Confidence = l.Value })],
            RiskScore = risk.Value,
            Unscanned = unscanned,
        };
    }

    private static void Raise(SortedDictionary<string, double> labels, string name, double score) =>
        labels[name] = Math.Max(labels.GetValueOrDefault(name), score);
}
