using System.Collections.Immutable;
using GatewayStack.Contracts.Keys;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Edits;

/// <summary>Computes the replacements of a set of findings.</summary>
internal static class EditComputer
{
    /// <summary>What is done with each type.</summary>
    public static ContentActions ActionsOf(ImmutableArray<TypeAction> actions, ImmutableArray<string> types)
    {
        if (!actions.IsEmpty)
        {
            return ContentActions.Of(actions);
        }

        var redacted = types.IsEmpty ? [TypeAction.AnyType] : types;
        return ContentActions.Of(redacted.Select(t => new TypeAction { Type = t, Action = ContentAction.Redact }));
    }

    /// <summary>True where the request cannot be edited without a key.</summary>
    public static bool NeedsKey(EditRequest request, ContentActions actions) =>
        request.Findings.Any(f => actions.For(f.Type) is ContentAction.Hash or ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat);

    /// <summary>The edits, or the reason why they cannot be made.</summary>
    /// <param name="request">The texts, and what was found in them.</param>
    /// <param name="actions">What is done with it.</param>
    /// <param name="key">The key of pseudonyms and hashes; null where none is needed.</param>
    public static EditResult Compute(EditRequest request, ContentActions actions, DataKey? key)
    {
        if (request.Findings.Any(f => actions.For(f.Type) == ContentAction.Unspecified))
        {
            return NotEditable("an action is not known to this version");
        }

        // A conversation that has gone on since may go on; what would block it does not go out again.
        var earlier = request.Segments.Where(s => s.Earlier).Select(s => s.Id).ToHashSet();
        var blocked = request.Findings.Where(f => actions.For(f.Type) == ContentAction.Block && !earlier.Contains(f.SegmentId)).Select(f => f.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToImmutableArray();
        if (!blocked.IsEmpty)
        {
            return new EditResult { Status = EditStatus.Blocked, BlockedTypes = blocked, Reason = "found " + string.Join(", ", blocked) };
        }

        if (request.PersonId is null && request.Findings.Any(f => actions.For(f.Type) is ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat))
        {
            return NotEditable("pseudonyms are a person's, and none is named");
        }

        var tokens = key is null ? null : new ContentTokens(key, request.Tenant, request.PersonId ?? string.Empty, t => request.Segments.Any(s => s.Text.Contains(t, StringComparison.OrdinalIgnoreCase)));
        var replacements = new Replacements(actions, tokens);
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        var segments = request.Segments.ToDictionary(s => s.Id);
        foreach (var group in request.Findings.Where(f => actions.Changes(f.Type)).GroupBy(f => f.SegmentId).OrderBy(g => g.Key))
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

                var source = segment.Text.AsSpan(span.Start..span.End);
                if (replacements.For(span.Type, isJson ? JsonText.Unescape(source) : source.ToString()) is { } replacement)
                {
                    edits.Add(new TextEdit { SegmentId = segment.Id, Start = span.Start, End = span.End, Replacement = isJson ? JsonText.Escape(replacement) : replacement });
                }
            }
        }

        return new EditResult { Status = EditStatus.Applied, Edits = edits.ToImmutable(), Pseudonyms = [.. tokens?.Pseudonyms ?? []] };
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
