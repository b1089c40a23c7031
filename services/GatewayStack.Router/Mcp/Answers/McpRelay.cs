using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Mcp.Answers;

/// <summary>How a stream ended.</summary>
/// <param name="Last">The last event, held back for the outcome; null where the stream had no answer.</param>
/// <param name="Refusal">What the caller is told in its place.</param>
internal sealed record StreamEnding(IHeldBackEnd? Last = null, Refusal? Refusal = null);

/// <summary>Hands on a server's stream, event by event as they come; the answer itself is held back until it is on record.</summary>
internal sealed class McpRelay(AnswerReader answers, OpenStreams streams, IHostApplicationLifetime lifetime, TimeProvider time)
{
    private const int MaxEventId = 1024;
    private const int MostGoodbye = 64 * 1024;

    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(2);

    public async Task<StreamEnding> RelayAsync(Exchange exchange, McpCall call, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // A stream that waits for nothing in particular ends with the token; a call that was let in may finish, or its client would send it a second time.
        var isOpen = call.Message is null or { Method: McpMethods.SubscriptionsListen };
        using var place = isOpen ? streams.TryEnter(exchange, call) : null;
        if (isOpen && place is null)
        {
            return new StreamEnding(Refusal: TooMany);
        }

        using var tokenEnds = TokenEnds(exchange, isOpen ? TimeSpan.Zero : call.Server.Timeout);
        using var onTokenEnd = tokenEnds?.Token.Register(static s => ((CancellationTokenSource)s!).Cancel(), end);
        // Nor does it hold up the end of the process: its client comes back elsewhere.
        using var onStop = isOpen ? lifetime.ApplicationStopping.Register(static s => ((CancellationTokenSource)s!).Cancel(), end) : default;
        try
        {
            if (isOpen)
            {
                await BeginAsync(exchange, cancellationToken);
            }

            var stream = await response.Content.ReadAsStreamAsync(end.Token);
            return await RelayAsync(exchange, call, new SseReader(stream, exchange.Snapshot.MaxBodyBytes), end.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return tokenEnds?.IsCancellationRequested == true && !isOpen ? new StreamEnding(Refusal: Expired) : new StreamEnding();
        }
    }

    /// <summary>Reads what little a server says after its answer, so that the connection can be used again, and lets go of it.</summary>
    public static async Task LeaveAsync(HttpResponseMessage response)
    {
        using (response)
        using (var deadline = new CancellationTokenSource(LongestGoodbye))
        {
            try
            {
                await McpUpstream.ReadWholeAsync(await response.Content.ReadAsStreamAsync(deadline.Token), MostGoodbye, deadline.Token);
            }
            catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException or SseFormatException or ObjectDisposedException)
            {
                // It keeps talking: the connection goes with it.
            }
        }
    }

    private static Refusal TooMany { get; } = new()
    {
        Status = StatusCodes.Status429TooManyRequests,
        Code = "too_many_streams",
        Message = $"{OpenStreams.Most} streams are open at this server already. Close one first.",
    };

    private static Refusal Expired { get; } = new()
    {
        Status = StatusCodes.Status401Unauthorized,
        Code = "token_expired",
        Message = "The access token has expired while the answer was awaited. Sign in again.",
        Challenge = true,
        InvalidCredential = true,
    };

