using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Prices;

namespace GatewayStack.Limits.Reports;

/// <summary>Body of <c>GET /me/limits</c>.</summary>
internal sealed record MyLimitsAnswer(string Currency, ImmutableArray<MyLimit> Limits)
{
    public static MyLimitsAnswer Of(LimitsReport report) => new(report.Currency, [.. report.Limits.Select(MyLimit.Of)]);
}

/// <summary>One limit. Amounts of the metric <c>cost</c> are micro-units; the same stands beside them as decimal text.</summary>
internal sealed record MyLimit
{
    public required string Name { get; init; }

    public required string Metric { get; init; }

    public required string Window { get; init; }

    public required long Limit { get; init; }

    public required long Used { get; init; }

    public required long Held { get; init; }

    public required long Remaining { get; init; }

    public string? LimitAmount { get; init; }

    public string? UsedAmount { get; init; }

    public string? HeldAmount { get; init; }

    public string? RemainingAmount { get; init; }

    public required DateTimeOffset ResetsAt { get; init; }

    public static MyLimit Of(LimitState state)
    {
        var money = state.Metric == "cost";
        return new MyLimit
        {
            Name = state.Name,
            Metric = state.Metric,
            Window = state.Window,
            Limit = state.Limit,
            Used = state.Used,
            Held = state.Held,
            Remaining = state.Remaining,
            LimitAmount = money ? MicroUnits.Format(state.Limit) : null,
            UsedAmount = money ? MicroUnits.Format(state.Used) : null,
            HeldAmount = money ? MicroUnits.Format(state.Held) : null,
            RemainingAmount = money ? MicroUnits.Format(state.Remaining) : null,
            ResetsAt = state.ResetsAt,
        };
    }
}
