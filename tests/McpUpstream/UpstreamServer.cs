using System.Security.Claims;
using GatewayStack.McpUpstream.Bare;
using GatewayStack.McpUpstream.Conformance;

namespace GatewayStack.McpUpstream;

/// <summary>
/// MCP servers for tests, on one port: <c>/mcp</c> has what the conformance suite asks for, in both eras; <c>/bare</c> answers everybody and checks no header;
/// <c>/bad/{kind}</c> misbehaves when a tool is called (<see cref="Misbehaviour"/>). What arrives is in <see cref="Log"/>.
/// </summary>
internal sealed class UpstreamServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly AssertionCheck _check = new();

    private UpstreamServer(WebApplication app, UpstreamOptions options)
    {
        _app = app;
        Gateway = options.Gateway;
    }

    public Uri Address => new(_app.Urls.First());

    /// <summary>The gateway in front of it, which may be started later.</summary>
    public Uri? Gateway { get; set; }

    public RequestLog Log { get; } = new();

    /// <summary>What came of the endpoints that misbehave.</summary>
    public Misbehaviour Misbehaviour => _app.Services.GetRequiredService<Misbehaviour>();

    public static async Task<UpstreamServer> StartAsync(UpstreamOptions options)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(options.Url);
        builder.Services.AddRoutingCore().AddSingleton<BareServer>().AddSingleton<Misbehaviour>();
        builder.Services.AddConformanceServer();
        var server = new UpstreamServer(builder.Build(), options);
        server._app.Use(server.RecordAsync);
        server._app.MapMcp("/mcp").Add(endpoint =>
        {
            var serve = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => LocalOnly.IsLocal(context.Request) ? serve(context) : LocalOnly.RefuseAsync(context);
        });
        server._app.MapPost("/bare", server._app.Services.GetRequiredService<BareServer>().AnswerAsync);
        server._app.MapPost("/bad/{kind}", server._app.Services.GetRequiredService<Misbehaviour>().AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        // Streams that never end are cut off.
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _check.Dispose();
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next)
    {
        var assertion = context.Request.Headers[AssertionCheck.Header];
        var audience = context.Request.Path.Value!.Trim('/').Replace('/', '-');
        var subject = Gateway is { } gateway && assertion.Count == 1 ? await _check.SubjectAsync(gateway, audience, assertion, context.RequestAborted) : null;
        await Log.AddAsync(context.Request, subject);
        if (Gateway is not null && subject is null)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        if (subject is not null)
        {
            // The SDK binds a session to this, too.
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, subject)], authenticationType: AssertionCheck.Header));
        }

        await next(context);
    }
}
