using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Providers;

/// <summary>Sends an answer as server-sent events, as OpenAI does, or stops half-way as it was told to.</summary>
internal sealed class CompletionStream(HttpContext context, CompletionJson json, CompletionRequest request, TimeProvider time)
{
    public async Task SendAsync(SimulatedAnswer answer, CancellationToken cancellationToken)
    {
        context.Response.ContentType = "text/event-stream; charset=utf-8";
        context.Response.Headers.CacheControl = "no-cache";
        var behaviour = request.Behaviour;
        var withUsage = request.IncludeUsage && !behaviour.NoUsage;
        if (behaviour.Garbage)
        {
            await EventAsync("{not json"u8.ToArray(), cancellationToken);
            return;
        }

        for (var choice = 0; choice < request.Choices; choice++)
        {
            await EventAsync(json.Chunk(choice, "assistant", answer.ToolCall is null ? string.Empty : null, null, withUsage), cancellationToken);
            if (answer.ToolCall is { } call)
            {
                await EventAsync(json.ToolChunk(choice, call, string.Empty, withUsage), cancellationToken);
            }
        }

        for (var sent = 0; sent <= answer.Tokens.Length; sent++)
        {
            if (behaviour.StallAfter == sent)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            if (behaviour.BreakAfter == sent)
            {
                context.Abort();
                return;
            }

            for (var choice = 0; choice < request.Choices && sent < answer.Tokens.Length; choice++)
            {
                var piece = answer.Tokens[sent];
                await EventAsync(
                    answer.ToolCall is null ? json.Chunk(choice, null, piece, null, withUsage) : json.ToolChunk(choice, null, piece, withUsage), cancellationToken);
            }
        }

        for (var choice = 0; choice < request.Choices; choice++)
        {
            await EventAsync(json.Chunk(choice, null, null, answer.FinishReason, withUsage), cancellationToken);
        }

        if (withUsage)
        {
            await EventAsync(json.UsageChunk(answer), cancellationToken);
        }

        await EventAsync("[DONE]"u8.ToArray(), cancellationToken);
    }

    private async Task EventAsync(byte[] data, CancellationToken cancellationToken)
    {
        if (request.Behaviour.ChunkDelayMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(request.Behaviour.ChunkDelayMs), time, cancellationToken);
        }

        // One write per event: a client that reads line by line sees whole events.
        byte[] framed = [.. "data: "u8, .. data, .. "\n\n"u8];
        await context.Response.Body.WriteAsync(framed, cancellationToken);
        await context.Response.Body.FlushAsync(cancellationToken);
    }
}
