using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Contracts.Router;

/// <summary>How strictly a module's verdicts are applied.</summary>
public enum ModuleMode
{
    /// <summary>Not said; read as <see cref="Enforce"/>.</summary>
    Unspecified = 0,

    /// <summary>Verdicts are applied.</summary>
    Enforce = 1,

    /// <summary>Verdicts are computed and recorded; the request goes on.</summary>
    Observe = 2,

    /// <summary>The module is not asked; the operator's explicit word.</summary>
    Off = 3,
}

/// <summary>The modes of one request; they stand in every event.</summary>
public sealed record ModuleModes
{
    /// <summary>Transform's mode.</summary>
    public ModuleMode Transform { get; init; } = ModuleMode.Enforce;

    /// <summary>Policy's mode.</summary>
    public ModuleMode Policy { get; init; } = ModuleMode.Enforce;

    /// <summary>Limits' mode.</summary>
    public ModuleMode Limits { get; init; } = ModuleMode.Enforce;
}

/// <summary>A model request as far as the gateway reads it: a view, the bytes stay as they came.</summary>
public sealed record ModelRequest
{
    /// <summary>The model the caller named.</summary>
    public required string Model { get; init; }

    /// <summary>Names of the tools offered.</summary>
    public ImmutableArray<string> Tools { get; init; } = [];

    /// <summary>Output tokens asked for.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>How many choices; 1 unless said.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>True when a stream is asked for.</summary>
    public bool Stream { get; init; }
}

/// <summary>One target of a route.</summary>
public sealed record RouteTarget
{
    /// <summary>Names the target inside the request.</summary>
    public required string Id { get; init; }

    /// <summary>The provider's configured name, or the backend's.</summary>
    public required string Provider { get; init; }

    /// <summary>The model at that provider.</summary>
    public string? Model { get; init; }

    /// <summary>Region, where configured.</summary>
    public string? Region { get; init; }

    /// <summary>Class, where configured.</summary>
    public string? Class { get; init; }

    /// <summary>The most output tokens, spliced in where the client sets no limit.</summary>
    public long MaxOutputTokens { get; init; }
}

/// <summary>How one attempt ended.</summary>
public sealed record RoutingAttempt
{
    /// <summary>Number of the attempt, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The target.</summary>
    public required RouteTarget Target { get; init; }

    /// <summary>HTTP status of the answer; null when none came.</summary>
    public int? Status { get; init; }

    /// <summary>Why it failed: <c>connect</c>, <c>timeout</c>, <c>status</c>, <c>garbage</c>, <c>broken_off</c>, <c>cancelled</c>, <c>cut_off</c>; null when it did not.</summary>
    public string? Error { get; init; }
}

/// <summary>Where the request went.</summary>
public sealed record RoutingDecision
{
    /// <summary>The provider or backend that answered, or was tried last.</summary>
    public required string Provider { get; init; }

    /// <summary>The model there.</summary>
    public string? Model { get; init; }

    /// <summary>Its region.</summary>
    public string? Region { get; init; }

    /// <summary>Its class.</summary>
    public string? Class { get; init; }

    /// <summary>The alias the caller named, where it was one.</summary>
    public string? Alias { get; init; }

    /// <summary>Every attempt, in order.</summary>
    public ImmutableArray<RoutingAttempt> Attempts { get; init; } = [];
}

/// <summary>A thing the request is about, such as a patient's record.</summary>
public sealed record ResourceReference
{
    /// <summary>Type, such as <c>record</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Its id. A personal value: encrypted in events, with a salted commitment in its place.</summary>
    public required string Id { get; init; }
}

/// <summary>Everything the modules learnt about one request. Lives inside the pipeline and never crosses a wire; each stage fills in its part once.</summary>
/// <remarks>Not safe for concurrent use: a request has one pipeline.</remarks>
public sealed class RequestContext
{
    /// <summary>Minted by the gateway; the only key for idempotence.</summary>
    public required string RequestId { get; init; }

    /// <summary>The request a backend was serving when it made this one.</summary>
    public string? ParentRequestId { get; set; }

    /// <summary>The client's own <c>x-request-id</c>, recorded beside ours.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>The agent run this request belongs to, where the client names one (<c>x-run-id</c>).</summary>
    public string? RunId { get; init; }

    /// <summary>W3C trace id.</summary>
    public string? TraceId { get; init; }

    /// <summary>Who is calling.</summary>
    public CallerIdentity? Identity { get; set; }

    /// <summary>Why, where the caller states it (<c>x-purpose</c>).</summary>
    public string? Purpose { get; init; }

    /// <summary>What the request is about.</summary>
    public ImmutableArray<ResourceReference> Resources { get; set; } = [];

    /// <summary>The texts of the request.</summary>
    public ImmutableArray<ContentSegment> Content { get; set; } = [];

    /// <summary>What is in them.</summary>
    public ContentMetadata? Metadata { get; set; }

    /// <summary>What is in those that no model has answered yet; null where these are all.</summary>
    public ContentMetadata? NewMetadata { get; set; }

    /// <summary>The model request, on routes that have one.</summary>
    public ModelRequest? ModelRequest { get; set; }

    /// <summary>Where it could go, before the decision.</summary>
    public ImmutableArray<RouteTarget> Candidates { get; set; } = [];

    /// <summary>Whether it may.</summary>
    public PolicyDecision? PolicyDecision { get; set; }

    /// <summary>How much it may use.</summary>
    public LimitsDecision? LimitsDecision { get; set; }

    /// <summary>Where it went.</summary>
    public RoutingDecision? RoutingDecision { get; set; }

    /// <summary>What it used.</summary>
    public UsageRecord? Usage { get; set; }

    /// <summary>Stages that went on without their module, such as <c>transform</c>.</summary>
    public ImmutableArray<string> Degraded { get; set; } = [];

    /// <summary>The modes it ran under.</summary>
    public ModuleModes Modes { get; init; } = new();

    /// <summary>For additions that have no member yet.</summary>
    public IDictionary<string, string> Extensions { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
