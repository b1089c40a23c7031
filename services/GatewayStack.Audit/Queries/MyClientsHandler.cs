using System.Globalization;
using System.Text.Json;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Identity;
using GatewayStack.Events.Protection;
using GatewayStack.Events.Shipping;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Audit.Queries;

/// <summary><c>GET /me/clients</c>: the apps that acted for the caller, what they did, and which of them are cut off.</summary>
internal sealed class MyClientsHandler(IAuditStore store, EventKeys keys, IEventShipping? shipping, TimeProvider time, ILogger<MyClientsHandler> logger)
{
    private const int MostDays = 366;
    private const int MostClients = 200;

    private static readonly TimeSpan DrainAtMost = TimeSpan.FromSeconds(2);

    public async Task HandleAsync(HttpContext context)
    {
        var caller = ((GatewayPrincipal)context.User).Caller;
        if (!TryRead(context.Request.Query, out var days, out var limit))
        {
            await Problems.WriteAsync(
                context, StatusCodes.Status400BadRequest, "invalid_request", "The query is not valid",
                $"Use 'days' (1 to {MostDays}) and 'limit' (1 to {MostClients}), each at most once, and nothing else.");
            return;
        }

        await AuditDrain.RunAsync(shipping, DrainAtMost, time, logger, context.RequestAborted);
        var now = time.GetUtcNow();
        ClientActivity activity;
        try
        {
            activity = await ClientActivity.ReadAsync(store, keys, caller, now.AddDays(-days), now, context.RequestAborted);
        }
        catch (Exception e) when (StoreFailures.Is(e))
        {
            logger.QueryFailed(e);
            context.Response.Headers.RetryAfter = "5";
            await Problems.WriteAsync(
                context, StatusCodes.Status503ServiceUnavailable, "gateway_unavailable", "The audit cannot be read now", "The audit's store does not answer. Nothing is lost; "
                    + "ask again in a while.");
            return;
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        Write(json, activity, limit);
    }

    private static bool TryRead(IQueryCollection query, out int days, out int limit)
    {
        (days, limit) = (90, 50);
        foreach (var (name, values) in query)
        {
            if (values.Count != 1 || !int.TryParse(values[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
            {
                return false;
            }

            switch (name)
            {
                case "days" when number <= MostDays:
                    days = number;
                    break;
                case "limit" when number <= MostClients:
                    limit = number;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static void Write(Utf8JsonWriter json, ClientActivity activity, int limit)
    {
        json.WriteStartObject();
        json.WriteString("since"u8, Time(activity.Since));
        json.WriteBoolean("complete"u8, activity.IsComplete && activity.Clients.Length <= limit);
        json.WriteStartArray("clients"u8);
        foreach (var client in activity.Clients.Take(limit))
        {
            json.WriteStartObject();
            json.WriteString("client_id"u8, client.ClientId);
            json.WriteString("client_name"u8, client.ClientName);
            json.WriteString("first_used"u8, Time(client.First));
            json.WriteString("last_used"u8, Time(client.Last));
            json.WriteNumber("calls"u8, client.Calls);
            json.WriteNumber("refusals"u8, client.Refusals);
            Names(json, "models", client.Models);
            Names(json, "tools", client.Tools);
            Names(json, "backends", client.Backends);
            json.WriteNumber("input_tokens"u8, client.InputTokens);
            json.WriteNumber("output_tokens"u8, client.OutputTokens);
            json.WriteNumber("cost_micros"u8, client.CostMicros);
            if (client.CutOff is { } cut)
            {
                json.WriteStartObject("cut_off"u8);
                json.WriteString("until"u8, Time(cut.Until));
                json.WriteString("by"u8, cut.By);
                json.WriteString("reason"u8, cut.Reason);
                json.WriteEndObject();
            }
            else
            {
                json.WriteNull("cut_off"u8);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Names(Utf8JsonWriter json, string member, IEnumerable<string> names)
    {
        json.WriteStartArray(member);
        foreach (var name in names)
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
    }

    private static string? Time(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
