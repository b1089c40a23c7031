using System.Buffers;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Router.Json;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Providers.Answers;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Providers;

/// <summary>
/// Hands on an answer that is one JSON document. A small one is checked before its first byte is sent, so that garbage becomes an error or a
/// fallback; a large one is passed on as it comes, its end held back. One in which something is to be changed or put back is read whole.
/// </summary>
internal sealed class JsonAnswerRelay(AnswerSessions sessions) : IAnswerRelay
{
    /// <summary>The most that is read whole, where something in it is to be changed or put back.</summary>
    private const int MaxTreatedBytes = 8 * 1024 * 1024;

    private const int CheckedBytes = 256 * 1024;
    private const long MaxAnswerBytes = 64L * 1024 * 1024;

    public async Task<bool> RelayAsync(
        Exchange exchange, AttemptRun run, HttpResponseMessage response, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        long received = 0;
        try
        {
            if (response.Content.Headers.ContentEncoding.Count > 0)
            {
                run.Fail("garbage", billed: true);
                return false;
            }

            await using var stream = await response.Content.ReadAsStreamAsync(idle.Token);
            await using var session = sessions.Open(exchange, run.Target, cancellationToken);
            if (session is not null)
            {
                var whole = await ReadWholeAsync(stream, n => received = n, idleTimeout, idle);
                return whole is { } answered ? await TreatAsync(exchange, run, session, answered, cancellationToken) : Refuse(exchange, run, null, received, ContentRefusals.AnswerTooLarge);
            }

            var length = response.Content.Headers.ContentLength is { } known and < CheckedBytes ? (int)known + 1 : CheckedBytes;
            var head = new byte[length];
            var filled = await stream.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, idle.Token);
            received = filled;
            if (filled < head.Length)
            {
                return Whole(exchange, run, head.AsMemory(0, filled));
            }

            if (!BeginsAsObject(head))
            {
                run.Fail("garbage", billed: true, receivedBytes: received);
                return false;
            }

            await PassAsync(exchange, run, stream, head, idleTimeout, idle, cancellationToken);
            return true;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            run.Leave(received, null, refusal => exchange.Http.Response.HasStarted ? new AbortEnd(exchange) : new RefusalEnd(exchange, refusal));
            return true;
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or HttpRequestException)
        {
            run.Fail(e is OperationCanceledException ? "timeout" : "broken_off", billed: true, receivedBytes: received);
            if (!exchange.Http.Response.HasStarted)
            {
                return false;
            }

            run.Finish(EventOutcomes.Failed, StatusCodes.Status200OK, run.LastError);
            exchange.HeldBack = new AbortEnd(exchange);
            return true;
        }
    }

    /// <returns>The answer, or null where it is too large.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadWholeAsync(Stream stream, Action<long> received, TimeSpan idleTimeout, CancellationTokenSource idle)
    {
        var whole = new ArrayBufferWriter<byte>(64 * 1024);
        while (true)
        {
            idle.CancelAfter(idleTimeout);
            var read = await stream.ReadAsync(whole.GetMemory(16 * 1024), idle.Token);
            if (read == 0)
            {
                return whole.WrittenMemory;
            }

            whole.Advance(read);
            received(whole.WrittenCount);
            if (whole.WrittenCount > MaxTreatedBytes)
            {
                return null;
            }
        }
    }

    private static async Task<bool> TreatAsync(Exchange exchange, AttemptRun run, AnswerSession session, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (!BeginsAsObject(body.Span) || AnswerReader.TryRead(body) is not { } reader)
        {
            run.Fail("garbage", billed: true, receivedBytes: body.Length);
            return false;
        }

        TokenUsage? usage;
        using (var document = JsonDocument.Parse(body))
        {
            usage = UsageJson.Read(document.RootElement);
        }

        var treatment = new AnswerTreatment(exchange, session, exchange.Chat!.AsksForJson);
        var splices = new BodySplices();
        var last = reader.LastOfChannels();
        var pieces = reader.Texts.Select((t, i) => treatment.Add(t, last[i])).ToArray();
        if (!await treatment.RunAsync(cancellationToken))
        {
            return Refuse(exchange, run, usage, body.Length, ContentRefusals.AnswerUntreated);
        }

        for (var i = 0; i < pieces.Length; i++)
        {
            if (treatment.Text(pieces[i]) is not { } text)
            {
                return Refuse(exchange, run, usage, body.Length, ContentRefusals.Answer);
            }

            if (!string.Equals(text, reader.Texts[i].Text, StringComparison.Ordinal))
            {
                splices.Replace(reader.Texts[i].Range, BodySplices.Literal(text));
            }
        }

        Array.ForEach(pieces, treatment.Count);
        foreach (var repeated in reader.RepeatedTexts)
        {
            splices.Replace(repeated, "null"u8.ToArray());
        }

        run.Succeed(usage, body.Length);
        Hold(exchange, run, splices.Apply(body));
        return true;
    }

    /// <summary>The model has worked, and what it said may not go on: no other target is tried.</summary>
    private static bool Refuse(Exchange exchange, AttemptRun run, TokenUsage? usage, long received, Refusal refusal)
    {
        run.Succeed(usage, received);
        run.Finish(refusal.Code == ContentRefusals.Code ? EventOutcomes.Refused : EventOutcomes.Failed, refusal.Status, refusal.Code);
        exchange.HeldBack = new RefusalEnd(exchange, refusal);
        return true;
    }

    private static void Hold(Exchange exchange, AttemptRun run, ReadOnlyMemory<byte> body)
    {
        run.Finish(EventOutcomes.Completed, StatusCodes.Status200OK);
        var answer = exchange.Http.Response;
        answer.StatusCode = StatusCodes.Status200OK;
        answer.ContentType = "application/json";
        answer.ContentLength = body.Length;
        exchange.HeldBack = new BytesEnd(exchange, body);
    }

    private static bool BeginsAsObject(ReadOnlySpan<byte> head) => head.TrimStart(" \r\n\t"u8) is [(byte)'{', ..];

    private static bool Whole(Exchange exchange, AttemptRun run, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                run.Fail("garbage", billed: true, receivedBytes: body.Length);
                return false;
            }

            run.Succeed(UsageJson.Read(document.RootElement), body.Length);
        }
        catch (JsonException)
        {
            run.Fail("garbage", billed: true, receivedBytes: body.Length);
            return false;
        }

        Hold(exchange, run, body);
        return true;
    }

    private static async Task PassAsync(
        Exchange exchange, AttemptRun run, Stream stream, byte[] head, TimeSpan idleTimeout, CancellationTokenSource idle, CancellationToken cancellationToken)
    {
        var scanner = new UsageScanner();
        var answer = exchange.Http.Response;
        answer.StatusCode = StatusCodes.Status200OK;
        answer.ContentType = "application/json";
        var (held, next) = (head, new byte[16 * 1024]);
        var heldLength = head.Length;
        long received = heldLength;
        scanner.Feed(held);
        while (true)
        {
            idle.CancelAfter(idleTimeout);
            var read = await stream.ReadAsync(next, idle.Token);
            if (read == 0)
            {
                break;
            }

            received += read;
            if (received > MaxAnswerBytes)
            {
                throw new IOException("The answer is too large.");
            }

            scanner.Feed(next.AsSpan(0, read));
            await answer.BodyWriter.WriteAsync(held.AsMemory(0, heldLength), cancellationToken);
            (held, heldLength, next) = (next, read, held.Length == 16 * 1024 ? held : new byte[16 * 1024]);
        }

        if (!scanner.Complete)
        {
            throw new IOException("The answer broke off.");
        }

        run.Succeed(scanner.Usage(), received);
        run.Finish(EventOutcomes.Completed, StatusCodes.Status200OK);
        exchange.HeldBack = new BytesEnd(exchange, held.AsMemory(0, heldLength));
    }
}

/// <summary>An answer that cannot be finished: the connection is cut, so that nobody takes it for whole.</summary>
internal sealed class AbortEnd(Exchange exchange) : IHeldBackEnd
{
    public ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        exchange.Http.Abort();
        return default;
    }
}
