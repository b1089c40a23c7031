using System.Collections.Immutable;
using System.Diagnostics;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Routing;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline;

/// <summary>One request on its way through the pipeline: its HTTP side, its context, and what steps hand to each other.</summary>
internal sealed class Exchange : IDisposable
{
    public required HttpContext Http { get; init; }

    public required RequestContext Context { get; init; }

    public required GovernedRoute Route { get; init; }

    /// <summary>The configuration the request started with; it keeps it to its end.</summary>
    public required RouterSnapshot Snapshot { get; init; }

    public required long StartedAt { get; init; }

    public AuthenticationResult? Authentication { get; set; }

    /// <summary>The backend, on backend routes.</summary>
    public Backend? Backend { get; init; }

    /// <summary>The call to an MCP server, on MCP routes.</summary>
    public Mcp.McpCall? Mcp { get; init; }

    /// <summary>The action that the request is decided and recorded by.</summary>
    public string? Action => Mcp?.Action ?? Route.Route.Action;

    /// <summary>Why the request cannot go on whoever sent it; told and recorded once that is known.</summary>
    public Refusal? RefusedAtDoor { get; init; }

    /// <summary>Path below the backend, beginning with a slash, decoded.</summary>
    public string BackendPath { get; init; } = string.Empty;

    /// <summary>Method and path template of the backend's operation, where one fits.</summary>
    public string? BackendTemplate { get; set; }

    /// <summary>True when a child request pays for this one.</summary>
    public bool ChargedByChild { get; set; }

    /// <summary>The route of the model asked for, where there is one.</summary>
    public ModelRoute? Model { get; set; }

    /// <summary>The request body, where the gateway reads it.</summary>
    public ReadOnlyMemory<byte> Body { get; set; }

    public ChatRequest? Chat { get; set; }

    /// <summary>A backend's content, by segment.</summary>
    public Backends.BackendContent? BackendContent { get; set; }

    /// <summary>What is put before the messages of the request.</summary>
    public string? SystemPrompt { get; set; }

    /// <summary>True when the request came with a message in a role that its tenant does not allow.</summary>
    public bool HasDeniedRole { get; set; }

    public InspectionResult? Inspection { get; set; }

    /// <summary>How the content is treated on this route.</summary>
    public ContentTreatment Treatment { get; set; } = ContentTreatment.Off;

    /// <summary>Where the request may go, in order, with everything an attempt needs.</summary>
    public ImmutableArray<PlannedTarget> Plan { get; set; } = [];

    /// <summary>The most input tokens one attempt can be billed with; what was held and what is charged by bound are the same number.</summary>
    public long InputTokenBound { get; set; }

    /// <summary>Number of changes to the texts of what goes out.</summary>
    public int Redactions { get; set; }

    /// <summary>What is done with what is found in the answer.</summary>
    public ContentActions AnswerActions { get; set; } = ContentActions.None;

    /// <summary>Number of findings that were changed in the answer.</summary>
    public int AnswerMasked { get; set; }

    /// <summary>Number of pseudonyms that were put back in the answer.</summary>
    public int AnswerRestored { get; set; }

    /// <summary>Models the caller may use, on the list routes.</summary>
    public ImmutableArray<string> VisibleModels { get; set; } = [];

    public Activity? Activity { get; init; }

    /// <summary>True once the decision is on record: from then on the end must be, too.</summary>
    public bool DecisionRecorded { get; set; }

    /// <summary>True once the outcome is on record.</summary>
    public bool OutcomeRecorded { get; set; }

    /// <summary>True once the hold was settled, or its settlement is on its way.</summary>
    public bool SettlementSubmitted { get; set; }

    /// <summary>True once Limits was asked, until it has answered: it may hold something for this request all the same.</summary>
    public bool MayBeHeld { get; set; }

    /// <summary>How often Limits was asked for this request.</summary>
    public int ReservationAttempts { get; set; }

    /// <summary>The call among those under way, once it is known who calls.</summary>
    public Standings.LiveExchange? Live { get; set; }

    /// <summary>The block that refuses the call or has ended it; null where there is none.</summary>
    public Standings.CutOff? CutOff { get; set; }

    /// <summary>Where the attempt under way goes.</summary>
    public RouteTarget? Attempting { get; set; }

    /// <summary>How the execution ended; set by Execute.</summary>
    public ExecutionResult? Execution { get; set; }

    /// <summary>The end of the answer, held back until the outcome is on record.</summary>
    public IHeldBackEnd? HeldBack { get; set; }

    /// <summary>A keyed hash of who asks for what, once it was needed.</summary>
    public string? Digest { get; set; }

    /// <summary>The caller's internal assertion, which goes with every call to a module.</summary>
    public string? Assertion => Authentication?.InternalAssertion;

    /// <summary>Parts of the content that are not text.</summary>
    public ImmutableArray<UnscannedPart> Unscanned => Chat?.Unscanned ?? BackendContent?.Unscanned ?? [];

    /// <summary>Documents among the content.</summary>
    public ImmutableArray<ContentAttachment> Attachments => Chat?.Attachments ?? BackendContent?.Attachments ?? [];

    public string Tenant => Context.Identity?.Tenant ?? "default";

    /// <summary>Marks the request, once for each module: in its answer, in its records, and in the metrics.</summary>
    public void Degrade(string stage, RouterMetrics metrics)
    {
        if (!Context.Degraded.Contains(stage))
        {
            Context.Degraded = Context.Degraded.Add(stage);
            metrics.Degraded(stage);
            ShowDegraded();
        }
    }

    /// <summary>Says in the answer's headers which stages went on without their module; nobody upstream says so for us.</summary>
    public void ShowDegraded()
    {
        if (Http.Response.HasStarted)
        {
            return;
        }

        if (Context.Degraded.IsEmpty)
        {
            Http.Response.Headers.Remove("x-gateway-degraded");
        }
        else
        {
            Http.Response.Headers["x-gateway-degraded"] = string.Join(',', Context.Degraded);
        }
    }

    public void Dispose()
    {
        Live?.Dispose();
        Mcp?.Dispose();
        Chat?.Dispose();
        BackendContent?.Dispose();
    }
}

/// <summary>A permitted target and what it is sent.</summary>
internal sealed record PlannedTarget
{
    public required RouteTarget Target { get; init; }

    public Provider? Provider { get; init; }

    public required string MaxTokensMember { get; init; }

    /// <summary>Output tokens per choice.</summary>
    public required long MaxOutputTokens { get; init; }

    public ImmutableArray<TextEdit> Edits { get; init; } = [];

    /// <summary>The pseudonyms among the edits, to be put back in the answer.</summary>
    public ImmutableArray<Pseudonym> Pseudonyms { get; init; } = [];
}

/// <summary>How a request ended.</summary>
internal sealed record ExecutionResult
{
    /// <summary>One of <see cref="Contracts.Events.EventOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>HTTP status the caller got.</summary>
    public required int Status { get; init; }

    public string? Reason { get; init; }

    public ImmutableArray<AttemptUsage> Attempts { get; init; } = [];
}

/// <summary>The last bytes of an answer.</summary>
internal interface IHeldBackEnd
{
    ValueTask ReleaseAsync(CancellationToken cancellationToken);
}
