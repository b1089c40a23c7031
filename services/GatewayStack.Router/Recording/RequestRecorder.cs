using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Recording;

/// <summary>Puts decisions, refusals and outcomes on record.</summary>
internal sealed class RequestRecorder(
    IEventLog log, FailedSignIns failedSignIns, RefusedRequests refused, SettlementQueue settlements, ChildRequests children, AuditMode audit, RouterMetrics metrics,
    TimeProvider time, ILogger<RequestRecorder> logger)
{
    /// <summary>Records a decision or an access before it takes effect.</summary>
    /// <returns>False when there must be a record and there is none.</returns>
    public ValueTask<bool> RecordAsync(Exchange exchange, string type, CancellationToken cancellationToken)
    {
        var gatewayEvent = EventFactory.Create(exchange, type, time.GetUtcNow());
        if (type is not EventTypes.Decision)
        {
            gatewayEvent = gatewayEvent with { Outcome = EventOutcomes.Completed };
        }

        return AppendAsync(exchange, gatewayEvent, cancellationToken);
    }

    /// <summary>A refusal is one record that is both decision and outcome.</summary>
    public void RecordRefusal(Exchange exchange, Refusal refusal)
    {
        metrics.RequestEnded(exchange.Route.Route.Class.ToString(), EventOutcomes.Refused);
        if (exchange.Context.Identity is null && (refusal.BeforeSignIn || refusal.Code == "missing_token"))
        {
            // Nobody tried to sign in: clients ask once without a token to learn where to get one, scanners ask for what is not there.
            return;
        }

        if (exchange.Context.Identity is null)
        {
            RecordFailedSignIn(exchange, refusal);
            return;
        }

        if (!refusal.Ours)
        {
            refused.Count(exchange.Context.Identity, exchange.Body.Length);
        }

        Append(exchange, EventFactory.Create(exchange, EventTypes.Refusal, time.GetUtcNow()) with
        {
            Outcome = EventOutcomes.Refused,
            Status = refusal.Status,
            Reason = refusal.Reason ?? refusal.Code,
        });
    }

    /// <summary>Nobody stands behind it yet: it costs the spool little, and nothing the sender wrote goes in.</summary>
    private void RecordFailedSignIn(Exchange exchange, Refusal refusal)
    {
        if (!failedSignIns.TryTake(out var suppressed))
        {
            return;
        }

        var reason = refusal.Reason ?? refusal.Code;
        logger.SignInsRefused(reason, exchange.Context.RequestId, suppressed);
        Append(exchange, EventFactory.Create(exchange, EventTypes.SignInFailed, time.GetUtcNow()) with
        {
            Outcome = EventOutcomes.Refused,
            Status = refusal.Status,
            Reason = reason,
            Purpose = null,
            RunId = null,
            ClientRequestId = null,
            Lost = suppressed > 0 ? suppressed : null,
        });
    }

    /// <summary>Records how a request ended, with the usage of every attempt.</summary>
    public void RecordOutcome(Exchange exchange) => Append(exchange, Outcome(exchange));

    /// <summary>As <see cref="RecordOutcome"/>; in strict mode it waits until the record would survive the loss of power.</summary>
    /// <returns>False when there must be a record and there is none.</returns>
    public ValueTask<bool> RecordOutcomeAsync(Exchange exchange, CancellationToken cancellationToken) =>
        AppendAsync(exchange, Outcome(exchange), cancellationToken);

    /// <summary>Settles after the answer, off its path, once; a request that never went out settles to nothing.</summary>
    public void QueueSettlement(Exchange exchange)
    {
        // What may be held is settled, too: Limits gives it back, or knows nothing of it and holds nothing should it still come.
        var held = exchange.Context.LimitsDecision?.Hold is not null;
        if (exchange.SettlementSubmitted || !(held || exchange.MayBeHeld) || exchange.Context.Identity is not { } payer)
        {
            return;
        }

        exchange.SettlementSubmitted = true;
        settlements.Submit(new Settlement
        {
            RequestId = exchange.Context.RequestId,
            Tenant = payer.Tenant,
            PersonId = payer.PersonId,
            Assertion = exchange.Assertion,
            Attempts = exchange.Execution?.Attempts ?? [],
            ChargedByChild = exchange.ChargedByChild,
        }, held);
    }

    private GatewayEvent Outcome(Exchange exchange)
    {
        var execution = exchange.Execution ?? new ExecutionResult { Outcome = EventOutcomes.Completed, Status = exchange.Http.Response.StatusCode };
        exchange.Execution = execution;
        exchange.OutcomeRecorded = true;
        exchange.ChargedByChild = exchange.Backend is not null && children.Claim(exchange.Context.RequestId);
        var usage = Usage(exchange, execution);
        exchange.Context.Usage = usage;
        metrics.RequestEnded(exchange.Route.Route.Class.ToString(), execution.Outcome);
        if (exchange.Context.ModelRequest is { } model && exchange.Backend is null)
        {
            metrics.TokensUsed(model.Model, usage.InputTokens, usage.OutputTokens);
        }

        if (exchange.Context.LimitsDecision?.Hold is { } hold && usage.InputTokens + usage.OutputTokens > hold.Tokens)
        {
            metrics.EstimateExceeded();
        }

        return EventFactory.Create(exchange, EventTypes.Outcome, time.GetUtcNow()) with
        {
            Outcome = execution.Outcome,
            Status = execution.Status,
            Reason = execution.Reason,
            Routing = exchange.Context.RoutingDecision,
            Attempts = execution.Attempts,
            Usage = usage,
            ChargedByChild = exchange.ChargedByChild,
        };
    }

    private UsageRecord Usage(Exchange exchange, ExecutionResult execution)
    {
        var metered = execution.Attempts.Where(a => a.Tokens is not null).ToList();
        var priced = !metered.Exists(a => a.CostMicros is null);
        return new UsageRecord
        {
            InputTokens = metered.Sum(a => a.Tokens!.InputTokens),
            OutputTokens = metered.Sum(a => a.Tokens!.OutputTokens),
            CachedInputTokens = metered.Sum(a => a.Tokens!.CachedInputTokens),
            TotalCostMicros = priced && exchange.Context.LimitsDecision is not null ? metered.Sum(a => a.CostMicros ?? 0) : null,
            LatencyMicros = (long)time.GetElapsedTime(exchange.StartedAt).TotalMicroseconds,
            PriceTable = exchange.Context.LimitsDecision?.PriceTable,
        };
    }

    private AppendResult Append(Exchange exchange, GatewayEvent gatewayEvent)
    {
        var result = log.Append(gatewayEvent);
        if (!result.Appended)
        {
            metrics.RecordLost();
            logger.RecordLost(exchange.Context.RequestId);
        }

        return result;
    }

    private async ValueTask<bool> AppendAsync(Exchange exchange, GatewayEvent gatewayEvent, CancellationToken cancellationToken)
    {
        var result = Append(exchange, gatewayEvent);
        if (!audit.Strict)
        {
            return true;
        }

        if (!result.Appended)
        {
            return false;
        }

        await log.SyncAsync(result.Position!, cancellationToken);
        return true;
    }
}

/// <summary>Whether a request may go on without a durable record; setting <c>Audit:Mode</c>, <c>standard</c> or <c>strict</c>.</summary>
internal sealed record AuditMode(bool Strict);
