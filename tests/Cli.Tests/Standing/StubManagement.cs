using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Gateway;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Cli.Tests.Standing;

/// <summary>A request as it came.</summary>
internal sealed record Call(string Method, string Target, string? Authorization, JsonNode? Body);

/// <summary>A gateway's own endpoints, with answers of a test's choice.</summary>
internal sealed class StubManagement : IAsyncDisposable
{
    private LocalServer? _server;

    private StubManagement()
    {
    }

    public string Origin => _server!.Origin;

    public ConcurrentQueue<Call> Calls { get; } = new();

    public Func<Call, (int Status, string Body)> Answer { get; set; } = _ => (200, "{}");

    public static async Task<StubManagement> StartAsync()
    {
        var stub = new StubManagement();
        stub._server = await LocalServer.StartAsync(stub.ServeAsync);
        return stub;
    }

    public ValueTask DisposeAsync() => _server!.DisposeAsync();

    private async Task ServeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var call = new Call(context.Request.Method, context.Request.Path + context.Request.QueryString, context.Request.Headers.Authorization.FirstOrDefault(), body.Length == 0 ? null : JsonNode.Parse(body));
        Calls.Enqueue(call);
        var (status, answer) = Answer(call);
        context.Response.StatusCode = status;
        context.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        await context.Response.WriteAsync(answer);
    }
}
