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
        request.Findings.Any(f => actions.For(f) is ContentAction.Hash or ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat);

    /// <summary>The edits, or the reason why they cannot be made.</summary>
    /// <param name="request">The texts, and what was found in them.</param>
    /// <param name="actions">What is done with it.</param>
    /// <param name="key">The key of pseudonyms and hashes; null where none is needed.</param>
    /// <param name="cancellationToken">Ends long work.</param>
    public static EditResult Compute(EditRequest request, ContentActions actions, DataKey? key, CancellationToken cancellationToken)
    {
        if (request.Findings.Any(f => actions.For(f) == ContentAction.Unspecified))
        {
            return NotEditable(EditReasons.ActionNotKnown);
        }

        var blocked = Blocked(request, actions);
        if (!blocked.IsEmpty)
        {
            return new EditResult { Status = EditStatus.Blocked, BlockedTypes = blocked, Reason = "found " + string.Join(", ", blocked) };
        }

        if (request.PersonId is null && request.Findings.Any(f => actions.For(f) is ContentAction.Pseudonymise or ContentAction.PseudonymiseFormat))
        {
            return NotEditable(EditReasons.NoPerson);
        }

        var tokens = key is null ? null : new ContentTokens(key, request.Tenant, request.PersonId ?? string.Empty, request.Segments.Select(s => s.Text));
        try
        {
            return Compute(request, new Replacements(actions, tokens), tokens, cancellationToken);
        }
        catch (TooManyPseudonymsException)
        {
            return NotEditable(EditReasons.TooManyPseudonyms);
        }
    }

    private static EditResult Compute(EditRequest request, Replacements replacements, ContentTokens? tokens, CancellationToken cancellationToken)
    {
        var actions = replacements.Actions;
        var edits = ImmutableArray.CreateBuilder<TextEdit>();
        var segments = request.Segments.ToDictionary(s => s.Id);
        foreach (var group in request.Findings.Where(actions.Changes).GroupBy(f => f.SegmentId).OrderBy(g => g.Key))
        {
            if (!segments.TryGetValue(group.Key, out var segment))
            {
                return NotEditable(EditReasons.TextNotGiven);
            }

            var json = MediaTypes.IsJson(segment.MediaType) ? JsonPlaces.Read(segment.Text) : null;
            if (!segment.Editable || (json is null && MediaTypes.IsJson(segment.MediaType) && !IsOfEarlierCall(segment)))
            {
                return NotEditable(EditReasons.NotEditablePlace);
            }

            var spans = Merge(group, actions);
            if (spans.Exists(s => s.Start < 0 || s.End > segment.Text.Length || (json is not null && !CanBeReplaced(json, segment, s.Start, s.End))))
            {
                return NotEditable(EditReasons.NotInOneText);
            }

            var pieces = json is null ? new JsonPieces(segment.Text) : null;
            foreach (var span in spans)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if ((json?.Within(span.Start, span.End) ?? pieces!.Within(span.Start, span.End)) is not { } places)
                {
                    Replace(segment, new JsonPlace(span.Start, span.End, JsonPlaceKind.Text), span.Type, isJson: false);
                    continue;
                }

                foreach (var place in places)
                {
                    Replace(segment, WithoutLoneEscape(segment.Text, place), span.Type, isJson: true);
                }
            }
        }

        return new EditResult { Status = EditStatus.Applied, Edits = edits.ToImmutable(), Pseudonyms = [.. tokens?.Pseudonyms ?? []] };

        void Replace(ContentSegment segment, JsonPlace place, string type, bool isJson)
        {
            if (edits.Count > 0 && edits[^1].SegmentId == segment.Id && edits[^1].End > place.Start)
            {
                // A number of which another part has been found.
                return;
            }

            var source = segment.Text.AsSpan(place.Start..place.End);
            if (replacements.For(type, isJson ? JsonText.Unescape(source, place.Strings + 1) : source.ToString()) is { } replacement)
            {
                replacement = isJson ? JsonText.Escape(replacement) : replacement;
                edits.Add(new TextEdit
                {
                    SegmentId = segment.Id,
                    Start = place.Start,
                    End = place.End,
                    Replacement = JsonText.Escape(place.Kind == JsonPlaceKind.Number ? $"\"{replacement}\"" : replacement, place.Strings),
                });
            }
        }
    }

    /// <summary>
    /// In the arguments of a call that is still to be made each member is what the tool's schema says: there only a piece of a string value is replaced. Other JSON is a
    /// text that stays JSON: what is found over several strings is replaced in each of them, a name is one like any other, and a number becomes a string. So it is in JSON that
    /// stands in a string: no schema says what that is.
    /// </summary>
    private static bool CanBeReplaced(JsonPlaces json, ContentSegment segment, int start, int end) =>
        (segment.Origin != SegmentOrigin.ToolArguments || segment.Earlier || json.IsInOneText(start, end)) && json.Within(start, end).Any();

    /// <summary>A backslash at the end may belong to what follows it, in what only looks like JSON in a string: there it stays.</summary>
    private static JsonPlace WithoutLoneEscape(string text, JsonPlace place)
    {
        if (place.Strings > 0 || (place.End < text.Length && text[place.End] == '"'))
        {
            return place;
        }

        var source = text.AsSpan(place.Start..place.End);
        var escapes = source.Length - source.TrimEnd('\\').Length;
        return escapes < source.Length && escapes % 4 == 2 ? place with { End = place.End - 2 } : place;
    }

    /// <summary>
    /// A call of an earlier turn has been made, with what a model wrote: a name, a number, or what broke off in the middle. To refuse it would close the conversation for
    /// ever.
    /// </summary>
    private static bool IsOfEarlierCall(ContentSegment segment) => segment is { Origin: SegmentOrigin.ToolArguments, Earlier: true };

    /// <summary>The types that block. A conversation that has gone on since may go on; what would block it does not go out again.</summary>
    private static ImmutableArray<string> Blocked(EditRequest request, ContentActions actions)
    {
        var earlier = request.Segments.Where(s => s.Earlier).Select(s => s.Id).ToHashSet();
        return [.. request.Findings.Where(f => !earlier.Contains(f.SegmentId)).SelectMany(f => f.Types()).Where(t =>
            actions.For(t) == ContentAction.Block).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Findings that overlap as one, which is treated as the one of them with the strictest action; of two with the same, as the more certain.</summary>
    private static List<(int Start, int End, string Type)> Merge(IEnumerable<Finding> findings, ContentActions actions)
    {
        var merged = new List<(int Start, int End, string Type)>();
        var (best, end) = (default(Finding), 0);
        foreach (var finding in findings.OrderBy(f => f.Start).ThenBy(f => f.End))
        {
            if (best is null || finding.Start >= end)
            {
                (best, end) = (finding, finding.End);
                merged.Add((finding.Start, finding.End, actions.TypeOf(finding)));
                continue;
            }

            best = IsBefore(finding, best, actions) ? finding : best;
            end = Math.Max(end, finding.End);
            merged[^1] = (merged[^1].Start, end, actions.TypeOf(best));
        }

        return merged;
    }

    private static bool IsBefore(Finding one, Finding other, ContentActions actions)
    {
        var (action, otherAction) = (actions.For(one), actions.For(other));
        return action != otherAction
            ? ContentActions.Stricter(action, otherAction) == action
            : SpanPart.Compare(Part(one), Part(other)) < 0;

        static SpanPart Part(Finding finding) => new(finding.Start, finding.End, finding.Type, finding.Score);
    }

    private static EditResult NotEditable(string reason) => new() { Status = EditStatus.NotEditable, Reason = reason };
}
