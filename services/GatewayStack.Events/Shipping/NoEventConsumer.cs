using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Events.Shipping;

/// <summary>Answers the switch of a consumer where there is none: events come to this process directly.</summary>
public static class NoEventConsumer
{
    /// <summary>Answers 409.</summary>
    public static async Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Response.StatusCode = StatusCodes.Status409Conflict;
        context.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, "No consumer"u8);
        json.WriteNumber("status"u8, StatusCodes.Status409Conflict);
        json.WriteString("detail"u8, "This process consumes no log: events come to it directly. ConnectionStrings:kafka is not set."u8);
        json.WriteString("code"u8, "no_consumer"u8);
        json.WriteString("request_id"u8, context.TraceIdentifier);
        json.WriteEndObject();
    }
}
