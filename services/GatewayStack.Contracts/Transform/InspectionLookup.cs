using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>What is known of one request's texts, what has to be asked, and both together. Belongs to one request.</summary>
internal sealed class InspectionLookup
{
    private readonly InspectionCache _cache;
    private readonly InspectionRequest _request;
    private readonly ImmutableArray<TextDigest> _digests;
    private readonly ImmutableArray<KnownText?> _known;
    private readonly Rules _rules;
    private readonly long _chars;
    private readonly bool _numbered;

    public InspectionLookup(InspectionCache cache, InspectionRequest request, ImmutableArray<TextDigest> digests, ImmutableArray<KnownText?> known, Rules rules)
    {
        (_cache, _request, _digests, _rules) = (cache, request, digests, rules);
        // An answer says by number which text it means.
        _numbered = request.Segments.DistinctBy(s => s.Id).Count() == request.Segments.Length;
        _known = _numbered ? known : [.. known.Select(_ => (KnownText?)null)];
        _chars = request.KnownChars + request.Segments.Sum(s => (long)s.Text.Length);
        Unknown = [.. request.Segments.Where((_, i) => _known[i] is null)];
        KnownChars = _chars - Unknown.Sum(s => (long)s.Text.Length);
        if (Unknown.IsEmpty && _chars <= rules.Accepted)
        {
            Known = Merge(new Dictionary<int, KnownText>());
        }
    }

    /// <summary>The result, where nothing has to be asked.</summary>
    public InspectionResult? Known { get; }

    /// <summary>The texts that have to be sent.</summary>
    public ImmutableArray<ContentSegment> Unknown { get; }

    /// <summary>Length of those that have not.</summary>
    public long KnownChars { get; }

    /// <summary>The whole result, once <see cref="Unknown"/> is answered; null where the answer does not add up with what was known, and everything has to be sent.</summary>
    public InspectionResult? Complete(InspectionResult answer)
    {
        if (Unknown.Length == _request.Segments.Length || answer.Status != InspectionStatus.Inspected)
        {
            return CompleteAnew(answer);
        }

        if (answer.RuleSet != _rules.RuleSet)
        {
            return null;
        }

        var texts = Read(answer, Unknown);
        Keep(answer.RuleSet, texts);
        return Merge(texts);
    }

    /// <summary>The whole result, once everything was sent.</summary>
    public InspectionResult CompleteAnew(InspectionResult answer)
    {
        if (answer.Status == InspectionStatus.Inspected && answer.RuleSet.Length > 0 && _numbered)
        {
            Keep(answer.RuleSet, Read(answer, _request.Segments));
        }

        return answer;
    }

    private void Keep(string ruleSet, Dictionary<int, KnownText> texts) =>
        _cache.Keep(ruleSet, _chars, _request.Segments.Select((s, i) => (Id: s.Id, Digest: _digests[i])).Where(s => texts.ContainsKey(s.Id)).Select(s => (s.Digest, texts[s.Id])));

    private static Dictionary<int, KnownText> Read(InspectionResult answer, ImmutableArray<ContentSegment> sent)
    {
        var facts = answer.Segments.ToLookup(s => s.SegmentId);
        var findings = answer.Findings.ToLookup(f => f.SegmentId);
        return sent.ToDictionary(s => s.Id, s => new KnownText(answer.RuleSet, facts[s.Id].FirstOrDefault(), [.. findings[s.Id]]));
    }

    private InspectionResult Merge(Dictionary<int, KnownText> answered)
    {
        var segments = ImmutableArray.CreateBuilder<SegmentInspection>();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        for (var i = 0; i < _request.Segments.Length; i++)
        {
            var id = _request.Segments[i].Id;
            var text = _known[i] ?? answered[id];
            if (text.Facts is { } facts)
            {
                // The same text has another number in another request.
                segments.Add(facts.SegmentId == id ? facts : facts with { SegmentId = id });
            }

            foreach (var finding in text.Findings)
            {
                findings.Add(finding.SegmentId == id ? finding : finding with { SegmentId = id });
            }
        }

        var all = segments.DrainToImmutable();
        return new InspectionResult
        {
            Status = InspectionStatus.Inspected,
            Metadata = ContentSummary.Combine(all, _request.Unscanned),
            Findings = findings.DrainToImmutable(),
            RuleSet = _rules.RuleSet,
            Segments = all,
        };
    }
}
