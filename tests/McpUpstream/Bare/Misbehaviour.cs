using System.Text.Json.Nodes;

namespace GatewayStack.McpUpstream.Bare;

/// <summary>
/// A server that does something wrong when a tool is called, or with its list of tools (<c>network-ref</c>):
/// <c>redirect</c>, <c>content-type</c>, <c>huge-event</c>, <c>never-ends</c>, <c>other-id</c>, <c>no-json</c>, <c>network-ref</c>, <c>challenge</c>, <c>forbidden</c>,
/// <c>breaks-off</c>.
/// </summary>
internal sealed class Misbehaviour
{
    /// <summary>Where a redirect and a schema lead: nobody may come here.</summary>
    public const string Trap = "/trap";

    /// <summary>Bytes of the event that nobody should read.</summary>
    public const long HugeEvent = 100_000_000;

    private long _sent;
    private int _abandoned;

    /// <summary>Bytes of the huge event that went out.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Answers without an end that the caller gave up.</summary>
    public int Abandoned => Volatile.Read(ref _abandoned);

    public async Task AnswerAsync(HttpContext context)
    {
        var kind = (string)context.GetRouteValue("kind")!;
        var message = await BareServer.ReadAsync(context);
        var trap = $"{context.Request.Scheme}://{context.Request.Host}{Trap}";
        if (message?["method"]?.ToString() != "tools/call")
        {
            await BareServer.AnswerAsync(context, kind == "network-ref" ? new JsonObject { ["type"] = "object", ["$ref"] = trap + "/schema.json" } : null);
            return;
        }

        var response = context.Response;
        switch (kind)
        {
            case "redirect":
                response.Redirect(trap, permanent: false, preserveMethod: true);
                break;
            case "content-type":
                response.ContentType = "text/html";
                await response.WriteAsync(Answer(message["id"]), context.RequestAborted);
                break;
            case "no-json":
                response.ContentType = "application/json";
                await response.WriteAsync("{\"jsonrpc\":", context.RequestAborted);
                break;
            case "other-id":
                response.ContentType = "application/json";
                await response.WriteAsync(Answer("another-id"), context.RequestAborted);
                break;
            case "challenge":
                response.StatusCode = StatusCodes.Status401Unauthorized;
                response.Headers.WWWAuthenticate = "Bearer resource_metadata=\"http://upstream.invalid/metadata\", scope=\"upstream:all\"";
                break;
            case "forbidden":
                response.StatusCode = StatusCodes.Status403Forbidden;
                response.Headers.WWWAuthenticate = "Bearer error=\"insufficient_scope\", scope=\"upstream:all\"";
                break;
            case "breaks-off":
                await BeginAsync(response, "data: {\"jsonrpc\":");
                context.Abort();
                break;
            case "never-ends":
                await BeginAsync(response, ": begun\n\n");
                await Task.Delay(Timeout.InfiniteTimeSpan, context.RequestAborted).ContinueWith(_ => Interlocked.Increment(ref _abandoned), TaskScheduler.Default);
                break;
            case "huge-event":
                await HugeAsync(response, context.RequestAborted);
                break;
            default:
                await BareServer.AnswerAsync(context, null);
                break;
        }
    }

    private static string Answer(JsonNode? id) => new JsonObject
    {
        ["jsonrpc"] = "2.0",
        ["id"] = id?.DeepClone(),
        ["result"] = new JsonObject { ["content"] = new JsonArray(new JsonObject { ["type"] = "text", ["text"] = "answer" }), ["resultType"] = "complete" },
    }.ToJsonString();

    private static async Task BeginAsync(HttpResponse response, string text)
    {
        response.ContentType = "text/event-stream";
        await response.WriteAsync(text, response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }

    private async Task HugeAsync(HttpResponse response, CancellationToken cancellationToken)
    {
        await BeginAsync(response, "data: \"");
        var piece = new byte[64 * 1024];
        Array.Fill(piece, (byte)'x');
        for (Volatile.Write(ref _sent, 0); Sent < HugeEvent; Interlocked.Add(ref _sent, piece.Length))
        {
            if (Sent % (16 * piece.Length) == 0)
            {
                // On a busy machine the end of a connection is noticed later than a loop of memory copies is through.
                await Task.Delay(1, CancellationToken.None);
            }

            // Writing to a connection that is gone does not fail, but it says so.
            if ((await response.BodyWriter.WriteAsync(piece, CancellationToken.None)).IsCompleted || cancellationToken.IsCancellationRequested)
            {
                return;
            }
        }

        await response.WriteAsync("\"\n\n", cancellationToken);
    }
}
