using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>The facts of one text, in a form that adds up. Where they stand in the text is among the findings.</summary>
public sealed record SegmentInspection
{
    /// <summary>The segment.</summary>
    public required int SegmentId { get; init; }

    /// <summary>Types found, distinct, sorted ordinally.</summary>
    public ImmutableArray<FoundType> Types { get; init; } = [];

    /// <summary>Labels that the text has besides those that follow from its types, distinct by name, sorted by name.</summary>
    public ImmutableArray<ContentLabel> Labels { get; init; } = [];

    /// <summary>Topics found, distinct, sorted ordinally.</summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>True where the module's settings change this text whatever else is asked for: it is among the texts of an <see cref="EditRequest"/>.</summary>
    public bool MustEdit { get; init; }
}

/// <summary>A type that was found in a text, and what it means under the rules it was found by.</summary>
public sealed record FoundType
{
    /// <summary>The type, such as <c>EMAIL</c>.</summary>
    public required string Type { get; init; }

    /// <summary>How often; at least 1.</summary>
    public required long Count { get; init; }

    /// <summary>The best finding's confidence, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>Risk of one certain finding of this type, 0 to 1.</summary>
    public required double RiskScore { get; init; }

    /// <summary>The label that follows from it, such as <c>pii</c>; null where none does.</summary>
    public string? Label { get; init; }

    /// <summary>Labels of the rules that speak of such data, such as <c>gdpr</c> and <c>pci</c>.</summary>
    public ImmutableArray<string> Regulations { get; init; } = [];
}

/// <summary>The one function that turns what texts have into what a request has: the module uses it, and whoever keeps the facts of texts seen before.</summary>
/// <remarks>
/// The risk of a request is 1 - product over its types of (1 - risk x score)^(1 + log2 n), where n is how often the type was found and score its best. One
/// finding of a type gives its risk, more of it or other types add to it, and nothing that is added ever lowers it.
/// </remarks>
public static class ContentSummary
{
    /// <summary>The label of personal data.</summary>
    public const string PersonalData = "pii";

    /// <summary>The facts of a completely inspected request. The order of the texts makes no difference.</summary>
    /// <param name="segments">The facts of its texts, all found by the same rules; a text that is not among them has nothing.</param>
    /// <param name="unscanned">What could not be scanned.</param>
    public static ContentMetadata Combine(ImmutableArray<SegmentInspection> segments, ImmutableArray<UnscannedPart> unscanned)
    {
        if (segments.IsEmpty)
        {
            return unscanned.IsEmpty ? ContentMetadata.Clean : ContentMetadata.Clean with { Unscanned = unscanned };
        }

        var types = new SortedDictionary<string, FoundType>(StringComparer.Ordinal);
        var labels = new SortedDictionary<string, double>(StringComparer.Ordinal);
        var topics = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var segment in segments)
        {
            foreach (var found in segment.Types)
            {
                types[found.Type] = types.TryGetValue(found.Type, out var other)
                    ? found with { Count = found.Count + other.Count, Score = Math.Max(found.Score, other.Score) }
                    : found;
            }

            foreach (var label in segment.Labels)
            {
                Raise(labels, label.Name, label.Confidence);
            }

            topics.UnionWith(segment.Topics);
        }

        var harmless = 1.0;
        foreach (var found in types.Values)
        {
            harmless *= Math.Pow(1 - (found.RiskScore * found.Score), 1 + Math.Log2(found.Count));
            if (found.Label is not null)
            {
                Raise(labels, found.Label, found.Score);
            }

            foreach (var regulation in found.Regulations)
            {
                Raise(labels, regulation, found.Score);
            }
        }

        if (labels.TryGetValue(ContentLabels.Minors, out var minors) && labels.TryGetValue(PersonalData, out var personal))
        {
            Raise(labels, ContentLabels.Coppa, Math.Min(minors, personal));
        }

        return new ContentMetadata
        {
            Status = ContentStatus.Complete,
            ContainsPii = labels.ContainsKey(PersonalData),
            Types = [.. types.Keys],
            Labels = [.. labels.Select(l => new ContentLabel { Name = l.Key, Confidence = l.Value })],
            Topics = [.. topics],
            RiskScore = Math.Round(1 - harmless, 4),
            Unscanned = unscanned,
        };
    }

    private static void Raise(SortedDictionary<string, double> labels, string name, double score) =>
        labels[name] = Math.Max(labels.GetValueOrDefault(name), score);
}
