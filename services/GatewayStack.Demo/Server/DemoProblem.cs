using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Server;

/// <summary>An error of the demo's own APIs (RFC 9457).</summary>
internal sealed record DemoProblem(string Title, int Status, string Detail)
{
    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(
            new DemoProblem(title, status, detail), DemoWire.Json.DemoProblem, "application/problem+json", context.RequestAborted);
    }
}

internal static class JsonBody
{
    /// <summary>Reads a small JSON body whatever its content type says: <c>curl -d</c> calls everything a form.</summary>
    /// <returns>The value, or null after a 400 was written.</returns>
    public static async Task<T?> ReadAsync<T>(HttpContext context, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (await JsonSerializer.DeserializeAsync(context.Request.Body, type, context.RequestAborted) is { } value)
            {
                return value;
            }
        }
        catch (JsonException)
        {
            // Answered below: what exactly was wrong would only echo the body.
        }

        await DemoProblem.WriteAsync(context, StatusCodes.Status400BadRequest, "Malformed request", $"The body must be one JSON object with these members: {Members(type)}.");
        return null;
    }

    private static string Members(System.Text.Json.Serialization.Metadata.JsonTypeInfo type) => string.Join(", ", type.Properties.Select(p => p.Name));
}
