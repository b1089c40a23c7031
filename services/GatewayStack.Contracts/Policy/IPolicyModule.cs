using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Contracts.Policy;

/// <summary>Decides whether an identified caller may do what a request asks for.</summary>
/// <remarks>Safe for concurrent use. A request's own fault is a decision, never an exception. Every decision of one call is taken on one policy revision.</remarks>
public interface IPolicyModule
{
    /// <summary>Decides one question.</summary>
    Task<PolicyDecision> DecideAsync(PolicyQuestion question, CancellationToken cancellationToken);

    /// <summary>Decides several questions, answered in their order: for lists that show only what the caller may use.</summary>
    Task<ImmutableArray<PolicyDecision>> DecideManyAsync(ImmutableArray<PolicyQuestion> questions, CancellationToken cancellationToken);

    /// <summary>Says what the rules ask for tools, whoever calls them: for catalogues that show everyone the same, and for the report of tools without a rule.</summary>
    Task<ToolRules> DescribeToolsAsync(ToolRulesQuestion question, CancellationToken cancellationToken);
}

/// <summary>The facts of one decision; never the content.</summary>
public sealed record PolicyQuestion
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Who asks.</summary>
    public required CallerIdentity Identity { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>What they want to do, one of <see cref="GatewayActions"/>.</summary>
    public required string Action { get; init; }

    /// <summary>The model the caller named (an alias before its resolution), for model actions and for backends that declare a model pointer.</summary>
    public string? Model { get; init; }

    /// <summary>The backend, for backend actions.</summary>
    public BackendFacts? Backend { get; init; }

    /// <summary>The call to an MCP server, for MCP actions.</summary>
    public McpFacts? Mcp { get; init; }

    /// <summary>Where the request could go; for a backend without a model, one target that stands for it.</summary>
    public ImmutableArray<PolicyTarget> Targets { get; init; } = [];

    /// <summary>What is in it.</summary>
    public required ContentMetadata Content { get; init; }

    /// <summary>What is in the part of it that no model has answered yet; null where that is all of it.</summary>
    public ContentMetadata? NewContent { get; init; }

    /// <summary>Output tokens the caller asked for.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>Names of the tools the request offers to the model.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Why, where the caller stated it.</summary>
    public string? Purpose { get; init; }

    /// <summary>The time of the decision: rules have no clock of their own.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(PolicyQuestion)} {RequestId} {Action}";
}

/// <summary>A call to a backend, as rules see it.</summary>
public sealed record BackendFacts
{
    /// <summary>The backend's configured name.</summary>
    public required string Name { get; init; }

    /// <summary>HTTP method, upper case.</summary>
    public required string Method { get; init; }

    /// <summary>Path below the backend, decoded, beginning with a slash.</summary>
    public required string Path { get; init; }
}

/// <summary>A call to an MCP server, as rules see it.</summary>
public sealed record McpFacts
{
    /// <summary>The server's configured name.</summary>
    public required string Server { get; init; }

    /// <summary>The JSON-RPC method, such as <c>tools/call</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The tool, as the server names it, for <see cref="GatewayActions.ToolCall"/>.</summary>
    public string? Tool { get; init; }

    /// <summary>The resource's URI, for <see cref="GatewayActions.ResourceRead"/>.</summary>
    public string? Resource { get; init; }

    /// <summary>The prompt, for <see cref="GatewayActions.PromptGet"/>.</summary>
    public string? Prompt { get; init; }

    /// <summary>What the server says of the tool; hints of the server, no promises. Null where it says nothing.</summary>
    public ToolAnnotations? Annotations { get; init; }
}

/// <summary>A tool's annotations (MCP, ToolAnnotations); null where the server leaves one out.</summary>
public sealed record ToolAnnotations
{
    /// <summary><c>readOnlyHint</c>.</summary>
    public bool? ReadOnly { get; init; }

    /// <summary><c>destructiveHint</c>.</summary>
    public bool? Destructive { get; init; }

    /// <summary><c>idempotentHint</c>.</summary>
    public bool? Idempotent { get; init; }

    /// <summary><c>openWorldHint</c>.</summary>
    public bool? OpenWorld { get; init; }
}

/// <summary>Asks what the rules say of a server's tools.</summary>
public sealed record ToolRulesQuestion
{
    /// <summary>The server's configured name.</summary>
    public required string Server { get; init; }

    /// <summary>The tools it has.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];
}

/// <summary>What the rules say of a server's tools.</summary>
public sealed record ToolRules
{
    /// <summary>One entry for each tool asked for, in their order.</summary>
    public ImmutableArray<ToolRule> Tools { get; init; } = [];

    /// <summary>Tool names in rules that can be about this server and fit none of its tools, sorted.</summary>
    public ImmutableArray<string> WithoutTool { get; init; } = [];

    /// <summary>SHA-256 of the policy's canonical bytes, in hex.</summary>
    public required string PolicyRevision { get; init; }
}

