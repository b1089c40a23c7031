using GatewayStack.Contracts.Limits;
using GatewayStack.Wire.Common;

namespace GatewayStack.Wire.Limits;

/// <summary>Holds, charges and reports, to and from their messages. An effect that is not known here refuses.</summary>
internal static class LimitsMapper
{
    public static V1.ReservationRequest ToMessage(ReservationRequest record)
    {
        var message = new V1.ReservationRequest
        {
            RequestId = record.RequestId,
            Identity = CommonMapper.ToMessage(record.Identity),
            Action = record.Action,
            InputTokenBound = record.InputTokenBound,
            Targets = { record.Targets.Select(ToMessage) },
            Lease = CommonMapper.ToDuration(record.Lease),
        };
        CommonMapper.Set(record.ParentRequestId, v => message.ParentRequestId = v);
        CommonMapper.Set(record.Server, v => message.Server = v);
        CommonMapper.Set(record.Tool, v => message.Tool = v);
        return message;
    }

    /// <summary>The request; null when it does not say for what, who pays, or for how long, and when it counts below 0: nothing can be held for that.</summary>
    public static ReservationRequest? ToRecord(V1.ReservationRequest message)
    {
        if (message.RequestId.Length == 0
            || !CommonMapper.Names(message.Identity)
            || CommonMapper.ToSpan(message.Lease) is not { } lease
            || lease <= TimeSpan.Zero
            || message.InputTokenBound < 0
            || message.Targets.Any(t => t.MaxOutputTokens < 0))
        {
            return null;
        }

        return new ReservationRequest
        {
            RequestId = message.RequestId,
            ParentRequestId = message.HasParentRequestId ? message.ParentRequestId : null,
            Identity = CommonMapper.ToRecord(message.Identity),
            Action = message.Action,
            Server = message.HasServer ? message.Server : null,
            Tool = message.HasTool ? message.Tool : null,
            InputTokenBound = message.InputTokenBound,
            Targets = [.. message.Targets.Select(ToRecord)],
            Lease = lease,
        };
    }

    public static V1.LimitsDecision ToMessage(LimitsDecision record)
    {
        var message = new V1.LimitsDecision
        {
            Effect = (V1.LimitsEffect)record.Effect,
            Reasons = { record.Reasons },
            RetryAfter = CommonMapper.ToDuration(record.RetryAfter),
            Prices = { record.Prices.Select(ToMessage) },
        };
        if (record.Limit is not null)
        {
            message.Limit = ToMessage(record.Limit);
        }

        if (record.Constraints is not null)
        {
            message.Constraints = ToMessage(record.Constraints);
        }

        if (record.Hold is not null)
        {
            message.Hold = ToMessage(record.Hold);
        }

        CommonMapper.Set(record.PriceTable, v => message.PriceTable = v);
        return message;
    }

    public static LimitsDecision ToRecord(V1.LimitsDecision message)
    {
        var hold = message.Hold is null ? null : ToRecord(message.Hold);
        return new LimitsDecision
        {
            // What is held must be known, or nobody could charge it.
            Effect = (int)message.Effect is >= 1 and <= 5 && (hold is not null || message.Hold is null) ? (LimitsEffect)message.Effect : LimitsEffect.Unspecified,
            Reasons = [.. message.Reasons],
            Limit = message.Limit is null ? null : ToRecord(message.Limit),
            RetryAfter = CommonMapper.ToSpan(message.RetryAfter),
            Constraints = message.Constraints is { } constraints ? ToRecord(constraints) : null,
            Hold = hold,
            Prices = [.. message.Prices.Select(ToRecord)],
            PriceTable = message.HasPriceTable ? message.PriceTable : null,
        };
    }

    public static V1.Settlement ToMessage(Settlement record) => new()
    {
        RequestId = record.RequestId,
        Tenant = record.Tenant,
        PersonId = record.PersonId,
        Attempts = { record.Attempts.Select(ToMessage) },
        ChargedByChild = record.ChargedByChild,
    };

    /// <summary>The settlement; null when it does not say of what, or who pays, and when it counts below 0.</summary>
    public static Settlement? ToRecord(V1.Settlement message)
    {
        if (message.RequestId.Length == 0 || message.Tenant.Length == 0 || message.PersonId.Length == 0 || message.Attempts.Any(IsImpossible))
        {
            return null;
        }

        return new Settlement
        {
            RequestId = message.RequestId,
            Tenant = message.Tenant,
            PersonId = message.PersonId,
            Attempts = [.. message.Attempts.Select(ToRecord)],
            ChargedByChild = message.ChargedByChild,
        };
    }

    public static V1.SettlementResult ToMessage(SettlementResult record) => new() { Status = (V1.SettlementStatus)record.Status };

    /// <summary>The result. What is not understood is no settlement: the event makes it good.</summary>
    public static SettlementResult ToRecord(V1.SettlementResult message) =>
        new() { Status = (int)message.Status is >= 1 and <= 3 ? (SettlementStatus)message.Status : SettlementStatus.Unknown };

    public static V1.LimitsReportRequest ToMessage(LimitsReportRequest record) => new() { Identity = CommonMapper.ToMessage(record.Identity) };

