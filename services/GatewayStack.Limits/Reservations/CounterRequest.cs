using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Limits.Reservations;

/// <summary>A hold to be made in every counter at once.</summary>
internal sealed record CounterRequest
{
    public required string RequestId { get; init; }

    public string? ParentRequestId { get; init; }

    public required RequestFacts Facts { get; init; }

    public required Amount Hold { get; init; }

    /// <summary>False when a target's price is unknown: refused where a limit on cost applies.</summary>
    public required bool PriceKnown { get; init; }

    /// <summary>Now, in whole microseconds as events state it.</summary>
    public required DateTimeOffset At { get; init; }

    public required DateTimeOffset LeaseEndsAt { get; init; }

    public ImmutableArray<TokenPrice> Prices { get; init; } = [];

    public string? PriceTable { get; init; }

    /// <summary>A call that a backend makes for a request under way is no further request of the person's.</summary>
    public bool CountsAsRequest => ParentRequestId is null;
}

/// <summary>What a request has used, to take the place of its hold.</summary>
internal sealed record CounterSettlement(string Tenant, string PersonId, string RequestId, Amount Used);

/// <summary>Outcome of a settlement.</summary>
/// <param name="Status">What it did.</param>
/// <param name="Exceeded">True when more was used than was held.</param>
internal readonly record struct CounterSettled(SettlementStatus Status, bool Exceeded);
