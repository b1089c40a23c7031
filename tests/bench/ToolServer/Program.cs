using System.Globalization;
using System.Text;
using System.Text.Json;
using GatewayStack.ToolServer;

// An MCP server that answers at once and thinks about nothing: one tool, whose argument says how it answers (json, sse, or slow: 200 ms later).
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
var opened = 0L;
builder.WebHost.ConfigureKestrel(server => server.ConfigureEndpointDefaults(endpoint => endpoint.Use(next => connection =>
{
    Interlocked.Increment(ref opened);
    return next(connection);
})));

await using var app = builder.Build();
app.MapGet("/connections", async (HttpContext http) => await http.Response.WriteAsync(Interlocked.Read(ref opened).ToString(CultureInfo.InvariantCulture)));
app.MapPost("/mcp", async (HttpContext http) =>
{
    using var message = await JsonDocument.ParseAsync(http.Request.Body, cancellationToken: http.RequestAborted);
    var root = message.RootElement;
    var method = root.GetProperty("method").GetString();
    var answer = method == "tools/call" ? root.GetProperty("params").GetProperty("arguments").GetProperty("answer").GetString() : "json";
    if (answer == "slow")
    {
        await Task.Delay(200, http.RequestAborted);
    }

    var (before, after) = answer == "sse" ? ("event: message\ndata: ", "\n\n") : (string.Empty, string.Empty);
    var bytes = Encoding.UTF8.GetBytes($$"""{{before}}{"jsonrpc":"2.0","id":{{root.GetProperty("id").GetRawText()}},{{Answers.Of(method)}}}{{after}}""");
    http.Response.ContentType = answer == "sse" ? "text/event-stream" : "application/json";
    http.Response.ContentLength = answer == "sse" ? null : bytes.Length;
    await http.Response.BodyWriter.WriteAsync(bytes, http.RequestAborted);
});
app.Run();