    private async Task<StreamEnding> RelayAsync(Exchange exchange, McpCall call, SseReader events, CancellationToken cancellationToken)
    {
        var canResume = false;
        while (await NextAsync(exchange, events, cancellationToken) is { } sse)
        {
            canResume |= sse.Id is { Length: > 0 };
            if (sse.Data is not { Length: > 0 } data)
            {
                await PassAsync(exchange, call, sse, cancellationToken);
                continue;
            }

            var message = await answers.ReadAsync(exchange, call, data, cancellationToken);
            switch (message.Kind)
            {
                case AnswerKind.Passed:
                    await PassAsync(exchange, call, sse with { Data = message.Body.ToArray() }, cancellationToken);
                    break;
                case AnswerKind.Answer when call.Message is not null || call.Resume?.RequestId is not null:
                    return new StreamEnding(new EventEnd(exchange, await SealAsync(call, sse with { Data = message.Body.ToArray() }, cancellationToken)));
                case AnswerKind.Dropped:
                    break;
                default:
                    if (message.Refusal is not null)
                    {
                        return new StreamEnding(Refusal: message.Refusal);
                    }

                    throw new SseFormatException(message.Reason ?? "answer_to_another_request");
            }
        }

        if (call.Message is { Method: not McpMethods.SubscriptionsListen } && (call.IsStateless || !canResume))
        {
            throw new SseFormatException("broken_off");
        }

        // A server of the session era may close a stream and be asked for the rest later, where it gave its events ids.
        return new StreamEnding();
    }

    private async ValueTask<SseEvent?> NextAsync(Exchange exchange, SseReader events, CancellationToken cancellationToken)
    {
        var next = events.ReadAsync(cancellationToken);
        if (next.IsCompleted)
        {
            return await next;
        }

        var waiting = next.AsTask();
        while (true)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (await Task.WhenAny(waiting, Task.Delay(Idle, time, stop.Token)) == waiting)
            {
                await stop.CancelAsync();
                break;
            }

            // Something between here and the client may take silence for an end.
            cancellationToken.ThrowIfCancellationRequested();
            await BeginAsync(exchange, cancellationToken);
            await SseWriter.CommentAsync(exchange.Http.Response.BodyWriter, cancellationToken);
        }

        return await waiting;
    }

    private static async Task PassAsync(Exchange exchange, McpCall call, SseEvent sse, CancellationToken cancellationToken)
    {
        await BeginAsync(exchange, cancellationToken);
        await SseWriter.WriteAsync(exchange.Http.Response.BodyWriter, await SealAsync(call, sse, cancellationToken), cancellationToken);
    }

    /// <summary>Event ids open a place in a stream: they are given out like sessions.</summary>
    private static async ValueTask<SseEvent> SealAsync(McpCall call, SseEvent sse, CancellationToken cancellationToken)
    {
        if (sse.Id is not { Length: > 0 } id)
        {
            return sse;
        }

        // What is listened for is named anew and decided anew, never taken up where it was left.
        if (call.IsStateless || id.Length > MaxEventId || call.AnsweredMethod == McpMethods.SubscriptionsListen)
        {
            return sse with { Id = null };
        }

        var request = call.Message is { Kind: McpMessageKind.Request, Id: { } own } ? own.GetRawText() : call.Resume?.RequestId;
        var position = new McpEventPosition(id, request, request is null ? null : call.AnsweredMethod, call.Subject);
        return sse with { Id = await call.Handles!.SealAsync(position, call.SessionHandle, cancellationToken) };
    }

    private static async Task BeginAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var response = exchange.Http.Response;
        if (response.HasStarted)
        {
            return;
        }

        StartHeaders(exchange);
        await response.StartAsync(cancellationToken);
        await response.BodyWriter.FlushAsync(cancellationToken);
    }

    private static void StartHeaders(Exchange exchange)
    {
        var response = exchange.Http.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        exchange.ShowDegraded();
    }

    private CancellationTokenSource? TokenEnds(Exchange exchange, TimeSpan grace)
    {
        if (exchange.Authentication?.ExpiresAt is not { } ends)
        {
            return null;
        }

        var left = ends + grace - time.GetUtcNow();
        var longest = TimeSpan.FromDays(1);
        return new CancellationTokenSource(left <= TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : left > longest ? longest : left, time);
    }

    private sealed class EventEnd(Exchange exchange, SseEvent last) : IHeldBackEnd
    {
        public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
        {
            if (!exchange.Http.Response.HasStarted)
            {
                StartHeaders(exchange);
            }

            await SseWriter.WriteAsync(exchange.Http.Response.BodyWriter, last, cancellationToken);
        }
    }
}
