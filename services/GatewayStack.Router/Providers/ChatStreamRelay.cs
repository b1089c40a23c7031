using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers.Answers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>
/// Hands on a stream of server-sent events, each as soon as it is whole, byte for byte; where something in the answer is to be changed or put back, with other texts in the
/// same events. Reads the usage before anything is changed, takes out the usage chunk that only we asked for, and holds back <c>[DONE]</c> until the outcome is on record.
/// </summary>
internal sealed class ChatStreamRelay(AnswerSessions sessions) : IAnswerRelay
{
    private const int MaxEventBytes = 1024 * 1024;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<bool> RelayAsync(
        Exchange exchange, AttemptRun run, HttpResponseMessage response, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentEncoding.Count > 0)
        {
            run.Fail("garbage", billed: true, status: 200);
            return false;
        }

        var answer = exchange.Http.Response;
        var state = new StreamState(exchange.Chat!.AsksForUsage);
        await using var session = sessions.Open(exchange, run.Target, cancellationToken);
        var path = session is null ? (IStreamPath)new PlainPath(state, answer) : new TreatedPath(state, answer, new AnswerStream(exchange, session));
        try
        {
            if (await ReadAsync(response, state, path, answer, idleTimeout, idle, cancellationToken) is { } stopped)
            {
                return Stop(exchange, run, state, stopped);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Leave(state.ContentBytes, 200, refusal => state.Forwarded ? new BytesEnd(exchange, ErrorEvent(refusal)) : new RefusalEnd(exchange, refusal));
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            run.Fail(e is OperationCanceledException ? "timeout" : "broken_off", billed: true, status: 200, receivedBytes: state.ContentBytes);
            return await path.FlushAsync(CancellationToken.None) is { } stopped ? Stop(exchange, run, state, stopped, isBilled: true) : Break(exchange, run, state);
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

    /// <returns>Why the answer does not go on; null where it is whole.</returns>
    private static async Task<Refusal?> ReadAsync(
        HttpResponseMessage response, StreamState state, IStreamPath path, HttpResponse answer, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
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
                var (consumed, wrote, stopped) = await path.TakeAsync(buffer.AsMemory(0, filled), cancellationToken);
                if (wrote)
                {
                    await FlushAsync(answer, idle, cancellationToken);
                }

                if (stopped is not null)
                {
                    return stopped;
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
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return await path.FlushAsync(cancellationToken);
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
        exchange.HeldBack = new BytesEnd(exchange, ErrorEvent(new Refusal
        {
            Status = StatusCodes.Status502BadGateway,
            Code = run.LastError == "timeout" ? "upstream_timeout" : "upstream_broken_off",
            Message = run.LastError == "timeout" ? "The model provider stalled; the answer is not complete." : "The model provider broke off; the answer is not complete.",
        }));
        return true;
    }

    /// <summary>What came may not go on as it is: no other target is tried, and the model's work is paid for.</summary>
    private static bool Stop(Exchange exchange, AttemptRun run, StreamState state, Refusal refusal, bool isBilled = false)
    {
        if (!isBilled)
        {
            run.Succeed(state.Usage, state.ContentBytes);
        }

        var outcome = refusal.Code == ContentRefusals.Code ? EventOutcomes.Refused : EventOutcomes.Failed;
        run.Finish(outcome, state.Forwarded ? StatusCodes.Status200OK : refusal.Status, refusal.Code);
        exchange.HeldBack = state.Forwarded ? new BytesEnd(exchange, ErrorEvent(refusal)) : new RefusalEnd(exchange, refusal);
        return true;
    }

    private static byte[] ErrorEvent(Refusal refusal)
    {
        var output = new ArrayBufferWriter<byte>();
        output.Write("data: "u8);
        using (var writer = new Utf8JsonWriter(output, Readable))
        {
            ErrorWriter.OpenAi(writer, refusal);
        }

        output.Write("\n\n"u8);
        return output.WrittenSpan.ToArray();
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

    /// <summary>How events get from the provider to the caller.</summary>
    private interface IStreamPath
    {
        /// <summary>Takes whole events from the buffer and writes what the caller gets of them.</summary>
        ValueTask<(int Consumed, bool Wrote, Refusal? Stopped)> TakeAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken);

        /// <summary>Writes what is still held when nothing more comes.</summary>
        ValueTask<Refusal?> FlushAsync(CancellationToken cancellationToken);
    }

    /// <summary>Byte for byte.</summary>
    private sealed class PlainPath(StreamState state, HttpResponse answer) : IStreamPath
    {
        public ValueTask<(int Consumed, bool Wrote, Refusal? Stopped)> TakeAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            var (consumed, wrote) = state.Take(buffer, answer.BodyWriter, () => Begin(answer));
            return new((consumed, wrote, null));
        }

        public ValueTask<Refusal?> FlushAsync(CancellationToken cancellationToken) => default;
    }

    /// <summary>With texts changed or put back.</summary>
    private sealed class TreatedPath(StreamState state, HttpResponse answer, AnswerStream treated) : IStreamPath
    {
        private readonly List<ReadOnlyMemory<byte>> _events = [];
        private readonly ArrayBufferWriter<byte> _output = new();

        public async ValueTask<(int Consumed, bool Wrote, Refusal? Stopped)> TakeAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken)
        {
            _events.Clear();
            var consumed = state.Take(buffer, _events);
            var end = _events.Count == 0 ? AnswerTreatmentEnd.Good : await treated.TakeAsync(_events, _output, cancellationToken);
            return (consumed, Write(), Refused(end));
        }

        public async ValueTask<Refusal?> FlushAsync(CancellationToken cancellationToken)
        {
            var end = await treated.FlushAsync(_output, cancellationToken);
            Write();
            return Refused(end);
        }

        private bool Write()
        {
            var wrote = state.Write(_output.WrittenMemory, answer.BodyWriter, () => Begin(answer));
            _output.ResetWrittenCount();
            return wrote;
        }

        private static Refusal? Refused(AnswerTreatmentEnd end) => end switch
        {
            AnswerTreatmentEnd.Good => null,
            AnswerTreatmentEnd.Blocked => ContentRefusals.Answer,
            AnswerTreatmentEnd.Garbage => ContentRefusals.AnswerNotReadable,
            _ => ContentRefusals.AnswerUntreated,
        };
    }
}
