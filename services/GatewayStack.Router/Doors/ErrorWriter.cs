using System.Globalization;
using System.Text.Json;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Refusals;
using GatewayStack.Router.Pipeline;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Doors;

/// <summary>Writes a refusal in the shape of the API that was called.</summary>
internal sealed class ErrorWriter(ResourceMetadataAddress metadata, McpRefusalWriter mcp)
{
    // The answer is JSON by its content type: quotation marks in a sentence stay readable.
    private static readonly JsonWriterOptions Readable = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the refusal of a request that is on its way through the pipeline.</summary>
    public Task WriteAsync(Exchange exchange, Refusal refusal) =>
        exchange.Mcp is null ? WriteAsync(exchange.Http, exchange.Route.Shape, exchange.Context.RequestId, refusal) : mcp.WriteAsync(exchange, refusal);

    public async Task WriteAsync(HttpContext http, ErrorShape shape, string requestId, Refusal refusal)
    {
        var response = http.Response;
        response.StatusCode = refusal.Status;
        response.ContentLength = null;
        response.Headers["x-request-id"] = requestId;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        if (refusal.RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (refusal.Final)
        {
            response.Headers["x-should-retry"] = "false";
        }

        if (refusal.Challenge)
        {
            response.Headers.WWWAuthenticate = Challenge(refusal);
        }

        response.ContentType = shape == ErrorShape.Problem ? "application/problem+json" : "application/json";
        await using var writer = new Utf8JsonWriter(response.BodyWriter, Readable);
        switch (shape)
        {
            case ErrorShape.OpenAi:
                OpenAi(writer, refusal);
                break;
            case ErrorShape.JsonRpc:
                writer.WriteRawValue(McpAnswer.Error(null, McpErrorCodes.InvalidRequest, refusal, requestId));
                break;
            default:
                Problem(writer, refusal, requestId);
                break;
        }

        await writer.FlushAsync(http.RequestAborted);
    }

    public static void OpenAi(Utf8JsonWriter writer, Refusal refusal)
    {
        writer.WriteStartObject();
        writer.WriteStartObject("error");
        writer.WriteString("message", refusal.Message);
        writer.WriteString("type", refusal.Status switch
        {
            StatusCodes.Status401Unauthorized => "invalid_request_error",
            StatusCodes.Status403Forbidden => "permission_error",
            StatusCodes.Status429TooManyRequests => refusal.Code == "insufficient_quota" ? "insufficient_quota" : "rate_limit_error",
            >= 500 => "server_error",
            _ => "invalid_request_error",
        });
        writer.WriteString("param", refusal.Param);
        writer.WriteString("code", refusal.Code);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void Problem(Utf8JsonWriter writer, Refusal refusal, string requestId)
    {
        writer.WriteStartObject();
        writer.WriteString("type", "about:blank");
        writer.WriteString("title", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(refusal.Status));
        writer.WriteNumber("status", refusal.Status);
        writer.WriteString("detail", refusal.Message);
        writer.WriteString("code", refusal.Code);
        if (refusal.Param is not null)
        {
            writer.WriteString("param", refusal.Param);
        }

        writer.WriteString("request_id", requestId);
        writer.WriteEndObject();
    }

    // RFC 6750 section 3: the error is named only when a credential was sent; RFC 9728 section 5.1: where the metadata stands.
    private string Challenge(Refusal refusal)
    {
        var parts = new List<string>();
        if (refusal.Status == StatusCodes.Status403Forbidden)
        {
            parts.Add("error=\"insufficient_scope\"");
        }
        else if (refusal.InvalidCredential)
        {
            parts.Add("error=\"invalid_token\"");
            parts.Add("error_description=\"The access token is not acceptable here.\"");
        }

        if (refusal.MissingScopes.Length > 0)
        {
            parts.Add($"scope=\"{string.Join(' ', refusal.MissingScopes)}\"");
        }

        parts.Add($"resource_metadata=\"{metadata.Current}\"");
        return "Bearer " + string.Join(", ", parts);
    }
}
