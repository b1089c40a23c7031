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
    private SortedSet<string>? _needed;
    private bool _isAllowedWhereScanned;

    /// <summary>Allow rules that could not be judged, over all targets.</summary>
    public int AllowErrors { get; private set; }

    public PolicyDecision Decide()
    {
        var permitted = ImmutableArray.CreateBuilder<PermittedTarget>(question.Targets.Length);
        ImmutableArray<PolicyReason> passedOver = [];
        foreach (var target in question.Targets)
        {
            if (Decide(target) is { } obligations)
            {
                passedOver = permitted.Count == 0 && target.Id != question.Targets[0].Id ? _refusals.ToReasons() : passedOver;
                permitted.Add(new PermittedTarget { TargetId = target.Id, Obligations = obligations.ToContract() });
            }
        }

        if (permitted.Count == 0 && question is { Mcp: not null, Targets.IsEmpty: false } && !IsNamed())
        {
            _refusals.NamedByNoRule();
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
            PassedOver = passedOver,
            RequiredScopes = effect == PolicyEffect.Deny ? _refusals.RequiredScopes : [.. _needed ?? []],
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
            _refusals.Unmet(unmet, target, _allows.Count > 0 ? new Gap([], [.. AllowedBy()]) : NearestGap(target), RequiredAt(target));
            return null;
        }

        if (_allows.Count == 0)
        {
            if (_isAllowedWhereScanned)
            {
                _refusals.Unscanned();
            }

            _refusals.NotAllowed(NearestGap(target), RequiredAt(target));
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

        if (!CanRedact(obligations, scanned))
        {
            return null;
        }

        Need(AllowedBy());
        Need(RequiredAt(target));
        return obligations;
    }

    // The scopes that the rules which let the caller in ask for.
    private IEnumerable<string> AllowedBy() => _allows.SelectMany(r => r.Who.NeededScopes(question.Identity.Scopes));

    // The scopes that requirements ask for at the target, met or not.
    private IEnumerable<string> RequiredAt(PolicyTarget target)
    {
        foreach (var rule in _rules.Requires)
        {
            if (rule.Who.AsksForScopes && rule.Applies(rule.See(question, target)) != Ternary.False)
            {
                foreach (var scope in rule.Who.NeededScopes(question.Identity.Scopes))
                {
                    yield return scope;
                }
            }
        }
    }

    private void Need(IEnumerable<string> scopes)
    {
        foreach (var scope in scopes)
        {
            (_needed ??= new(StringComparer.Ordinal)).Add(scope);
        }
    }

    // Whether an allow rule is about this at all, whoever asks.
    private bool IsNamed() => _rules.AllowsOf(question).Concat(_rules.OtherAllows).Any(r => r.IsAboutMcp(question.Action, question.Mcp!));

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
                _refusals.Denied(rule, target, matches);
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
        _isAllowedWhereScanned = false;
        FindAllows(_rules.AllowsOf(question), target);
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
                    _isAllowedWhereScanned |= !question.Content.Unscanned.IsEmpty && rule.Matches(rule.See(question, target).WithoutUnscanned) == Ternary.True;
                    break;
            }
        }
    }

    // The allow rule that lacks least, where nothing but roles and scopes is missing. Only asked when a target is refused.
    private Gap? NearestGap(PolicyTarget target)
    {
        Gap? nearest = null;
        foreach (var rule in _rules.AllowsOf(question).Concat(_rules.OtherAllows))
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
