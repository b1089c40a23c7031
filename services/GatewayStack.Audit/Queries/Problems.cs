using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Audit.Queries;

/// <summary>Errors as RFC 9457 says.</summary>
internal static class Problems
{
    public static async Task WriteAsync(HttpContext context, int status, string code, string title, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        await using var json = new Utf8JsonWriter(context.Response.BodyWriter);
        json.WriteStartObject();
        json.WriteString("type"u8, "about:blank"u8);
        json.WriteString("title"u8, title);
        json.WriteNumber("status"u8, status);
        json.WriteString("detail"u8, detail);
        json.WriteString("code"u8, code);
        json.WriteString("request_id"u8, context.TraceIdentifier);
        json.WriteEndObject();
    }
}
