using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Evaluation;

/// <summary>Decides one question on one snapshot. A pure function: the same arguments always give the same answer.</summary>
internal sealed class PolicyEvaluator(PolicySnapshot snapshot, string revision, PolicyQuestion question)
{
    private readonly RuleSet _rules = snapshot.For(question.Action);
    private readonly SortedSet<string> _decided = new(StringComparer.Ordinal);
    private readonly Refusals _refusals = new(question);
    private readonly List<Rule> _allows = [];

    /// <summary>Allow rules that could not be judged, over all targets.</summary>
    public int AllowErrors { get; private set; }

    public PolicyDecision Decide()
    {
        var permitted = ImmutableArray.CreateBuilder<PermittedTarget>(question.Targets.Length);
        foreach (var target in question.Targets)
        {
            if (Decide(target) is { } obligations)
            {
                permitted.Add(new PermittedTarget { TargetId = target.Id, Obligations = obligations.ToContract() });
            }
        }

        var effect = permitted switch
        {
            { Count: 0 } => PolicyEffect.Deny,
            _ when permitted.Any(p => !p.Obligations.IsEmpty) => PolicyEffect.Modify,
            _ => PolicyEffect.Allow,
        };
        return new PolicyDecision
        {
            Effect = effect,
            Permitted = permitted.ToImmutable(),
            Reasons = effect == PolicyEffect.Deny ? _refusals.ToReasons() : [],
            RuleIds = [.. _decided],
            PolicyRevision = revision,
        };
    }

    // What must be done at the target, or null where it is refused.
    private Obligations? Decide(PolicyTarget target)
    {
        if (IsDenied(target))
        {
            return null;
        }

        FindAllows(target);
        var unmet = Unmet(target);
        if (unmet.Count > 0)
        {
            _refusals.Unmet(unmet, target, _allows.Count > 0 ? new Gap([]) : NearestGap(target));
            return null;
        }

        if (_allows.Count == 0)
        {
            _refusals.NotAllowed(NearestGap(target));
            return null;
        }

        var obligations = Obligations.None;
        var scanned = true;
        foreach (var rule in _allows)
        {
            _decided.Add(rule.Id);
            obligations = obligations.With(rule.Obligations);
            scanned &= rule.AllowUnscanned || !rule.Obligations.Redacts;
        }

        return CanRedact(obligations, scanned) ? obligations : null;
    }

    private bool IsDenied(PolicyTarget target)
    {
        var denied = false;
        foreach (var rule in _rules.Denies)
        {
            var matches = rule.Matches(rule.See(question, target));
            if (matches != Ternary.False)
            {
                denied = true;
                _decided.Add(rule.Id);
                _refusals.Denied(rule, matches);
            }
        }

        return denied;
    }

    private List<Rule> Unmet(PolicyTarget target)
    {
        List<Rule> unmet = [];
        foreach (var rule in _rules.Requires)
        {
            if (rule.IsMet(rule.See(question, target)) != Ternary.True)
            {
                unmet.Add(rule);
                _decided.Add(rule.Id);
            }
        }

        return unmet;
    }

    private void FindAllows(PolicyTarget target)
    {
        _allows.Clear();
        FindAllows(_rules.AllowsOf(question.Model), target);
        FindAllows(_rules.OtherAllows, target);
    }

    private void FindAllows(ImmutableArray<Rule> rules, PolicyTarget target)
    {
        foreach (var rule in rules)
        {
            switch (rule.Matches(rule.See(question, target)))
            {
                case Ternary.True:
                    _allows.Add(rule);
                    break;
                case Ternary.Error:
                    AllowErrors++;
                    break;
            }
        }
    }

    // The allow rule that lacks least, where nothing but roles and scopes is missing. Only asked when a target is refused.
    private Gap? NearestGap(PolicyTarget target)
    {
        Gap? nearest = null;
        foreach (var rule in _rules.AllowsOf(question.Model).Concat(_rules.OtherAllows))
        {
            if (Gap.Of(rule, rule.See(question, target)) is { } gap && gap.IsNearerThan(nearest))
            {
                nearest = gap;
            }
        }

        return nearest;
    }

    // A redaction that cannot be complete is a refusal, not a promise.
    private bool CanRedact(Obligations obligations, bool scanned)
    {
        if (!obligations.Redacts)
        {
            return true;
        }

        if (question.Content.Status != ContentStatus.Complete)
        {
            _refusals.NotInspected();
            return false;
        }

        if (!scanned && !question.Content.Unscanned.IsEmpty)
        {
            _refusals.Unscanned();
            return false;
        }

        return true;
    }
}
