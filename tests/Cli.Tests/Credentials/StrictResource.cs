using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Cli.Tests.Credentials;

/// <summary>What came with a request.</summary>
internal sealed record Received(string? Authorization, string? ApiKey, string Body, int Status);

/// <summary>An API that takes a token to the last tick of its time and not one longer, and writes down what it was sent.</summary>
internal sealed class StrictResource : IAsyncDisposable
{
    private LocalServer? _server;

    private StrictResource()
    {
    }

    public Uri Address => new(_server!.Origin);

    /// <summary>Whether a token is taken now.</summary>
    public Func<string, bool> Accepts { get; set; } = _ => true;

    /// <summary>Answers instead; null goes on.</summary>
    public Func<HttpContext, IResult?> Answer { get; set; } = _ => null;

    public ConcurrentQueue<Received> Requests { get; } = new();

    public static async Task<StrictResource> StartAsync()
    {
        var resource = new StrictResource();
        resource._server = await LocalServer.StartAsync(resource.ServeAsync);
        return resource;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var authorization = context.Request.Headers.Authorization.ToString();
        var isGood = authorization.StartsWith("Bearer ", StringComparison.Ordinal) && Accepts(authorization["Bearer ".Length..]);
        var answer = Answer(context) ?? (isGood ? Results.Text(Completion, "application/json") : Results.StatusCode(401));
        var status = (answer as IStatusCodeHttpResult)?.StatusCode ?? 200;
        Requests.Enqueue(new Received(authorization.Length == 0 ? null : authorization, context.Request.Headers["x-api-key"].FirstOrDefault(), body, status));
        await answer.ExecuteAsync(context);
    }

    // An answer of OpenAI's chat wire, which is JSON like any other for who does not read it.
    private static string Completion { get; } = new JsonObject
    {
        ["id"] = "chatcmpl-1",
        ["object"] = "chat.completion",
        ["created"] = 1,
        ["model"] = "gpt-4o-mini",
        ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["finish_reason"] = "stop", ["message"] = new JsonObject { ["role"] = "assistant", ["content"] = "hello" } }),
    }.ToJsonString();
}
