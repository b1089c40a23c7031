using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Transform.Normalisation;

/// <summary>What was noticed of one text.</summary>
/// <param name="Labels">Its labels, by name.</param>
/// <param name="MustEdit">True when something is taken out of it.</param>
internal readonly record struct NormalisedText(ImmutableArray<ContentLabel> Labels, bool MustEdit);

/// <summary>Looks at texts as they are written: hidden characters, and length.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class Normaliser(NormaliseOptions options, TransformMetrics metrics, ILogger logger)
{
    /// <summary>Label of hidden characters.</summary>
    public const string HiddenCharacters = ContentLabels.HiddenCharacters;

    /// <summary>Label of an over-long text.</summary>
    public const string OverLong = ContentLabels.OverLong;

    /// <summary>From here on it is reported: what is less sure is there by the way.</summary>
    private const double Threshold = 0.5;

    private readonly NormaliseRules _forAll = NormaliseRules.Of(options, tenant: null);
    private readonly FrozenDictionary<string, NormaliseRules> _ofTenants =
        options.Tenants.ToFrozenDictionary(t => t.Key, t => NormaliseRules.Of(options, t.Value), StringComparer.Ordinal);

    /// <summary>Looks at the texts of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="segments">Its texts, those of documents among them.</param>
    /// <param name="documents">Numbers of the texts that were read out of documents: nothing can be taken out of them.</param>
    /// <param name="texts">What was noticed, by number of the text; null where that is nothing.</param>
    /// <returns>Why the request is refused, or null.</returns>
    public string? Look(InspectionRequest request, ImmutableArray<ContentSegment> segments, IReadOnlySet<int>? documents, out Dictionary<int, NormalisedText>? texts)
    {
        texts = null;
        var rules = RulesOf(request.Tenant);
        foreach (var segment in segments)
        {
            var isLong = segment.Text.Length > rules.MaxPartChars;
            if (isLong && rules.RefusesLongParts)
            {
                return RefusalReasons.PartTooLong;
            }

            var runs = HiddenText.Find(segment.Text, MediaTypes.IsJson(segment.MediaType));
            var confidence = runs.Count == 0 ? 0 : runs.Max(r => r.Confidence);
            if (runs.Count == 0 && !isLong)
            {
                continue;
            }

            if (confidence >= Threshold)
            {
                Report(request, segment, runs);
                if (rules.Hidden == NormaliseAction.Refuse)
                {
                    return RefusalReasons.HiddenCharacters;
                }
            }

            var removes = runs.Count > 0 && rules.Hidden == NormaliseAction.Remove && documents?.Contains(segment.Id) != true;
            if (removes && !CanRemove(segment, runs))
            {
                if (confidence >= Threshold)
                {
                    return RefusalReasons.HiddenNotRemovable;
                }

                removes = false;
            }

            (texts ??= [])[segment.Id] = new NormalisedText(Labels(confidence, isLong), removes);
        }

        return null;
    }

    /// <summary>Adds what was noticed to what was found.</summary>
    public static ImmutableArray<SegmentInspection> Merge(
        ImmutableArray<ContentSegment> segments, ImmutableArray<SegmentInspection> found, Dictionary<int, NormalisedText>? texts)
    {
        if (texts is null)
        {
            return found;
        }

        var facts = found.ToDictionary(f => f.SegmentId);
        foreach (var (id, text) in texts)
        {
            var before = facts.GetValueOrDefault(id) ?? new SegmentInspection { SegmentId = id };
            facts[id] = before with { Labels = [.. before.Labels.Concat(text.Labels).OrderBy(l => l.Name, StringComparer.Ordinal)], MustEdit = text.MustEdit };
        }

        return [.. segments.Where(s => facts.ContainsKey(s.Id)).Select(s => facts[s.Id]).Where(f => f.MustEdit || !f.Types.IsEmpty || !f.Labels.IsEmpty || !f.Topics.IsEmpty)];
    }

    /// <summary>Adds to the edits of a request what its tenant's rules take out of its texts.</summary>
    /// <param name="request">The texts.</param>
    /// <param name="edits">What is changed in them for other reasons: in each text apart.</param>
    /// <param name="cancellationToken">Ends long work.</param>
    public ImmutableArray<TextEdit> AddRemovals(EditRequest request, ImmutableArray<TextEdit> edits, CancellationToken cancellationToken)
    {
        if (RulesOf(request.Tenant).Hidden != NormaliseAction.Remove)
        {
            return edits;
        }

        var all = edits.ToBuilder();
        var bySegment = edits.ToLookup(e => e.SegmentId);
        foreach (var segment in request.Segments)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var runs = HiddenText.Find(segment.Text, MediaTypes.IsJson(segment.MediaType));
            if (runs.Count > 0 && CanRemove(segment, runs))
            {
                AddRemovals(segment.Id, runs, [.. bySegment[segment.Id].OrderBy(e => e.Start)], all);
            }
        }

        return all.Count == edits.Length ? edits : [.. all.OrderBy(e => e.SegmentId).ThenBy(e => e.Start)];
    }

    private static void AddRemovals(int segment, IReadOnlyList<HiddenRun> runs, TextEdit[] edits, ImmutableArray<TextEdit>.Builder all)
    {
        var next = 0;
        foreach (var run in runs)
        {
            while (next < edits.Length && edits[next].End <= run.Start)
            {
                next++;
            }

            var start = run.Start;
            for (var i = next; i < edits.Length && edits[i].Start < run.End; i++)
            {
                Add(start, Math.Min(run.End, edits[i].Start));
                start = Math.Max(start, edits[i].End);
            }

            Add(start, run.End);
        }

        void Add(int start, int end)
        {
            if (start < end)
            {
                all.Add(new TextEdit { SegmentId = segment, Start = start, End = end, Replacement = string.Empty });
            }
        }
    }

    private NormaliseRules RulesOf(string tenant) => _ofTenants.GetValueOrDefault(tenant, _forAll);

    private void Report(InspectionRequest request, ContentSegment segment, IReadOnlyList<HiddenRun> runs)
    {
        var count = 0;
        foreach (var run in runs)
        {
            metrics.Hidden(run.Kind.ToString().ToLowerInvariant(), run.Count);
            count += run.Count;
        }

        TransformLog.HiddenCharacters(logger, request.RequestId, count, segment.Id, runs.MaxBy(r => r.Confidence).Kind);
    }

    private static bool CanRemove(ContentSegment segment, IReadOnlyList<HiddenRun> runs)
    {
        if (!MediaTypes.IsJson(segment.MediaType))
        {
            return segment.Editable;
        }

        return JsonPlaces.Read(segment.Text) is { } places && runs.All(r => places.IsInOneText(r.Start, r.End));
    }

    private static ImmutableArray<ContentLabel> Labels(double confidence, bool isLong) =>
    [
        .. confidence >= Threshold ? [new ContentLabel { Name = HiddenCharacters, Confidence = confidence }] : Array.Empty<ContentLabel>(),
        .. isLong ? [new ContentLabel { Name = OverLong, Confidence = 1 }] : Array.Empty<ContentLabel>(),
    ];
}
