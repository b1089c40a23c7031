using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Administration;

internal static class AdministrationAnswers
{
    public static Task WriteAsync<T>(HttpContext context, T document, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(document, type, contentType: null, context.RequestAborted);
    }

    public static Task WriteProblemAsync(HttpContext context, Problem problem)
    {
        context.Response.StatusCode = problem.Status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(problem with { RequestId = context.TraceIdentifier }, AdministrationJson.Default.Problem, "application/problem+json",
            context.RequestAborted);
    }

    /// <summary>Reads the body of a write; answers with what is wrong with it where it is not one.</summary>
    /// <returns>The request, with its reason; null when the answer is written.</returns>
    public static async Task<WriteRequest?> ReadWriteAsync(HttpContext context)
    {
        const int MaxBytes = 8 * 1024;
        // Without a body there is no type to be wrong: a proxy on the way may have left it out.
        if (context.Request.ContentType is not null && !context.Request.HasJsonContentType())
        {
            await WriteProblemAsync(
                context,
                new Problem { Status = 415, Title = "Unsupported media type", Detail = "Send a JSON body with the content type application/json.", Code = "unsupported_media_type" });
            return null;
        }

        var buffer = new byte[MaxBytes + 1];
        var length = await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted);
        var request = length > MaxBytes ? null : Parse(buffer.AsSpan(0, length));
        if (request is null || string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > 500)
        {
            await WriteProblemAsync(
                context,
                new Problem { Status = 400, Title = "Bad request", Detail = "Say why in a JSON body, such as {\"reason\":\"...\"}: 1 to 500 characters.", Code = "reason_required" });
            return null;
        }

        return request;
    }

    private static WriteRequest? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, AdministrationJson.Default.WriteRequest);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
