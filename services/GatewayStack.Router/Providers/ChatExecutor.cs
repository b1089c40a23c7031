using System.Diagnostics;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>Sends a chat completion to the permitted targets in order, until one answers. The only place where a model call is tried again.</summary>
internal sealed class ChatExecutor(
    ProviderClients clients, EndUserName endUser, StandingFollower standings, StandingRefusals refusals, TimeProvider time, JsonAnswerRelay answers, ChatStreamRelay streams,
    RouterMetrics metrics, ILogger<ChatExecutor> logger) : IRouteExecutor
{
    public IReadOnlyCollection<string> Routes => ["chat.completions"];

    public async ValueTask<Refusal?> ExecuteAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var run = new AttemptRun(exchange);
        var user = await endUser.ForAsync(exchange.Context.Identity!, exchange.Snapshot.EndUserIsUserId, cancellationToken);
        StandingMeasure? blocked = null;
        for (var i = 0; i < exchange.Plan.Length; i++)
        {
            var last = i == exchange.Plan.Length - 1;
            var target = exchange.Plan[i];
            if (standings.Latest.Find(exchange.Context.Identity!, StandingTargets.Of(exchange, target.Target), time.GetUtcNow()) is { } measure)
            {
                // Taken out of use since it was decided: the next one may do.
                blocked = measure;
                continue;
            }

            var body = ChatBodyWriter.Write(exchange.Chat!, new ChatBodyChanges
            {
                Model = target.Target.Model!,
                MaxOutputTokens = target.MaxOutputTokens,
                MaxTokensMember = target.MaxTokensMember,
                EndUser = user,
                Edits = target.Edits,
                SystemPrompt = exchange.SystemPrompt,
            });
            run.Begin(target);
            var done = await AttemptAsync(exchange, run, target, body, last, cancellationToken);
            metrics.Attempted(target.Target.Provider, run.LastError ?? "answered");
            if (run.LastError is { } error)
            {
                logger.ProviderFailed(target.Target.Provider, i + 1, exchange.Context.RequestId, error);
            }

            if (done)
            {
                return null;
            }
        }

        if (blocked is not null && run.LastError is null)
        {
            exchange.CutOff = refusals.CutOff(exchange, blocked);
            run.Finish(EventOutcomes.Refused, exchange.CutOff.Refusal.Status, exchange.CutOff.Refusal.Code);
            exchange.HeldBack = new RefusalEnd(exchange, exchange.CutOff.Refusal);
            return null;
        }

        run.Finish(EventOutcomes.Failed, StatusCodes.Status502BadGateway, run.LastError ?? "no_target");
        exchange.HeldBack = new RefusalEnd(exchange, AllFailed(run));
        return null;
    }

    /// <returns>True when the caller has (the beginning of) an answer, or is gone.</returns>
    private async Task<bool> AttemptAsync(Exchange exchange, AttemptRun run, PlannedTarget target, ReadOnlyMemory<byte> body, bool last, CancellationToken cancellationToken)
    {
        var provider = target.Provider!;
        using var activity = exchange.Activity is not { IsAllDataRequested: true } ? null : RouterActivities.Source.StartActivity($"chat {target.Target.Model}", ActivityKind.Client);
        activity?.SetTag("gen_ai.operation.name", "chat").SetTag("gen_ai.provider.name", provider.Name).SetTag("gen_ai.request.model", target.Target.Model);
        using var request = UpstreamRequest.Create(provider, provider.KeyFor(exchange.Tenant), exchange.Context.RequestId, body, exchange.Chat!.Model.Stream);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        idle.CancelAfter(provider.Timeout);
        HttpResponseMessage response;
        try
        {
            response = await clients.For(provider.Name).SendAsync(request, idle.Token);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Leave(0, null, refusal => new RefusalEnd(exchange, refusal));
            return true;
        }
        catch (OperationCanceledException)
        {
            // Not our clock: the connection was not made in its time, and nothing was sent.
            var connecting = !idle.IsCancellationRequested;
            run.Fail(connecting ? "connect" : "timeout", billed: !connecting);
            return false;
        }
        catch (HttpRequestException e)
        {
            var connecting = e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError;
            run.Fail(connecting ? "connect" : "broken_off", billed: !connecting);
            return false;
        }

        using (response)
        {
            var status = (int)response.StatusCode;
            activity?.SetTag("http.response.status_code", status);
            if (status is 200)
            {
                IAnswerRelay relay = exchange.Chat.Model.Stream && IsEventStream(response) ? streams : answers;
                return await relay.RelayAsync(exchange, run, response, provider.Timeout, idle, cancellationToken);
            }

            var again = status is 408 or 429 or >= 500 or (>= 300 and < 400) or 401 or 403;
            run.Fail("status", status: status);
            if (again && !last)
            {
                return false;
            }

            await UpstreamErrors.RelayAsync(exchange, run, response, status, idle.Token);
            return true;
        }
    }

    private static bool IsEventStream(HttpResponseMessage response) =>
        string.Equals(response.Content.Headers.ContentType?.MediaType, "text/event-stream", StringComparison.OrdinalIgnoreCase);

    private static Refusal AllFailed(AttemptRun run) => new()
    {
        Status = run.LastError == "timeout" ? StatusCodes.Status504GatewayTimeout : StatusCodes.Status502BadGateway,
        Code = run.LastError == "timeout" ? "upstream_timeout" : "upstream_unavailable",
        Message = run.LastError == "timeout" ? "The model provider did not answer in time. Try again." : "The model provider could not be reached or gave no usable answer. Try "
            + "again.",
    };
}

/// <summary>Hands a provider's good answer on to the caller.</summary>
internal interface IAnswerRelay
{
    /// <returns>False when nothing was sent and another target may be tried.</returns>
    Task<bool> RelayAsync(
        Exchange exchange, AttemptRun run, HttpResponseMessage response, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken);
}
