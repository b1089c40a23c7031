using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GatewayStack.EndToEnd.Tests.Providers;

/// <summary>A customer's backend that says what reached it: the target as it was sent, the headers and the body.</summary>
public sealed class EchoBackend : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _targets = new();
    private LocalServer? _server;

    private EchoBackend()
    {
    }

    public string Url => _server!.Origin;

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

        var headers = new JsonObject();
        foreach (var (name, value) in context.Request.Headers)
        {
            headers[name.ToLowerInvariant()] = value.ToString();
        }

        using var body = new StreamReader(context.Request.Body);
        var answer = new JsonObject { ["method"] = context.Request.Method, ["target"] = target, ["headers"] = headers, ["body"] = await body.ReadToEndAsync(context.RequestAborted) };
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.ToJsonString(), context.RequestAborted);
    }
}
