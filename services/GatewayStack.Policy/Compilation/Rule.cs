using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;
using static GatewayStack.Policy.Compilation.TernaryLogic;

namespace GatewayStack.Policy.Compilation;

internal enum RuleEffect
{
    Allow,
    Deny,
    Require,
}

/// <summary>One rule, compiled. Immutable.</summary>
internal sealed record Rule
{
    public const int DefaultPriority = 100;

    public required string Id { get; init; }

    public required RuleEffect Effect { get; init; }

    public int Priority { get; init; } = DefaultPriority;

    public Who Who { get; init; } = new();

    public ImmutableArray<string> Actions { get; init; } = [];

    public ImmutableArray<Glob> Models { get; init; } = [];

    public ImmutableArray<Glob> Backends { get; init; } = [];

    public ImmutableArray<string> Methods { get; init; } = [];

    public ImmutableArray<PathGlob> Paths { get; init; } = [];

    public McpSelector Mcp { get; init; } = McpSelector.None;

    public TargetSelector Targets { get; init; } = new();

    public Predicate? When { get; init; }

    public Obligations Obligations { get; init; } = Obligations.None;

    public bool AllowUnscanned { get; init; }

    public RuleReason? Reason { get; init; }

    public Facts See(PolicyQuestion question, PolicyTarget target) => new(question, target, AllowUnscanned);

    /// <summary>Whether the rule is about this request and target at all.</summary>
    public Ternary Applies(in Facts facts)
    {
        var question = facts.Question;
        return CanBeAbout(question.Action) && (question.Mcp is { } call ? IsAboutMcp(question.Action, call) : Mcp.IsEmpty && IsAboutModel(facts) && IsAboutBackend(question))
            ? Targets.Matches(facts.Target)
            : Ternary.False;
    }

    /// <summary>False where the rule is about no request of this action, whatever it asks for.</summary>
    public bool CanBeAbout(string action) => Actions.IsEmpty || Actions.Contains(action, StringComparer.Ordinal);

    /// <summary>Whether the rule is about a call to an MCP server. What names models or backends never is.</summary>
    public bool IsAboutMcp(string action, McpFacts call) =>
        Models.IsEmpty && Backends.IsEmpty && Methods.IsEmpty && Paths.IsEmpty && (Effect == RuleEffect.Allow ? Mcp.Grants(action, call) : Mcp.Restricts(action, call));

    /// <summary>Whether what it says of the caller and the request is so.</summary>
    public Ternary Holds(in Facts facts)
    {
        var who = Who.Matches(facts.Question.Identity);
        return who == Ternary.False ? who : And(who, Condition(facts));
    }

    public Ternary Condition(in Facts facts) => When?.Evaluate(facts) ?? Ternary.True;

    /// <summary>Allow and deny rules: applies and holds.</summary>
    public Ternary Matches(in Facts facts)
    {
        var applies = Applies(facts);
        return applies == Ternary.False ? applies : And(applies, Holds(facts));
    }

    /// <summary>Require rules: holds wherever it applies.</summary>
    public Ternary IsMet(in Facts facts)
    {
        var applies = Applies(facts);
        return applies == Ternary.False ? Ternary.True : Or(Not(applies), Holds(facts));
    }

    // An allow rule grants what it names, by the name the caller used; the others hold for the target's own model too, so that no alias goes round them.
    private bool IsAboutModel(in Facts facts)
    {
        var named = facts.Question.Model;
        if (Models.IsEmpty)
        {
            return Effect != RuleEffect.Allow || named is null;
        }

        return Glob.Any(Models, named) || (Effect != RuleEffect.Allow && Glob.Any(Models, facts.Target.Model));
    }

    private bool IsAboutBackend(PolicyQuestion question)
    {
        var backend = question.Backend;
        if (backend is null)
        {
            return Backends.IsEmpty && Methods.IsEmpty && Paths.IsEmpty;
        }

        if (Backends.IsEmpty ? Effect == RuleEffect.Allow : !Glob.Any(Backends, backend.Name))
        {
            return false;
        }

        return (Methods.IsEmpty || Methods.Contains(backend.Method, StringComparer.OrdinalIgnoreCase)) && (Paths.IsEmpty || Any(Paths, backend.Path));
    }

    private static bool Any(ImmutableArray<PathGlob> globs, string path)
    {
        foreach (var glob in globs)
        {
            if (glob.Matches(path))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>What the caller is told when a deny or require rule refuses.</summary>
internal sealed record RuleReason(string Code, string? Message);

/// <summary>The targets a rule is about. Lists that are empty do not restrict; a fact the operator left out cannot be judged.</summary>
internal sealed record TargetSelector
{
    public ImmutableArray<string> Classes { get; init; } = [];

    public ImmutableArray<string> Regions { get; init; } = [];

    public ImmutableArray<string> Providers { get; init; } = [];

    public bool IsEmpty => Classes.IsEmpty && Regions.IsEmpty && Providers.IsEmpty;

    public Ternary Matches(PolicyTarget target) =>
        And(And(Who.One(Classes, target.Class), Who.One(Regions, target.Region)), Who.One(Providers, target.Provider));
}
