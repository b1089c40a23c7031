using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Cli.Tests.Standing;

/// <summary>A request as it came.</summary>
internal sealed record Call(string Method, string Target, string? Authorization, JsonNode? Body);

/// <summary>A gateway's own endpoints, with answers of a test's choice.</summary>
internal sealed class StubManagement : IAsyncDisposable
{
    private readonly WebApplication _app;

    private StubManagement(WebApplication app) => _app = app;

    public string Origin => _app.Urls.First();

    public ConcurrentQueue<Call> Calls { get; } = new();

    public Func<Call, (int Status, string Body)> Answer { get; set; } = _ => (200, "{}");

    public static async Task<StubManagement> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var stub = new StubManagement(app);
        app.Run(stub.ServeAsync);
        await app.StartAsync();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

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
