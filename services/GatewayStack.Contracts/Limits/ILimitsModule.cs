using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Contracts.Limits;

/// <summary>Bounds what a caller may use: a hold before the request goes out, the true amount after it.</summary>
/// <remarks>Safe for concurrent use. Reserve and settle are idempotent by request id. A refusal is a decision, never an exception.</remarks>
public interface ILimitsModule
{
    /// <summary>Holds the most that the request can use, in every limit at once, or says which limit refuses.</summary>
    Task<LimitsDecision> ReserveAsync(ReservationRequest request, CancellationToken cancellationToken);

    /// <summary>Replaces the hold by what was used. Repeating it changes nothing.</summary>
    Task<SettlementResult> SettleAsync(Settlement settlement, CancellationToken cancellationToken);

    /// <summary>What the caller's limits are and what is left of them.</summary>
    Task<LimitsReport> GetReportAsync(LimitsReportRequest request, CancellationToken cancellationToken);
}

/// <summary>A target of a reservation.</summary>
public sealed record ReservationTarget
{
    /// <summary>The provider's configured name, or the backend's.</summary>
    public required string Provider { get; init; }

    /// <summary>The model at that provider; null for a backend that names none.</summary>
    public string? Model { get; init; }

    /// <summary>The most output tokens the target can be made to give (per choice, times choices).</summary>
    public required long MaxOutputTokens { get; init; }
}

/// <summary>A request for a hold.</summary>
public sealed record ReservationRequest
{
    /// <summary>The gateway's id of the request: the key of the hold.</summary>
    public required string RequestId { get; init; }

    /// <summary>The request this one was made for; its hold is released when this one is made.</summary>
    public string? ParentRequestId { get; init; }

    /// <summary>Who pays.</summary>
    public required CallerIdentity Identity { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>What is asked for, one of the gateway's actions.</summary>
    public required string Action { get; init; }

    /// <summary>The MCP server, for MCP actions.</summary>
    public string? Server { get; init; }

    /// <summary>The tool, for <c>tool.call</c>: limits may count each tool apart.</summary>
    public string? Tool { get; init; }

    /// <summary>Upper bound of the input's tokens: its bytes, at most one token each.</summary>
    public required long InputTokenBound { get; init; }

    /// <summary>Where the request may go; the hold is for the dearest.</summary>
    public required ImmutableArray<ReservationTarget> Targets { get; init; }

    /// <summary>How long the hold may stand unsettled before it is charged.</summary>
    public required TimeSpan Lease { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(ReservationRequest)} {RequestId}";
}

/// <summary>The verdict. Everything but <see cref="Ok"/>, <see cref="Fallback"/> and <see cref="Degrade"/> refuses.</summary>
public enum LimitsEffect
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>Reserved.</summary>
    Ok = 1,

    /// <summary>Too fast: 429 with a time to come back.</summary>
    Throttle = 2,

    /// <summary>Used up: 429 with the window's end.</summary>
    Deny = 3,

    /// <summary>Reserved for a subset of the targets.</summary>
    Fallback = 4,

    /// <summary>Reserved under tighter constraints.</summary>
    Degrade = 5,
}

/// <summary>Constraints of a reservation.</summary>
public sealed record LimitsConstraints
{
    /// <summary>Highest number of output tokens.</summary>
    public long? MaxTokens { get; init; }

    /// <summary>Highest cost in micro-units.</summary>
    public long? MaxCostMicros { get; init; }
}

/// <summary>State of one limit for one caller.</summary>
public sealed record LimitState
{
    /// <summary>The limit's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it counts: <c>requests</c>, <c>tokens</c> or <c>cost</c> (micro-units).</summary>
    public required string Metric { get; init; }

    /// <summary>Its window: <c>minute</c>, <c>day</c>, ...</summary>
    public required string Window { get; init; }

    /// <summary>The limit.</summary>
    public required long Limit { get; init; }

    /// <summary>Spent in this window.</summary>
    public required long Used { get; init; }

