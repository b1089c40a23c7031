using GatewayStack.Limits.Windows;

namespace GatewayStack.Limits.Documents;

/// <summary>Whose use is counted together.</summary>
internal enum LimitPer
{
    User,
    Team,
    Org,
    Tenant,

    /// <summary>Each tool of each server apart, for each user.</summary>
    UserTool,
}

/// <summary>What is counted.</summary>
internal enum LimitMetric
{
    Requests,
    Tokens,
    Cost,
}

/// <summary>One limit of a <c>gateway.limits/v1</c> document.</summary>
internal sealed record LimitRule
{
    public required string Name { get; init; }

    public required LimitPer Per { get; init; }

    public required LimitMetric Metric { get; init; }

    public required WindowKind Window { get; init; }

    /// <summary>Requests, tokens or micro-units per window; 0 allows nothing.</summary>
    public required long Limit { get; init; }

    public LimitMatch Match { get; init; } = LimitMatch.Everything;

    /// <summary>Names what is counted, apart from how much of it is allowed: a limit whose amount or name changes keeps its counters.</summary>
    public string Series => $"{Per}/{Metric}/{Window}/{Match.Canonical}";
}