    /// <summary>The request; null when it does not say whose.</summary>
    public static LimitsReportRequest? ToRecord(V1.LimitsReportRequest message) =>
        CommonMapper.Names(message.Identity) ? new() { Identity = CommonMapper.ToRecord(message.Identity) } : null;

    public static V1.LimitsReport ToMessage(LimitsReport record) => new() { Limits = { record.Limits.Select(ToMessage) }, Currency = record.Currency };

    public static LimitsReport ToRecord(V1.LimitsReport message) => new() { Limits = [.. message.Limits.Select(ToRecord).OfType<LimitState>()], Currency = message.Currency };

    private static V1.ReservationTarget ToMessage(ReservationTarget record)
    {
        var message = new V1.ReservationTarget { Provider = record.Provider, MaxOutputTokens = record.MaxOutputTokens };
        CommonMapper.Set(record.Model, v => message.Model = v);
        return message;
    }

    private static ReservationTarget ToRecord(V1.ReservationTarget message) =>
        new() { Provider = message.Provider, Model = message.HasModel ? message.Model : null, MaxOutputTokens = message.MaxOutputTokens };

    private static V1.LimitsConstraints ToMessage(LimitsConstraints record)
    {
        var message = new V1.LimitsConstraints();
        if (record.MaxTokens is { } tokens)
        {
            message.MaxTokens = tokens;
        }

        if (record.MaxCostMicros is { } cost)
        {
            message.MaxCostMicros = cost;
        }

        return message;
    }

    private static LimitsConstraints ToRecord(V1.LimitsConstraints message) => new()
    {
        MaxTokens = message.HasMaxTokens ? message.MaxTokens : null,
        MaxCostMicros = message.HasMaxCostMicros ? message.MaxCostMicros : null,
    };

    private static V1.LimitState ToMessage(LimitState record) => new()
    {
        Name = record.Name,
        Metric = record.Metric,
        Window = record.Window,
        Limit = record.Limit,
        Used = record.Used,
        Held = record.Held,
        ResetsAt = CommonMapper.ToTimestamp(record.ResetsAt),
    };

    private static LimitState? ToRecord(V1.LimitState message) => CommonMapper.ToTime(message.ResetsAt) is not { } resets
        ? null
        : new()
        {
            Name = message.Name,
            Metric = message.Metric,
            Window = message.Window,
            Limit = message.Limit,
            Used = message.Used,
            Held = message.Held,
            ResetsAt = resets,
        };

    private static V1.Hold ToMessage(Hold record) => new()
    {
        Tokens = record.Tokens,
        CostMicros = record.CostMicros,
        ReservedAt = CommonMapper.ToTimestamp(record.ReservedAt),
        LeaseEndsAt = CommonMapper.ToTimestamp(record.LeaseEndsAt),
    };

    private static Hold? ToRecord(V1.Hold message) =>
        message.Tokens >= 0 && message.CostMicros >= 0 && CommonMapper.ToTime(message.ReservedAt) is { } reserved && CommonMapper.ToTime(message.LeaseEndsAt) is { } ends
            ? new Hold { Tokens = message.Tokens, CostMicros = message.CostMicros, ReservedAt = reserved, LeaseEndsAt = ends }
            : null;

    private static V1.TokenPrice ToMessage(TokenPrice record) =>
        new() { Provider = record.Provider, Model = record.Model, Input = record.Input, Output = record.Output, CachedInput = record.CachedInput };

    private static TokenPrice ToRecord(V1.TokenPrice message) =>
        new() { Provider = message.Provider, Model = message.Model, Input = message.Input, Output = message.Output, CachedInput = message.CachedInput };

    private static V1.AttemptUsage ToMessage(AttemptUsage record)
    {
        var message = new V1.AttemptUsage { Attempt = record.Attempt, Provider = record.Provider, Estimated = record.Estimated };
        CommonMapper.Set(record.Model, v => message.Model = v);
        if (record.Tokens is { } tokens)
        {
            message.Tokens = new V1.TokenUsage { InputTokens = tokens.InputTokens, OutputTokens = tokens.OutputTokens, CachedInputTokens = tokens.CachedInputTokens };
        }

        if (record.CostMicros is { } cost)
        {
            message.CostMicros = cost;
        }

        return message;
    }

    private static AttemptUsage ToRecord(V1.AttemptUsage message) => new()
    {
        Attempt = message.Attempt,
        Provider = message.Provider,
        Model = message.HasModel ? message.Model : null,
        Tokens = message.Tokens is { } tokens
            ? new TokenUsage { InputTokens = tokens.InputTokens, OutputTokens = tokens.OutputTokens, CachedInputTokens = tokens.CachedInputTokens }
            : null,
        Estimated = message.Estimated,
        CostMicros = message.HasCostMicros ? message.CostMicros : null,
    };

    private static bool IsImpossible(V1.AttemptUsage message) =>
        message.Attempt < 1
        || message is { HasCostMicros: true, CostMicros: < 0 }
        || message.Tokens is { InputTokens: < 0 } or { OutputTokens: < 0 } or { CachedInputTokens: < 0 };
}
