using System.Collections.Frozen;
using System.Diagnostics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Recording;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Pipeline;

/// <summary>Takes a request through the stages of its route; whatever happens, the end is on record.</summary>
internal sealed class RequestPipeline
{
    public const string ActivitySourceName = "GatewayStack.Router";

    private readonly FrozenDictionary<Type, IPipelineStep> _steps;
    private readonly RequestRecorder _recorder;
    private readonly ErrorWriter _errors;
    private readonly RouterMetrics _metrics;
    private readonly ILogger<RequestPipeline> _logger;

    public RequestPipeline(IEnumerable<IPipelineStep> steps, RequestRecorder recorder, ErrorWriter errors, RouterMetrics metrics, ILogger<RequestPipeline> logger)
    {
        _steps = steps.ToFrozenDictionary(s => s.GetType());
        _recorder = recorder;
        _errors = errors;
        _metrics = metrics;
        _logger = logger;
    }

    /// <summary>The steps of a route, in order.</summary>
    public IReadOnlyList<IPipelineStep> StepsOf(GovernedRoute route) => [.. route.Stages.Select(s => _steps[s])];

    public async Task RunAsync(Exchange exchange, IReadOnlyList<IPipelineStep> steps)
    {
        var cancellationToken = exchange.Http.RequestAborted;
        // A trace that nobody keeps gets no spans: eleven of them cost as much as a stage.
        var recorded = exchange.Activity is { IsAllDataRequested: true };
        try
        {
            foreach (var step in steps)
            {
                using var activity = recorded ? RouterActivities.Source.StartActivity(step.Name) : null;
                if (await step.RunAsync(exchange, TokenOf(exchange, cancellationToken)) is { } refusal)
                {
                    activity?.SetTag("gatewaystack.refusal", refusal.Code);
                    await RefuseAsync(exchange, refusal);
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            End(exchange, EventOutcomes.Cancelled, StatusCodes.Status499ClientClosedRequest, "client_closed");
        }
        catch (OperationCanceledException) when (exchange.CutOff is not null)
        {
            await RefuseAsync(exchange, exchange.CutOff.Refusal);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(exchange, Refusal.BadRequest("bad_request", "The request could not be read.") with { Status = e.StatusCode });
        }
        catch (ModuleCallException e)
        {
            _logger.StageFailed(e.Module, 1, e.Fault.ToString());
            await RefuseAsync(exchange, Refusal.Unavailable(e.Module));
        }
        catch (Exception e)
        {
            // A bug or lost I/O: the message may quote content, so only the type is told.
            _logger.Fault(exchange.Context.RequestId, e.GetType().Name);
            exchange.Activity?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            await RefuseAsync(exchange, new Refusal { Status = StatusCodes.Status500InternalServerError, Code = "internal_error", Message = "The gateway failed on this request." });
        }
        finally
        {
            // A request that ended between its hold and its record went nowhere: its hold goes back.
            _recorder.QueueSettlement(exchange);
            Describe(exchange);
        }
    }

    /// <summary>What a block ends is the way to the answer; how it ended is written for as long as somebody listens.</summary>
    private static CancellationToken TokenOf(Exchange exchange, CancellationToken aborted) =>
        exchange.Live is { } live && exchange.Execution is null && exchange.CutOff is null ? live.Token : aborted;

    private async Task RefuseAsync(Exchange exchange, Refusal refusal)
    {
        _metrics.Refused(refusal.Code);
        if (exchange.DecisionRecorded)
        {
            End(exchange, exchange.CutOff is null ? EventOutcomes.Failed : EventOutcomes.Refused, refusal.Status, refusal.Code);
        }
        else
        {
            _recorder.RecordRefusal(exchange, refusal);
        }

        if (exchange.Http.Response.HasStarted && exchange.Mcp is null)
        {
            exchange.Http.Abort();
            return;
        }

        await _errors.WriteAsync(exchange, refusal);
    }

    private void End(Exchange exchange, string outcome, int status, string reason)
    {
        if (!exchange.DecisionRecorded || exchange.OutcomeRecorded)
        {
            return;
        }

        exchange.Execution ??= new ExecutionResult { Outcome = outcome, Status = status, Reason = reason };
        _recorder.RecordOutcome(exchange);
    }

    private static void Describe(Exchange exchange)
    {
        if (exchange.Activity is not { } activity)
        {
            return;
        }

        activity.SetTag("gatewaystack.request_id", exchange.Context.RequestId);
        activity.SetTag("gatewaystack.tenant", exchange.Tenant);
        activity.SetTag("gatewaystack.decision", exchange.Context.PolicyDecision?.Effect.ToString().ToLowerInvariant());
        activity.SetTag("gen_ai.request.model", exchange.Model?.Name);
        activity.SetTag("gen_ai.usage.input_tokens", exchange.Context.Usage?.InputTokens);
        activity.SetTag("gen_ai.usage.output_tokens", exchange.Context.Usage?.OutputTokens);
        activity.SetTag("gatewaystack.cost_micros", exchange.Context.Usage?.TotalCostMicros);
    }
}
