using System.Collections.Immutable;

namespace GatewayStack.Contracts.Events;

/// <summary>A policy decision, as recorded.</summary>
public sealed record EventDecision
{
    /// <summary><c>allow</c>, <c>deny</c> or <c>modify</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>Reason codes.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>Ids of the rules that decided.</summary>
    public ImmutableArray<string> RuleIds { get; init; } = [];

    /// <summary>Revision of the policy.</summary>
    public string? PolicyRevision { get; init; }

    /// <summary>Obligations, such as <c>0:redact:EMAIL</c> or <c>0:lower_max_tokens:100</c>.</summary>
    public ImmutableArray<string> Obligations { get; init; } = [];
}
