using System.Buffers;
using System.Text;
using GatewayStack.Contracts.Events;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>
/// Hands on a stream of server-sent events, each as soon as it is whole, byte for byte. Reads the usage, takes out the usage chunk that only we
/// asked for, and holds back <c>[DONE]</c> until the outcome is on record.
/// </summary>
internal sealed class ChatStreamRelay : IAnswerRelay
{
    private const int MaxEventBytes = 1024 * 1024;

    public async Task<bool> RelayAsync(
        Exchange exchange, AttemptRun run, HttpResponseMessage response, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var state = new StreamState(exchange.Chat!.AsksForUsage);
        var answer = exchange.Http.Response;
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            run.Fail("garbage", billed: true, status: 200);
            return false;
        }

        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(idle.Token);
            var filled = 0;
            while (!state.Done)
            {
                if (filled == buffer.Length)
                {
                    buffer = Grow(buffer, filled);
                }

                idle.CancelAfter(idleTimeout);
                var read = await stream.ReadAsync(buffer.AsMemory(filled), idle.Token);
                if (read == 0)
                {
                    state.End(buffer.AsSpan(0, filled));
                    break;
                }

                filled += read;
                var (consumed, forward) = state.Take(buffer.AsMemory(0, filled), answer.BodyWriter, () => Begin(answer));
                if (forward)
                {
                    await FlushAsync(answer, idle, cancellationToken);
                }

                cancellationToken.ThrowIfCancellationRequested();
                buffer.AsSpan(consumed, filled - consumed).CopyTo(buffer);
                filled -= consumed;
            }

            if (!state.Done && !state.Finished)
            {
                throw new IOException("The stream broke off.");
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Fail("cancelled", billed: true, status: 200, receivedBytes: state.ContentBytes);
            run.Finish(EventOutcomes.Cancelled, StatusCodes.Status499ClientClosedRequest, "client_closed");
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            run.Fail(e is OperationCanceledException ? "timeout" : "broken_off", billed: true, status: 200, receivedBytes: state.ContentBytes);
            return Break(exchange, run, state);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        run.Succeed(state.Usage, state.ContentBytes);
        run.Finish(EventOutcomes.Completed, StatusCodes.Status200OK);
        if (!state.Forwarded)
        {
            Begin(answer);
        }

        exchange.HeldBack = new BytesEnd(exchange, state.HeldBack);
        return true;
    }

    /// <summary>While a slow caller is waited for, the provider is not the one who stalls.</summary>
    private static async ValueTask FlushAsync(HttpResponse answer, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var flush = answer.BodyWriter.FlushAsync(cancellationToken);
        if (!flush.IsCompleted)
        {
            idle.CancelAfter(Timeout.InfiniteTimeSpan);
        }

        await flush;
    }

    private static void Begin(HttpResponse answer)
    {
        answer.StatusCode = StatusCodes.Status200OK;
        answer.ContentType = "text/event-stream";
        answer.Headers.CacheControl = "no-cache";
        answer.Headers["X-Accel-Buffering"] = "no";
    }

    /// <summary>Before the first event another target may be tried; after it the caller is told in the stream's own way.</summary>
    private static bool Break(Exchange exchange, AttemptRun run, StreamState state)
    {
        if (!state.Forwarded)
        {
            return false;
        }

        run.Finish(EventOutcomes.Failed, StatusCodes.Status200OK, run.LastError);
        var text = run.LastError == "timeout" ? "The model provider stalled; the answer is not complete." : "The model provider broke off; the answer is not complete.";
        exchange.HeldBack = new BytesEnd(exchange, Encoding.UTF8.GetBytes(
            $"data: {{\"error\":{{\"message\":\"{text}\",\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_{run.LastError}\"}}}}\n\n"));
        return true;
    }

    private static byte[] Grow(byte[] buffer, int filled)
    {
        if (filled >= MaxEventBytes)
        {
            throw new IOException("An event of the stream is too large.");
        }

        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.AsSpan(0, filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}