    /// <summary>Held by requests under way.</summary>
    public required long Held { get; init; }

    /// <summary>When the window ends (UTC).</summary>
    public required DateTimeOffset ResetsAt { get; init; }

    /// <summary>What is left; never below 0.</summary>
    public long Remaining => Math.Max(0, Limit - Used - Held);
}

/// <summary>What a hold holds.</summary>
public sealed record Hold
{
    /// <summary>Tokens, input and output.</summary>
    public required long Tokens { get; init; }

    /// <summary>Money in micro-units.</summary>
    public required long CostMicros { get; init; }

    /// <summary>When the windows it counts in were taken: all of a request counts where it was reserved.</summary>
    public required DateTimeOffset ReservedAt { get; init; }

    /// <summary>When it is charged if nobody settled it.</summary>
    public required DateTimeOffset LeaseEndsAt { get; init; }
}

/// <summary>Result of a reservation.</summary>
public sealed record LimitsDecision
{
    /// <summary>The verdict.</summary>
    public required LimitsEffect Effect { get; init; }

    /// <summary>Machine-readable reasons: <c>requests_per_minute</c>-like limit names, <c>unknown_price</c>, ...</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>The limit that refused, or the tightest one when reserved.</summary>
    public LimitState? Limit { get; init; }

    /// <summary>When it is worth coming back, after a refusal.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Constraints on the answer.</summary>
    public LimitsConstraints? Constraints { get; init; }

    /// <summary>What was held.</summary>
    public Hold? Hold { get; init; }

    /// <summary>Prices of the request's targets, as the hold was computed with: the record and the ledger use the same.</summary>
    public ImmutableArray<TokenPrice> Prices { get; init; } = [];

    /// <summary>Revision of the price table.</summary>
    public string? PriceTable { get; init; }

    /// <summary>True when the request may go on.</summary>
    public bool Permits => Effect is LimitsEffect.Ok or LimitsEffect.Fallback or LimitsEffect.Degrade;
}

/// <summary>What a request really used.</summary>
public sealed record Settlement
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The tenant of the payer.</summary>
    public required string Tenant { get; init; }

    /// <summary>The payer.</summary>
    public required string PersonId { get; init; }

    /// <summary>
    /// The person's internal assertion as it was when the request began (it may be past its end by now), which a client over a wire sends with the call; null where the
    /// module runs in the same process.
    /// </summary>
    public string? Assertion { get; init; }

    /// <summary>All attempts, those that failed included; empty when nothing was sent.</summary>
    public required ImmutableArray<AttemptUsage> Attempts { get; init; }

    /// <summary>True when a child request pays for this one: it settles to 0.</summary>
    public bool ChargedByChild { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(Settlement)} {RequestId}";
}

/// <summary>Outcome of a settlement.</summary>
public enum SettlementStatus
{
    /// <summary>Not said; try again.</summary>
    Unspecified = 0,

    /// <summary>The hold became a charge.</summary>
    Settled = 1,

    /// <summary>It had been settled before; nothing changed.</summary>
    Duplicate = 2,

    /// <summary>The reservation is not known: no counter was changed, the ledger will have the row.</summary>
    Unknown = 3,
}

/// <summary>Result of a settlement.</summary>
public sealed record SettlementResult
{
    /// <summary>The outcome.</summary>
    public required SettlementStatus Status { get; init; }
}

/// <summary>Whose limits are asked for.</summary>
public sealed record LimitsReportRequest
{
    /// <summary>The caller.</summary>
    public required CallerIdentity Identity { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => nameof(LimitsReportRequest);
}

/// <summary>What <c>GET /me/limits</c> shows.</summary>
public sealed record LimitsReport
{
    /// <summary>The caller's limits.</summary>
    public required ImmutableArray<LimitState> Limits { get; init; }

    /// <summary>Currency of cost limits (ISO 4217).</summary>
    public required string Currency { get; init; }
}
