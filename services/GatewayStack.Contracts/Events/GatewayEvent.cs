using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Contracts.Events;

/// <summary>Types of events.</summary>
public static class EventTypes
{
    /// <summary>A request was allowed; written before it is sent on. Its outcome follows.</summary>
    public const string Decision = "decision";

    /// <summary>How an allowed request ended, with its usage.</summary>
    public const string Outcome = "outcome";

    /// <summary>A request was refused: decision and outcome in one.</summary>
    public const string Refusal = "refusal";

    /// <summary>A credential was refused.</summary>
    public const string SignInFailed = "sign_in_failed";

    /// <summary>Configuration was changed or read by an administrator.</summary>
    public const string Administration = "administration";

    /// <summary>The audit was read.</summary>
    public const string AuditRead = "audit_read";

    /// <summary>A call to one of our own account endpoints.</summary>
    public const string AccountRead = "account_read";

    /// <summary>Events were lost: says how many.</summary>
    public const string Gap = "gap";
}

/// <summary>How a request ended.</summary>
public static class EventOutcomes
{
    /// <summary>The answer was complete.</summary>
    public const string Completed = "completed";

    /// <summary>The provider or backend failed.</summary>
    public const string Failed = "failed";

    /// <summary>The client went away.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>The gateway's process ended before the answer did.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>The gateway refused.</summary>
    public const string Refused = "refused";
}

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

    /// <summary>For <see cref="EventTypes.Gap"/>: how many events were lost; for <see cref="EventTypes.SignInFailed"/>: how many were left out since the last one, under a flood.</summary>
    public long? Lost { get; init; }
}

/// <summary>Pseudonymous facts about the caller.</summary>
public sealed record EventCaller
{
    /// <summary>The facts of a verified caller.</summary>
    public static EventCaller From(CallerIdentity caller) => new()
    {
        PersonId = caller.PersonId,
        Issuer = caller.IssuerName,
        Kind = caller.Kind == IdentityKind.Service ? "service" : "person",
        OrgId = caller.OrgId,
        Team = caller.Team,
        Plan = caller.Plan,
        Roles = caller.Roles,
        Scopes = caller.Scopes,
        ClientId = caller.ClientId,
        ClientName = caller.ClientName,
        Actor = caller.Actor,
        Agent = caller.Agent,
        SessionId = caller.SessionId,
    };

    /// <summary>Key of the person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The issuer's short name.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>person</c> or <c>service</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Organisation id.</summary>
    public string? OrgId { get; init; }

    /// <summary>Team.</summary>
    public string? Team { get; init; }

    /// <summary>Plan or tier: limits may apply by it, and counters are rebuilt from events.</summary>
    public string? Plan { get; init; }

    /// <summary>Roles.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Scopes.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>OAuth client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>The operator's name for it.</summary>
    public string? ClientName { get; init; }

    /// <summary>Who acts for the person.</summary>
    public string? Actor { get; init; }

    /// <summary>The agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The issuer's session id.</summary>
    public string? SessionId { get; init; }
}

/// <summary>Personal values of the caller; encrypted before they are stored.</summary>
public sealed record EventPersonal
{
    /// <summary>The personal values of a verified caller.</summary>
    public static EventPersonal From(CallerIdentity caller) => new() { UserId = caller.UserId, Subject = caller.Subject, DisplayName = caller.DisplayName };

    /// <summary>The user id.</summary>
    public required string UserId { get; init; }

    /// <summary>The issuer's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }
}

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

/// <summary>Facts about content, as recorded.</summary>
public sealed record EventContent
{
    /// <summary><c>complete</c>, <c>unavailable</c> or <c>off</c>.</summary>
    public required string Status { get; init; }

    /// <summary>Types found.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Labels found.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>Risk score in ten-thousandths.</summary>
    public int Risk { get; init; }

    /// <summary>Number of parts that were not scanned.</summary>
    public int Unscanned { get; init; }

    /// <summary>Number of findings that were changed in the request: redacted, masked, hashed or replaced by pseudonyms.</summary>
    public int Redactions { get; init; }

    /// <summary>Number of findings that were changed in the answer.</summary>
    public int AnswerMasked { get; init; }

    /// <summary>Number of pseudonyms that were put back in the answer.</summary>
    public int AnswerRestored { get; init; }
}

/// <summary>A call to an MCP server, as recorded; never its arguments or its result.</summary>
public sealed record EventMcp
{
    /// <summary>The server's configured name.</summary>
    public required string Server { get; init; }

    /// <summary>The JSON-RPC method; one that the gateway does not know is recorded as it was allowed, otherwise as <c>unknown</c>.</summary>
    public required string Method { get; init; }

    /// <summary>The tool, where it is one the server has.</summary>
    public string? Tool { get; init; }

    /// <summary>The prompt, where it was allowed.</summary>
    public string? Prompt { get; init; }

    /// <summary>The protocol version the client speaks, one that the gateway knows.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>True where the tool itself answered with an error.</summary>
    public bool? IsError { get; init; }

    /// <summary>Types found in the result.</summary>
    public ImmutableArray<string> ResultTypes { get; init; } = [];

    /// <summary>Labels found in the result; of what a server says of itself (its lists and instructions) those about what it asks for.</summary>
    public ImmutableArray<string> ResultLabels { get; init; } = [];
}

/// <summary>A limits decision, as recorded.</summary>
public sealed record EventLimits
{
    /// <summary><c>ok</c>, <c>throttle</c>, <c>deny</c>, <c>fallback</c> or <c>degrade</c>.</summary>
    public required string Effect { get; init; }

    /// <summary>Name of the limit that refused.</summary>
    public string? Limit { get; init; }

    /// <summary>The hold; what is charged if the request is interrupted.</summary>
    public Hold? Hold { get; init; }

    /// <summary>Revision of the price table.</summary>
    public string? PriceTable { get; init; }
}

/// <summary>An administrative act, as recorded.</summary>
public sealed record EventAdministration
{
    /// <summary>What was done, such as <c>policy.reload</c>.</summary>
    public required string Operation { get; init; }

    /// <summary>Why, in the administrator's words; mandatory for a write.</summary>
    public string? Reason { get; init; }

    /// <summary>Revision before.</summary>
    public string? Before { get; init; }

    /// <summary>Revision after.</summary>
    public string? After { get; init; }

    /// <summary>True when it took effect.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>The measure that was taken or ended.</summary>
    public EventStanding? Standing { get; init; }
}

/// <summary>A measure on somebody's or something's standing, as recorded. A user id it is on is among <see cref="GatewayEvent.Resources"/>, which are encrypted.</summary>
public sealed record EventStanding
{
    /// <summary>Id of the measure.</summary>
    public required string Measure { get; init; }

    /// <summary>Who took it, where that is no caller: <c>issuer:{name}</c>.</summary>
    public string? Author { get; init; }

    /// <summary>What it is on, without the user id.</summary>
    public required StandingSubject Subject { get; init; }

    /// <summary>When it ends by itself.</summary>
    public required DateTimeOffset Until { get; init; }
}
