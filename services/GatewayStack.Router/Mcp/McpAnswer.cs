using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp;

/// <summary>Writes JSON-RPC messages of the gateway's own.</summary>
internal static class McpAnswer
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Error(McpMessage? request, int code, Refusal refusal, string requestId) => Write(request, writer =>
    {
        writer.WriteStartObject("error");
        writer.WriteNumber("code", code);
        writer.WriteString("message", refusal.Message);
        writer.WriteStartObject("data");
        if (refusal.Rpc is { Supported.Length: > 0 } rpc)
        {
            writer.WriteStartArray("supported");
            foreach (var version in rpc.Supported)
            {
                writer.WriteStringValue(version);
            }

            writer.WriteEndArray();
            writer.WriteString("requested", rpc.Requested);
        }

        writer.WriteString("code", refusal.Code);
        writer.WriteString("request_id", requestId);
        writer.WriteEndObject();
        writer.WriteEndObject();
    });

    /// <summary>A tool's result that says why there is none, in one sentence for the model and the person.</summary>
    /// <param name="request">The call.</param>
    /// <param name="sentence">The sentence.</param>
    /// <param name="isStateless">True where results say of what kind they are.</param>
    /// <param name="challenge">The challenge in the form of the Apps SDK; null where no sign-in helps.</param>
    public static byte[] ToolError(McpMessage request, string sentence, bool isStateless, string? challenge = null) => Write(request, writer =>
    {
        writer.WriteStartObject("result");
        if (isStateless)
        {
            writer.WriteString("resultType", "complete");
        }

        writer.WriteStartArray("content");
        writer.WriteStartObject();
        writer.WriteString("type", "text");
        writer.WriteString("text", sentence);
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteBoolean("isError", true);
        if (challenge is not null)
        {
            writer.WriteStartObject("_meta");
            writer.WriteStartArray("mcp/www_authenticate");
            writer.WriteStringValue(challenge);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    });

    private static byte[] Write(McpMessage? request, Action<Utf8JsonWriter> body)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("jsonrpc", "2.0");
            writer.WritePropertyName("id");
            if (request is { Kind: McpMessageKind.Request, Id: { } id })
            {
                writer.WriteRawValue(Encoding.UTF8.GetBytes(id.GetRawText()));
            }
            else
            {
                writer.WriteNullValue();
            }

            body(writer);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
