using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayStack.Policy.Compilation;

/// <summary>All rules of one policy, indexed. Immutable: a request that took it keeps it to its end.</summary>
internal sealed class PolicySnapshot
{
    private readonly FrozenDictionary<string, RuleSet> _byAction;
    private readonly RuleSet _otherActions;

    public PolicySnapshot(ImmutableArray<Rule> rules)
    {
        Rules = rules;
        _byAction = rules.SelectMany(r => r.Actions).Distinct(StringComparer.Ordinal).ToFrozenDictionary(
            action => action,
            action => new RuleSet(rules.Where(r => r.Actions.IsEmpty || r.Actions.Contains(action, StringComparer.Ordinal))),
            StringComparer.Ordinal);
        _otherActions = new RuleSet(rules.Where(r => r.Actions.IsEmpty));
    }

    public ImmutableArray<Rule> Rules { get; }

    /// <summary>The rules that can be about an action.</summary>
    public RuleSet For(string action) => _byAction.GetValueOrDefault(action, _otherActions);
}

/// <summary>The rules of one action, by effect; allow rules that name models exactly are found by the model's name.</summary>
internal sealed class RuleSet
{
    private readonly FrozenDictionary<string, ImmutableArray<Rule>> _allowsByModel;

    public RuleSet(IEnumerable<Rule> rules)
    {
        var all = rules.ToImmutableArray();
        Denies = [.. all.Where(r => r.Effect == RuleEffect.Deny)];
        Requires = [.. all.Where(r => r.Effect == RuleEffect.Require)];
        var allows = all.Where(r => r.Effect == RuleEffect.Allow).ToLookup(NamesModelsExactly);
        OtherAllows = [.. allows[false]];
        _allowsByModel = allows[true]
            .SelectMany(rule => rule.Models.Select(m => (Model: m.Pattern, Rule: rule)))
            .GroupBy(p => p.Model, p => p.Rule, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }

    public ImmutableArray<Rule> Denies { get; }

    public ImmutableArray<Rule> Requires { get; }

    /// <summary>Allow rules that name no model, or name them by a pattern.</summary>
    public ImmutableArray<Rule> OtherAllows { get; }

    /// <summary>Allow rules that name this very model.</summary>
    public ImmutableArray<Rule> AllowsOf(string? model) => model is null ? [] : _allowsByModel.GetValueOrDefault(model, []);

    private static bool NamesModelsExactly(Rule rule) => !rule.Models.IsEmpty && rule.Models.All(m => m.IsExact);
}
