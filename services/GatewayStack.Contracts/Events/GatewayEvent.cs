using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Contracts.Events;

/// <summary>One thing that happened: the schema shared by decisions, outcomes, failed sign-ins, administration and audit reads.</summary>
/// <remarks>The writer encrypts <see cref="Personal"/> and resource ids before anything is stored; what stays clear is pseudonymous.</remarks>
public sealed record GatewayEvent
{
    /// <summary>One of <see cref="EventTypes"/>.</summary>
    public required string Type { get; init; }

    /// <summary>When it happened (UTC, microseconds).</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The tenant; <c>default</c> where nobody was identified.</summary>
    public required string Tenant { get; init; }

    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>W3C traceparent of the request.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The modes it ran under.</summary>
    public ModuleModes Modes { get; init; } = new();

    /// <summary>Stages that went on without their module.</summary>
    public ImmutableArray<string> Degraded { get; init; } = [];

    /// <summary>Who, in pseudonymous facts.</summary>
    public EventCaller? Caller { get; init; }

    /// <summary>Who, in personal values; encrypted before it is stored.</summary>
    public EventPersonal? Personal { get; init; }

    /// <summary>The action, such as <c>model.call</c>.</summary>
    public string? Action { get; init; }

    /// <summary>Name of the route.</summary>
    public string? Route { get; init; }

    /// <summary>HTTP method and path template, never the path itself.</summary>
    public string? Operation { get; init; }

    /// <summary>The model the caller named.</summary>
    public string? Model { get; init; }

    /// <summary>The backend.</summary>
    public string? Backend { get; init; }

    /// <summary>The call to an MCP server.</summary>
    public EventMcp? Mcp { get; init; }

    /// <summary>What it was about; ids are encrypted before they are stored.</summary>
    public ImmutableArray<ResourceReference> Resources { get; init; } = [];

    /// <summary>Why, where stated.</summary>
    public string? Purpose { get; init; }

    /// <summary>The request this one was made for.</summary>
    public string? ParentRequestId { get; init; }

    /// <summary>The client's own request id.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The agent run.</summary>
    public string? RunId { get; init; }

    /// <summary>Retention class; <c>standard</c> unless said.</summary>
    public string Retention { get; init; } = "standard";

    /// <summary>What was decided.</summary>
    public EventDecision? Decision { get; init; }

    /// <summary>What was in the content, in facts.</summary>
    public EventContent? Content { get; init; }

    /// <summary>What limits said.</summary>
    public EventLimits? Limits { get; init; }

    /// <summary>Where it went.</summary>
    public RoutingDecision? Routing { get; init; }

    /// <summary>Every attempt's usage: what the ledger is made from.</summary>
    public ImmutableArray<AttemptUsage> Attempts { get; init; } = [];

    /// <summary>The request's usage.</summary>
    public UsageRecord? Usage { get; init; }

    /// <summary>True when a child request pays.</summary>
    public bool ChargedByChild { get; init; }

    /// <summary>One of <see cref="EventOutcomes"/>, on outcomes and refusals.</summary>
    public string? Outcome { get; init; }

    /// <summary>HTTP status the caller got.</summary>
    public int? Status { get; init; }

    /// <summary>Our error code, such as <c>model_not_allowed</c>, or the internal reason of a failed sign-in.</summary>
    public string? Reason { get; init; }

    /// <summary>An administrative act.</summary>
    public EventAdministration? Administration { get; init; }

    /// <summary>
    /// For <see cref="EventTypes.Gap"/>: how many events were lost; for <see cref="EventTypes.SignInFailed"/>: how many were left out since the last one, under a flood.
    /// </summary>
    public long? Lost { get; init; }
}
