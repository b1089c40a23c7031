using System.Buffers;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Events.Shipping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace GatewayStack.Audit.Queries;

/// <summary><c>GET /audit/events</c>: the caller's tenant only, as one JSON page or as NDJSON, row by row.</summary>
internal sealed class AuditEventsHandler(IAuditModule audit, IEventShipping? shipping, TimeProvider time, ILogger<AuditEventsHandler> logger)
{
    private const string Ndjson = "application/x-ndjson";
    private static readonly TimeSpan DrainAtMost = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(HttpContext context)
    {
        var caller = ((GatewayPrincipal)context.User).Caller;
        if (AuditQueryParser.TryParse(context.Request.Query, caller.Tenant, out var query) is { } problem)
        {
            await Problems.WriteAsync(context, StatusCodes.Status400BadRequest, "invalid_request", "The query is not valid", problem);
            return;
        }

        await AuditDrain.RunAsync(shipping, DrainAtMost, time, logger, context.RequestAborted);
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await (WantsNdjson(context.Request) ? StreamAsync(context, query) : PageAsync(context, query));
        }
        catch (Exception e) when (StoreFailures.Is(e) || e is ModuleCallException)
        {
            logger.QueryFailed(e);
            await UnavailableAsync(context);
        }
    }

    private static Task UnavailableAsync(HttpContext context)
    {
        if (context.Response.HasStarted)
        {
            // Rows that are missing at the end must not look like the end.
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.Headers.RetryAfter = "5";
        return Problems.WriteAsync(
            context, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "The audit cannot be read now", "The audit's store does not answer. Nothing is lost; ask "
                + "again in a while.");
    }

    private static bool WantsNdjson(HttpRequest request) =>
        MediaTypeHeaderValue.TryParseList([.. request.Headers.Accept.OfType<string>()], out var accepted)
        && accepted.Any(a => a.MediaType.Equals(Ndjson, StringComparison.OrdinalIgnoreCase));

    private async Task PageAsync(HttpContext context, AuditQuery query)
    {
        // Whole before its first byte: an error on the way is then still an error, not half a page.
        var page = new ArrayBufferWriter<byte>();
        page.Write("{\"events\":["u8);
        var count = 0;
        string? cursor = null;
        await foreach (var record in audit.QueryAsync(query, context.RequestAborted))
        {
            page.Write(count++ == 0 ? ""u8 : ","u8);
            page.Write(record.Json.AsSpan());
            cursor = record.Cursor;
        }

        page.Write(count == query.Limit ? System.Text.Encoding.UTF8.GetBytes($"],\"next_cursor\":\"{cursor}\"}}") : "],\"next_cursor\":null}"u8);
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = page.WrittenCount;
        await context.Response.BodyWriter.WriteAsync(page.WrittenMemory, context.RequestAborted);
    }

    private async Task StreamAsync(HttpContext context, AuditQuery query)
    {
        context.Response.ContentType = Ndjson;
        // Without a limit of its own a stream goes on to the oldest row, in pages, so that no read stays open for long.
        var onePage = context.Request.Query.ContainsKey("limit");
        query = onePage ? query : query with { Limit = AuditQueryParser.LargestLimit };
        int count;
        do
        {
            count = 0;
            await foreach (var record in audit.QueryAsync(query, context.RequestAborted))
            {
                WriteLine(context.Response.BodyWriter, record);
                _ = await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                query = query with { Cursor = record.Cursor };
                count++;
            }
        }
        while (!onePage && count == query.Limit);
    }

    private static void WriteLine(System.IO.Pipelines.PipeWriter writer, AuditRecord record)
    {
        writer.Write(System.Text.Encoding.UTF8.GetBytes($"{{\"cursor\":\"{record.Cursor}\","));
        writer.Write(record.Json.AsSpan()[1..]);
        writer.Write("\n"u8);
    }
}
