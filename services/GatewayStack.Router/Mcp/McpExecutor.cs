using System.Net;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Mcp.Answers;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Pipeline.Steps;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Standings;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Mcp;

/// <summary>Sends a message to its MCP server and hands on the answer.</summary>
internal sealed class McpExecutor(McpUpstream upstream, McpRelay relay, AnswerReader answers, KnownSessions sessions, RouterMetrics metrics, TimeProvider time,
    ILogger<McpExecutor> logger) : IRouteExecutor
{
    /// <summary>A handle must fit into a header.</summary>
    private const int MaxWords = 2048;

    public IReadOnlyCollection<string> Routes => ["mcp"];

    public async ValueTask<Refusal?> ExecuteAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var call = exchange.Mcp!;
        HttpResponseMessage? response = null;
        try
        {
            response = await upstream.SendAsync(exchange, call, Body(exchange, call), cancellationToken);
            call.Outcome.UpstreamStatus = (int)response.StatusCode;
            await TakeAsync(exchange, call, response, cancellationToken);
            if (call.Outcome.Failure is null && exchange.HeldBack is not null)
            {
                // The answer is whole and waits for its record; nobody waits for what follows it.
                _ = McpRelay.LeaveAsync(response);
                response = null;
            }
        }
        catch (OperationCanceledException) when (exchange.CutOff is not null && !exchange.Http.RequestAborted.IsCancellationRequested)
        {
            CutOff(exchange, call, exchange.CutOff.Refusal);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            call.Outcome.Failure = "client_closed";
            Finish(exchange, call, EventOutcomes.Cancelled, StatusCodes.Status499ClientClosedRequest);
        }
        catch (McpUpstreamException e)
        {
            call.Outcome.UpstreamStatus = e.Status;
            Fail(exchange, call, e.IsOurs ? Refusal.Unavailable("identify") : McpSubjects.ServerFailed(call, e.Reason));
        }
        catch (SseFormatException e)
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, e.Reason));
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, "broken_off"));
        }
        finally
        {
            response?.Dispose();
        }

        McpTrace.Finish(exchange, call);
        metrics.McpEnded(
            McpTrace.IsKnown(call.Method) ? call.Method : "unknown", McpTrace.Printable(call.Definition?.Name),
            call.Outcome.Failure ?? (call.Outcome.IsError == true ? "tool_error" : null), time.GetElapsedTime(exchange.StartedAt));
        return null;
    }

    private static ReadOnlyMemory<byte>? Body(Exchange exchange, McpCall call)
    {
        if (call.Message is not { } message)
        {
            return null;
        }

        McpTrace.Continue(message, call.Splices);
        exchange.BackendContent?.AddTo(call.Splices, exchange.Plan[0].Edits);
        return call.Splices.Apply(message.Bytes);
    }

    private async Task TakeAsync(Exchange exchange, McpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!await MintSessionAsync(exchange, call, response, call.Version, cancellationToken))
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, "bad_session_id"));
        }
        else if (response.IsSuccessStatusCode && McpUpstream.IsStream(response) && call.Message is null or { Kind: McpMessageKind.Request })
        {
            await StreamAsync(exchange, call, response, cancellationToken);
        }
        else if (call.Method == McpMethods.Stream && response.IsSuccessStatusCode)
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, "no_stream"));
        }
        else if (call.Message is not { Kind: McpMessageKind.Request })
        {
            Acknowledge(exchange, call, response);
        }
        else if (McpUpstream.IsJson(response) || McpUpstream.IsStream(response))
        {
            await DocumentAsync(exchange, call, response, cancellationToken);
        }
        else
        {
            Fail(exchange, call, Unusable(call, response, saysSo: false));
        }
    }

    private async Task StreamAsync(Exchange exchange, McpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var end = await relay.RelayAsync(exchange, call, response, cancellationToken);
        if (end.Refusal is { } refusal)
        {
            Fail(exchange, call, refusal);
            return;
        }

        if (call.Outcome.Failure is { } failure)
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, failure));
            return;
        }

        await AgreeAsync(exchange, call, response, cancellationToken);
        Finish(exchange, call, EventOutcomes.Completed, StatusCodes.Status200OK);
        exchange.HeldBack = end.Last;
    }

    private async Task DocumentAsync(Exchange exchange, McpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(call.Server.Timeout);
        ReadOnlyMemory<byte> body;
        try
        {
            var stream = await response.Content.ReadAsStreamAsync(deadline.Token);
            body = McpUpstream.IsStream(response)
                ? await FirstAsync(new SseReader(stream, exchange.Snapshot.MaxBodyBytes), deadline.Token)
                : await McpUpstream.ReadWholeAsync(stream, exchange.Snapshot.MaxBodyBytes, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new McpUpstreamException("timeout", (int)response.StatusCode);
        }

        var message = await answers.ReadAsync(exchange, call, body, cancellationToken);
        if (message.Refusal is { } refusal)
        {
            Fail(exchange, call, refusal);
            return;
        }

        if (message.Kind != AnswerKind.Answer)
        {
            Fail(exchange, call, response.IsSuccessStatusCode ? McpSubjects.ServerFailed(call, message.Reason ?? "garbage") : Unusable(call, response, saysSo: false));
            return;
        }

        if (!response.IsSuccessStatusCode && response.StatusCode is not (HttpStatusCode.BadRequest or HttpStatusCode.NotFound))
        {
            Fail(exchange, call, Unusable(call, response, saysSo: false));
            return;
        }

        if (call.IsStateless && response.StatusCode == HttpStatusCode.BadRequest && !message.IsOfStatelessEra)
        {
            // A server that keeps sessions takes a request without one for a mistake; the truth is that it does not speak this version.
            Fail(exchange, call, Unusable(call, response, saysSo: true));
            return;
        }

        await AgreeAsync(exchange, call, response, cancellationToken);
        exchange.Http.Response.StatusCode = (int)response.StatusCode;
        exchange.Http.Response.ContentType = "application/json";
        exchange.Http.Response.Headers.CacheControl = "no-store";
        exchange.ShowDegraded();
        Finish(exchange, call, EventOutcomes.Completed, (int)response.StatusCode);
        exchange.HeldBack = new BytesEnd(exchange, message.Body);
    }

    /// <summary>A server may put an error into a stream whose status says so already.</summary>
    private static async ValueTask<ReadOnlyMemory<byte>> FirstAsync(SseReader events, CancellationToken cancellationToken)
    {
        while (await events.ReadAsync(cancellationToken) is { } sse)
        {
            if (sse.Data is { Length: > 0 } data)
            {
                return data;
            }
        }

        return default;
    }

    /// <summary>Notifications, replies, and what has no body.</summary>
    private void Acknowledge(Exchange exchange, McpCall call, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        if (response.IsSuccessStatusCode)
        {
            exchange.Http.Response.StatusCode = call.Message is null ? StatusCodes.Status200OK : StatusCodes.Status202Accepted;
        }
        else if (response.StatusCode is HttpStatusCode.MethodNotAllowed or HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            Fail(exchange, call, Unusable(call, response, saysSo: false));
            return;
        }
        else
        {
            Fail(exchange, call, McpSubjects.ServerFailed(call, "status"));
            return;
        }

        Finish(exchange, call, EventOutcomes.Completed, status);
    }

    /// <param name="call">The call.</param>
    /// <param name="response">What the server answered.</param>
    /// <param name="saysSo">True where its words, and not only its status, say that a session is missing.</param>
    private static Refusal Unusable(McpCall call, HttpResponseMessage response, bool saysSo)
    {
        call.Outcome.Failure = "status";
        if (call.IsStateless && (saysSo || call.Method == McpMethods.Discover)
            && response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.NotFound or HttpStatusCode.NotAcceptable or HttpStatusCode.MethodNotAllowed)
        {
            return call.Method == McpMethods.Discover
                ? new Refusal
                {
                    Status = 404,
                    Code = "method_not_found",
                    Message = "The server behind this route keeps sessions: begin with 'initialize'.",
                    Rpc = new RpcError(McpErrorCodes.MethodNotFound)
                }
                : McpHeaders.Unsupported(call.Version) with
                {
                    Rpc =
                    new RpcError(McpErrorCodes.UnsupportedVersion) { Supported = [.. McpVersions.Known.Where(v => !McpVersions.IsStateless(v))], Requested = call.Version }
                };
        }

        return response.StatusCode switch
        {
            HttpStatusCode.NotFound when call.Session is not null => new Refusal
            {
                Status = 404,
                Code = "session_not_found",
                Message = "There is no such session any more. Begin "
                + "a new one with 'initialize'.",
                Rpc = new RpcError(McpErrorCodes.SessionNotFound)
            },
            HttpStatusCode.MethodNotAllowed when call.Message is null => new Refusal
            {
                Status = 405,
                Code = "method_not_allowed",
                Message = "The server offers no such stream, "
                + "or does not let sessions be ended.",
                Rpc = new RpcError(McpErrorCodes.InvalidRequest)
            },
            HttpStatusCode.BadRequest when !call.IsStateless => new Refusal
            {
                Status = 400,
                Code = "bad_request",
                Message = "The server does not take the message as it is; a "
                + "session may be missing.",
                Rpc = new RpcError(McpErrorCodes.InvalidRequest)
            },
            _ => McpSubjects.ServerFailed(call, "status"),
        };
    }

    /// <summary>The session speaks what the server agreed to, which stands in its answer.</summary>
    private async ValueTask AgreeAsync(Exchange exchange, McpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (call.Outcome.AgreedVersion is { } agreed && agreed != call.Version && !exchange.Http.Response.HasStarted)
        {
            await MintSessionAsync(exchange, call, response, agreed, cancellationToken);
        }
    }

    /// <summary>Gives the session that a server began a name of the gateway's own.</summary>
    private async ValueTask<bool> MintSessionAsync(Exchange exchange, McpCall call, HttpResponseMessage response, string version, CancellationToken cancellationToken)
    {
        if (call.IsStateless || call.Method != McpMethods.Initialize || !response.IsSuccessStatusCode || !response.Headers.TryGetValues(McpHeaders.Session, out var ids))
        {
            return true;
        }

        if (ids.ToList() is not [{ Length: > 0 and <= 1024 } id] || !id.All(c => c is >= '!' and <= '~'))
        {
            return false;
        }

        var session = new McpSession(id, McpVersions.IsStateless(version) ? McpVersions.Assumed : version, time.GetUtcNow().ToUnixTimeSeconds(), Words(call));
        sessions.Note(exchange, call, session);
        call.SessionHandle = await call.Handles!.SealAsync(session, cancellationToken);
        exchange.Http.Response.Headers[McpHeaders.Session] = call.SessionHandle;
        return true;
    }

    private static string? Words(McpCall call) => call.IsAnonymous && call.Message?.Params?.GetRawText() is { Length: <= MaxWords } words ? words : null;

    private void Fail(Exchange exchange, McpCall call, Refusal refusal)
    {
        if (refusal.Code == "mcp_server_failed")
        {
            logger.McpServerFailed(call.Server.Name, exchange.Context.RequestId, call.Outcome.Failure ?? "failed");
        }

        if (!exchange.Http.Response.HasStarted)
        {
            exchange.Http.Response.Headers.Remove(McpHeaders.Session);
        }

        Finish(exchange, call, refusal.Code is "content_refused" or StandingRefusals.Blocked ? EventOutcomes.Refused : EventOutcomes.Failed, refusal.Status, refusal.Reason ?? refusal.Code);
        exchange.HeldBack = new RefusalEnd(exchange, refusal);
    }

    /// <summary>Whoever waits for an answer is told; a stream that waits for nothing in particular closes.</summary>
    private void CutOff(Exchange exchange, McpCall call, Refusal refusal)
    {
        call.Outcome.Failure = "cut_off";
        Fail(exchange, call, refusal);
        exchange.HeldBack = call.Message is null && exchange.Http.Response.HasStarted ? null : new CutOffEnd(exchange, exchange.HeldBack!);
    }

    private static void Finish(Exchange exchange, McpCall call, string outcome, int status, string? reason = null)
    {
        var target = exchange.Plan[0].Target;
        exchange.Context.RoutingDecision = new RoutingDecision
        {
            Provider = target.Provider,
            Attempts = [new RoutingAttempt { Number = 1, Target = target, Status = call.Outcome.UpstreamStatus, Error = call.Outcome.Failure }],
        };
        exchange.Execution = new ExecutionResult { Outcome = outcome, Status = status, Reason = reason ?? call.Outcome.Failure };
    }
}
