using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Identity.Metadata;

/// <summary>Answers with a document that everybody may read, from any origin, and keep for a while.</summary>
internal static class PublicDocument
{
    public static Task WriteAsync<T>(HttpContext context, T document, JsonTypeInfo<T> type, TimeSpan maxAge)
    {
        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            headers.AccessControlAllowMethods = "GET, HEAD, OPTIONS";
            headers.AccessControlAllowHeaders = "*";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        headers.CacheControl = $"public, max-age={(int)maxAge.TotalSeconds}";
        headers.XContentTypeOptions = "nosniff";
        context.Response.ContentType = "application/json";
        var body = JsonSerializer.SerializeToUtf8Bytes(document, type);
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }
}
