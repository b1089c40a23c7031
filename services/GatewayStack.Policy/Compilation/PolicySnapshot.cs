using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>All rules of one policy, indexed. Immutable: a request that took it keeps it to its end.</summary>
internal sealed class PolicySnapshot
{
    private readonly FrozenDictionary<string, RuleSet> _byAction;
    private readonly RuleSet _otherActions;

    public PolicySnapshot(ImmutableArray<Rule> rules)
    {
        Rules = rules;
        _byAction = rules.SelectMany(r => r.Actions).Append(GatewayActions.ToolCall).Distinct(StringComparer.Ordinal).ToFrozenDictionary(
            action => action,
            action => new RuleSet(action, rules.Where(r => r.CanBeAbout(action))),
            StringComparer.Ordinal);
        _otherActions = new RuleSet(action: null, rules.Where(r => r.Actions.IsEmpty));
    }

    public ImmutableArray<Rule> Rules { get; }

    /// <summary>Types and labels in rules that nothing built in finds: rows of the operator's must, and whether they do is not known here.</summary>
    public ImmutableArray<string> UnfoundNames { get; init; } = [];

    /// <summary>The rules that can be about an action.</summary>
    public RuleSet For(string action) => _byAction.GetValueOrDefault(action, _otherActions);
}

/// <summary>The rules of one action, by effect; allow rules that name models exactly, or tools where those are called, are found by the name.</summary>
internal sealed class RuleSet
{
    private readonly bool _isAboutTools;
    private readonly FrozenDictionary<string, ImmutableArray<Rule>> _allowsByName;

    public RuleSet(string? action, IEnumerable<Rule> rules)
    {
        _isAboutTools = action == GatewayActions.ToolCall;
        var all = rules.ToImmutableArray();
        Denies = [.. all.Where(r => r.Effect == RuleEffect.Deny)];
        Requires = [.. all.Where(r => r.Effect == RuleEffect.Require)];
        var allows = all.Where(r => r.Effect == RuleEffect.Allow).ToLookup(NamesExactly);
        OtherAllows = [.. allows[false]];
        _allowsByName = allows[true]
            .SelectMany(rule => NamesOf(rule).Select(m => (Name: m.Pattern, Rule: rule)))
            .GroupBy(p => p.Name, p => p.Rule, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
    }

    public ImmutableArray<Rule> Denies { get; }

    public ImmutableArray<Rule> Requires { get; }

    /// <summary>Allow rules that name nothing, or name it by a pattern.</summary>
    public ImmutableArray<Rule> OtherAllows { get; }

    /// <summary>Allow rules that name this very model, or this very tool.</summary>
    public ImmutableArray<Rule> AllowsOf(PolicyQuestion question) =>
        (_isAboutTools ? question.Mcp?.Tool : question.Model) is { } name ? _allowsByName.GetValueOrDefault(name, []) : [];

    private bool NamesExactly(Rule rule) => NamesOf(rule) is { IsEmpty: false } names && names.All(m => m.IsExact);

    private ImmutableArray<Glob> NamesOf(Rule rule) => _isAboutTools ? rule.Mcp.Tools : rule.Models;
}
