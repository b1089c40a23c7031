using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Evaluation;

/// <summary>Collects why targets were refused, and orders it by use to the caller: first what they can mend, last what says nothing.</summary>
internal sealed class Refusals(PolicyQuestion question)
{
    private readonly List<Refusal> _all = [];

    private enum Rank
    {
        MissingScope,
        MissingRole,
        Content,
        Requirement,
        Denied,
        Error,
        NoRule,
    }

    public void Denied(Rule rule, PolicyTarget target, Ternary matches) =>
        _all.Add(matches == Ternary.True
            ? new Refusal(Rank.Denied, rule.Priority, rule.Id, Of(rule, "denied", "A policy of your organisation does not allow this request."))
            : Failed(rule, rule.Matches(rule.See(question, target).WithoutUnscanned)));

    /// <param name="unmet">The requirements that are not met.</param>
    /// <param name="target">The target.</param>
    /// <param name="allow">What is missing besides: nothing, something, or (null) what cannot be had.</param>
    /// <param name="required">All scopes that requirements ask for at the target.</param>
    public void Unmet(List<Rule> unmet, PolicyTarget target, Gap? allow, IEnumerable<string> required)
    {
        var gaps = unmet.ConvertAll(r => Gap.Of(r, r.See(question, target)));
        if (allow?.Scopes is { } besides && gaps.TrueForAll(g => g?.Scopes is not null))
        {
            MissingScopes([.. gaps.SelectMany(g => g!.Scopes!.Value).Concat(besides)], required.Concat(allow.Needed));
            return;
        }

        for (var i = 0; i < unmet.Count; i++)
        {
            _all.Add(Unmet(unmet[i], target, gaps[i]));
        }
    }

    /// <param name="nearest">What is missing; null where nothing that the caller could get would help.</param>
    /// <param name="required">All scopes that requirements ask for at the target.</param>
    public void NotAllowed(Gap? nearest, IEnumerable<string> required)
    {
        if (nearest is null)
        {
            _all.Add(new Refusal(Rank.NoRule, 0, string.Empty, NoRule));
        }
        else if (nearest.Scopes is { } scopes)
        {
            MissingScopes(scopes, required.Concat(nearest.Needed));
        }
        else
        {
            _all.Add(new Refusal(Rank.MissingRole, 0, string.Empty, MissingRole));
        }
    }

    public void NotInspected() =>
        _all.Add(new Refusal(Rank.Content, 0, string.Empty, Reason("content_not_inspected", "The content of this request could not be checked, so it may not be sent there.")));

    public void Unscanned() =>
        _all.Add(new Refusal(Rank.Content, 0, string.Empty, NotScanned));

    /// <summary>What no rule allows to anybody is refused like what does not exist, whatever other rules say of it.</summary>
    public void NamedByNoRule()
    {
        _all.Clear();
        _all.Add(new Refusal(Rank.NoRule, 0, string.Empty, NoRule));
    }

    /// <summary>All scopes that the operation needs, where scopes are what the caller is told of.</summary>
    public ImmutableArray<string> RequiredScopes => Sorted.FirstOrDefault()?.Needed ?? [];

    /// <summary>Each reason once, the most useful first.</summary>
    public ImmutableArray<PolicyReason> ToReasons()
    {
        if (_all.Count == 0)
        {
            return [Reason("no_target", "There is nowhere this request could go.")];
        }

        return
        [
            .. Sorted
                .Select(r => r.Reason)
                .DistinctBy(r => (r.Code, r.Message, string.Join(' ', r.MissingScopes))),
        ];
    }

    private IEnumerable<Refusal> Sorted => _all.OrderBy(r => r.Rank)
        .ThenBy(r => r.Priority)
        .ThenBy(r => r.RuleId, StringComparer.Ordinal)
        .ThenBy(r => string.Join(' ', r.Reason.MissingScopes), StringComparer.Ordinal)
        .ThenBy(r => string.Join(' ', r.Needed), StringComparer.Ordinal);

    private PolicyReason NoRule => Reason("no_rule_matched", question switch
    {
        { Action: GatewayActions.ToolCall } => "You are not allowed to use this tool.",
        { Model: not null } => "You are not allowed to use this model.",
        _ => "You are not allowed to use this service.",
    });

    private static PolicyReason MissingRole { get; } = Reason("missing_role", "Your role does not allow this.");

    private Refusal Unmet(Rule rule, PolicyTarget target, Gap? gap)
    {
        if (gap is { Scopes: null } && rule.Reason is null)
        {
            return new Refusal(Rank.MissingRole, rule.Priority, rule.Id, MissingRole);
        }

        return rule.IsMet(rule.See(question, target)) == Ternary.Error
            ? Failed(rule, rule.IsMet(rule.See(question, target).WithoutUnscanned))
            : new Refusal(Rank.Requirement, rule.Priority, rule.Id, Of(rule, "requirement_not_met", "This request does not meet a requirement of your organisation."));
    }

    private void MissingScopes(ImmutableArray<string> scopes, IEnumerable<string> needed) =>
        _all.Add(new Refusal(Rank.MissingScope, 0, string.Empty, new PolicyReason
        {
            Code = "missing_scope",
            Message = "Your sign-in lacks a permission that this needs.",
            MissingScopes = [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        })
        {
            Needed = [.. needed.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        });

    // What a rule would say of the parts that could be looked at tells whether the others are why it says nothing: those the caller can leave out.
    private Refusal Failed(Rule rule, Ternary ofWhatWasScanned) => ofWhatWasScanned == Ternary.Error || question.Content.Unscanned.IsEmpty
        ? new(Rank.Error, rule.Priority, rule.Id, Reason("rule_error", "This request could not be checked against the policy of your organisation."))
        : new(Rank.Content, 0, string.Empty, NotScanned);

    private PolicyReason NotScanned => Reason(
        "unscanned_content", $"This request has {UnscannedParts.Describe(question.Content.Unscanned)}, which cannot be checked: leave it out, or send what it says as text.");

    private static PolicyReason Of(Rule rule, string code, string message) => Reason(rule.Reason?.Code ?? code, rule.Reason?.Message ?? message);

    private static PolicyReason Reason(string code, string message) => new() { Code = code, Message = message };

    private sealed record Refusal(Rank Rank, int Priority, string RuleId, PolicyReason Reason)
    {
        public ImmutableArray<string> Needed { get; init; } = [];
    }
}
