using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Demo.Providers;

/// <summary>The simulated providers on OpenAI's wire.</summary>
internal sealed class ProviderEndpoints(RequestRecorder recorder, DemoMetrics metrics, TimeProvider time, IHostApplicationLifetime lifetime)
{
    private const string InvalidRequest = "invalid_request_error";

    public void Map(IEndpointRouteBuilder provider)
    {
        provider.MapPost("/v1/chat/completions", CompleteAsync);
        provider.MapGet("/v1/models", ModelsAsync);
        provider.MapGet("/requests", RecordedAsync);
        provider.MapDelete("/requests", ForgetAsync);
    }

    private async Task CompleteAsync(HttpContext context)
    {
        if (await FindAsync(context) is not { } provider)
        {
            return;
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
        var body = buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
        recorder.Add(provider, context.Request, body.Span);
        metrics.CompletionRequested(provider.Name);
        ProviderHeaders(context.Response);
        if (!await HasKeyAsync(context, provider))
        {
            return;
        }

        var (request, problem) = CompletionRequest.Read(body);
        if (request is null)
        {
            await ErrorAsync(context, StatusCodes.Status400BadRequest, problem!, InvalidRequest, null);
            return;
        }

        if (!provider.Models.Contains(request.Model, StringComparer.Ordinal))
        {
            await ErrorAsync(context, StatusCodes.Status404NotFound, $"The model `{request.Model}` does not exist.", InvalidRequest, "model_not_found");
            return;
        }

        // A stalled answer must not hold up the end of the process.
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await AnswerAsync(context, provider, request, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, SimulatedProvider provider, CompletionRequest request, CancellationToken cancellationToken)
    {
        var behaviour = request.Behaviour;
        if (behaviour.DelayMs > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(behaviour.DelayMs), time, cancellationToken);
        }

        if (behaviour.Status is { } status)
        {
            context.Response.Headers.RetryAfter = behaviour.RetryAfter;
            var (type, code) = status == StatusCodes.Status429TooManyRequests ? ("requests", "rate_limit_exceeded") : (status < 500 ? InvalidRequest : "server_error", null);
            await ErrorAsync(context, status, "The simulated provider fails as it was asked to.", type, code);
            return;
        }

        var answer = SimulatedAnswer.Compose(provider, request, context.Request.Headers);
        var json = new CompletionJson($"chatcmpl-{Guid.NewGuid():N}", time.GetUtcNow(), request.Model);
        await (request.Stream
            ? new CompletionStream(context, json, request, time).SendAsync(answer, cancellationToken)
            : WholeAsync(context, json, request, answer, cancellationToken));
    }

    private async Task WholeAsync(HttpContext context, CompletionJson json, CompletionRequest request, SimulatedAnswer answer, CancellationToken cancellationToken)
    {
        var behaviour = request.Behaviour;
        if (behaviour.Garbage)
        {
            await WriteAsync(context, StatusCodes.Status200OK, "<html>Bad luck</html>"u8.ToArray());
            return;
        }

        var body = json.Completion(answer, request.Choices, !behaviour.NoUsage);
        if ((behaviour.StallAfter ?? behaviour.BreakAfter) is { } pieces)
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
            await context.Response.Body.WriteAsync(body.AsMemory(0, Math.Min(pieces, body.Length - 1)), cancellationToken);
            await context.Response.Body.FlushAsync(cancellationToken);
            if (behaviour.StallAfter is not null)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
            }

            context.Abort();
            return;
        }

        await WriteAsync(context, StatusCodes.Status200OK, body);
    }

    private async Task ModelsAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } provider && await HasKeyAsync(context, provider))
        {
            await WriteAsync(context, StatusCodes.Status200OK, CompletionJson.Models(provider, time.GetUtcNow()));
        }
    }

    private async Task RecordedAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } provider)
        {
            await context.Response.WriteAsJsonAsync(recorder.Read(provider), DemoWire.Json.RecordedRequests, cancellationToken: context.RequestAborted);
        }
    }

    private async Task ForgetAsync(HttpContext context)
    {
        if (await FindAsync(context) is { } provider)
        {
            recorder.Clear(provider);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private static async Task<SimulatedProvider?> FindAsync(HttpContext context)
    {
        var provider = SimulatedProvider.Find(context.GetRouteValue("provider") as string);
        if (provider is null)
        {
            await ErrorAsync(context, StatusCodes.Status404NotFound, "There is no such provider: use cloud or onprem.", InvalidRequest, "unknown_url");
        }

        return provider;
    }

    private static async Task<bool> HasKeyAsync(HttpContext context, SimulatedProvider provider)
    {
        if (RequestRecorder.HasKey(provider, context.Request))
        {
            return true;
        }

        await ErrorAsync(context, StatusCodes.Status401Unauthorized, "Incorrect API key provided.", InvalidRequest, "invalid_api_key");
        return false;
    }

    // What a real provider tells about its customer's whole organisation: a gateway must not let its users see it.
    private static void ProviderHeaders(HttpResponse response)
    {
        response.Headers["x-request-id"] = $"req_{Guid.NewGuid():N}";
        response.Headers["openai-organization"] = "demo-organization";
        response.Headers["openai-version"] = "2020-10-01";
        response.Headers["x-ratelimit-limit-requests"] = "10000";
        response.Headers["x-ratelimit-remaining-requests"] = "9999";
        response.Headers.SetCookie = "__cf_bm=demo; path=/";
    }

    private static Task ErrorAsync(HttpContext context, int status, string message, string type, string? code) =>
        WriteAsync(context, status, CompletionJson.Error(message, type, code));

    private static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }
}