/// <summary>What the rules say of one tool.</summary>
public sealed record ToolRule
{
    /// <summary>The tool.</summary>
    public required string Tool { get; init; }

    /// <summary>True when an allow rule names it, and no deny rule refuses it to everyone.</summary>
    public required bool Named { get; init; }

    /// <summary>True when scopes are all that it asks for: no role, tenant, client, or condition that only a known caller can meet.</summary>
    public bool OnlyScopes { get; init; }

    /// <summary>The scopes that a call needs, sorted.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];
}

/// <summary>One place a request could go.</summary>
public sealed record PolicyTarget
{
    /// <summary>Names the target inside this question.</summary>
    public required string Id { get; init; }

    /// <summary>The provider, or the backend.</summary>
    public required string Provider { get; init; }

    /// <summary>The model at that provider; null for a backend without a model.</summary>
    public string? Model { get; init; }

    /// <summary>Region, where configured.</summary>
    public string? Region { get; init; }

    /// <summary>Class, where configured: <c>internal</c>, <c>external</c>, ...</summary>
    public string? Class { get; init; }
}

/// <summary>The verdict. Everything but <see cref="Allow"/> and <see cref="Modify"/> refuses.</summary>
public enum PolicyEffect
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>Allowed as asked, at the permitted targets.</summary>
    Allow = 1,

    /// <summary>Refused.</summary>
    Deny = 2,

    /// <summary>Allowed under obligations.</summary>
    Modify = 3,
}

/// <summary>What must be done when the request goes to a target. One that cannot be carried out is a refusal.</summary>
public sealed record Obligation
{
    /// <summary>The kind; anything unknown refuses.</summary>
    public required ObligationKind Kind { get; init; }

    /// <summary>For those that say what is done with findings: the types; empty means every type that no other of the target's obligations names.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>For <see cref="ObligationKind.LowerMaxTokens"/>: the highest number of output tokens.</summary>
    public long? Value { get; init; }
}

/// <summary>Kinds of obligations.</summary>
public enum ObligationKind
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>Redact findings before the request leaves.</summary>
    Redact = 1,

    /// <summary>Lower the number of output tokens.</summary>
    LowerMaxTokens = 2,

    /// <summary>Star findings, but for their last characters (<see cref="Transform.ContentAction.Mask"/>).</summary>
    Mask = 3,

    /// <summary>Put keyed hashes in place of findings.</summary>
    Hash = 4,

    /// <summary>Put pseudonyms in place of findings, and put those back in the answer.</summary>
    Pseudonymise = 5,

    /// <summary>The same, with pseudonyms of the same form.</summary>
    PseudonymiseFormat = 6,

    /// <summary>Refuse the request where such a thing is found.</summary>
    Block = 7,
}

/// <summary>A target the decision permits.</summary>
public sealed record PermittedTarget
{
    /// <summary>The target's id from the question.</summary>
    public required string TargetId { get; init; }

    /// <summary>What must be done if this target is used: the strictest of every kind.</summary>
    public ImmutableArray<Obligation> Obligations { get; init; } = [];
}

/// <summary>Why a decision fell as it did.</summary>
public sealed record PolicyReason
{
    /// <summary>
    /// Machine-readable: <c>no_rule_matched</c>, <c>missing_role</c>, <c>missing_scope</c>, <c>denied</c>, <c>rule_error</c>, <c>requirement_not_met</c>,
    /// <c>unsupported_obligation</c>, ...
    /// </summary>
    public required string Code { get; init; }

    /// <summary>A sentence the caller may see; never names a rule or a threshold.</summary>
    public string? Message { get; init; }

    /// <summary>Scopes that would let the caller in, where that is all that is missing.</summary>
    public ImmutableArray<string> MissingScopes { get; init; } = [];
}

/// <summary>Result of a decision.</summary>
public sealed record PolicyDecision
{
    /// <summary>The verdict.</summary>
    public required PolicyEffect Effect { get; init; }

    /// <summary>The targets it holds for, in the question's order; empty when refused.</summary>
    public ImmutableArray<PermittedTarget> Permitted { get; init; } = [];

    /// <summary>Why; the first one is what the caller is told.</summary>
    public ImmutableArray<PolicyReason> Reasons { get; init; } = [];

    /// <summary>Why the targets that stand before the first permitted one are not; empty where the first of all is permitted, or none.</summary>
    public ImmutableArray<PolicyReason> PassedOver { get; init; } = [];

    /// <summary>All scopes that the operation needs, those that the caller has included, sorted; empty where it needs none, or where no scope would help.</summary>
    public ImmutableArray<string> RequiredScopes { get; init; } = [];

    /// <summary>Ids of the rules that decided, sorted; for the audit only.</summary>
    public ImmutableArray<string> RuleIds { get; init; } = [];

    /// <summary>SHA-256 of the policy's canonical bytes, in hex.</summary>
    public required string PolicyRevision { get; init; }

    /// <summary>True when the request may go on.</summary>
    public bool Permits => Effect is PolicyEffect.Allow or PolicyEffect.Modify;
}
