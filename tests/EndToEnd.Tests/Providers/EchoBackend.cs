using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Content;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayStack.EndToEnd.Tests.Providers;

/// <summary>A customer's backend, and a model provider, that says what reached it: the target as it was sent, the headers and the body.</summary>
public sealed class EchoBackend : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _targets = new();
    private LocalServer? _server;

    private EchoBackend()
    {
    }

    public string Url => _server!.Origin;

    /// <summary>The provider below <c>/repeat</c>.</summary>
    public RepeatingProvider Repeater { get; } = new();

    /// <summary>Every request target it has seen.</summary>
    public IReadOnlyCollection<string> Targets => _targets;

    public static async Task<EchoBackend> StartAsync()
    {
        var backend = new EchoBackend();
        backend._server = await LocalServer.StartAsync(backend.AnswerAsync);
        return backend;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        _targets.Enqueue(target);
        if (context.Request.Path.Value!.EndsWith("/redirect", StringComparison.Ordinal))
        {
            context.Response.Redirect("http://127.0.0.1:1/elsewhere");
            return;
        }

        if (context.Request.Path.Value.EndsWith("/break", StringComparison.Ordinal))
        {
            context.Abort();
            return;
        }

        if (context.Request.Path.StartsWithSegments("/repeat", StringComparison.Ordinal))
        {
            await Repeater.AnswerAsync(context);
            return;
        }

        if (context.Request.Path.Value.EndsWith("/chat/completions", StringComparison.Ordinal))
        {
            await CompleteAsync(context);
            return;
        }

        var headers = new JsonObject();
        foreach (var (name, value) in context.Request.Headers)
        {
            headers[name.ToLowerInvariant()] = value.ToString();
        }

        using var body = new StreamReader(context.Request.Body);
        var text = await body.ReadToEndAsync(context.RequestAborted);
        var answer = new JsonObject { ["method"] = context.Request.Method, ["target"] = target, ["headers"] = headers, ["body"] = text };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }

    /// <summary>As a provider, it answers with the credential that it was called with.</summary>
    private static Task CompleteAsync(HttpContext context)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = context.Request.Headers.Authorization.ToString() };
        var answer = new JsonObject
        {
            ["id"] = "x",
            ["object"] = "chat.completion",
            ["created"] = 1,
            ["model"] = "gpt-4o-mini",
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["message"] = message, ["finish_reason"] = "stop" }),
            ["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 },
        };
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
