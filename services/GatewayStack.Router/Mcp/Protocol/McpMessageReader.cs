using System.Text.Json;
using GatewayStack.Router.Json;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Protocol;

/// <summary>Reads what a client or a server sent as one JSON-RPC message, strictly.</summary>
internal static class McpMessageReader
{
    public const string VersionMember = "io.modelcontextprotocol/protocolVersion";

    private const int MaxMethod = 200;
    private const int MaxId = 256;

    private static readonly string[] Envelope = ["jsonrpc", "id", "method", "params", "result", "error"];

    /// <summary>Members of the parameters that decide what a request is about: another spelling would be read by some servers and decided on by nobody.</summary>
    private static readonly string[] Deciding = ["name", "uri", "arguments", "argument", "_meta", "ref", "task", "taskId", "notifications", "requestState", "inputResponses",
        "cursor", "level", "context"];

    private static readonly string[] OfReference = ["type", "name", "uri"];
    private static readonly string[] OfSubscriptions = ["toolsListChanged", "promptsListChanged", "resourcesListChanged", "resourceSubscriptions", "taskIds"];
    private static readonly string[] OfMeta = [VersionMember, "io.modelcontextprotocol/clientCapabilities"];

    /// <summary>Reads what a client sent.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static Refusal? TryRead(ReadOnlyMemory<byte> body, out McpMessage? message)
    {
        var refusal = TryReadAny(body, out message);
        if (refusal is null && message!.Params is { } parameters && OddMember(parameters) is { } member)
        {
            message.Dispose();
            message = null;
            return Invalid(McpErrorCodes.InvalidParams, $"The parameter '{member}' is spelt in another case.");
        }

        return refusal;
    }

    /// <summary>Reads what a server sent: nobody decides on its parameters.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static Refusal? TryReadAny(ReadOnlyMemory<byte> body, out McpMessage? message)
    {
        message = null;
        if (StrictJson.TryParse(body, out var document) is { } wrong)
        {
            return IsArray(body.Span)
                ? Invalid(McpErrorCodes.InvalidRequest, "Send one JSON-RPC message; arrays of messages are not taken.")
                : Invalid(McpErrorCodes.ParseError, wrong);
        }

        var refusal = Read(body, document!, out message);
        if (refusal is not null)
        {
            document!.Dispose();
        }

        return refusal;
    }

    private static Refusal? Read(ReadOnlyMemory<byte> body, JsonDocument document, out McpMessage? message)
    {
        message = null;
        var root = document.RootElement;
        if (!root.TryGetProperty("jsonrpc", out var version) || version.ValueKind != JsonValueKind.String || !version.ValueEquals("2.0"))
        {
            return Invalid(McpErrorCodes.InvalidRequest, "'jsonrpc' must be \"2.0\".");
        }

        if (OtherSpelling(root, Envelope) is { } odd)
        {
            return Invalid(McpErrorCodes.InvalidRequest, $"The member '{odd}' is spelt in another case.");
        }

        var hasId = root.TryGetProperty("id", out var id);
        var isMethod = root.TryGetProperty("method", out var method);
        var hasResult = root.TryGetProperty("result", out _);
        var hasError = root.TryGetProperty("error", out var error);
        if (hasId && !IsId(id) && !(id.ValueKind == JsonValueKind.Null && hasError && !isMethod))
        {
            return Invalid(McpErrorCodes.InvalidRequest, "'id' must be an integer, or a string of at most 256 characters.");
        }

        if (isMethod == (hasResult || hasError) || (hasResult && hasError) || (hasError && error.ValueKind != JsonValueKind.Object) || (!isMethod && !hasId))
        {
            return Invalid(McpErrorCodes.InvalidRequest, "The message is neither a request, a notification nor a response.");
        }

        if (isMethod && (method.ValueKind != JsonValueKind.String || !IsMethodName(method.GetString()!)))
        {
            return Invalid(McpErrorCodes.InvalidRequest, "'method' must be a name of 1 to 200 visible ASCII characters.");
        }

        JsonElement? parameters = null;
        if (root.TryGetProperty("params", out var given))
        {
            if (given.ValueKind != JsonValueKind.Object)
            {
                return Invalid(McpErrorCodes.InvalidParams, "'params' must be an object.");
            }

            parameters = given;
        }

        message = new McpMessage(body, document)
        {
            Kind = !isMethod ? McpMessageKind.Response : hasId ? McpMessageKind.Request : McpMessageKind.Notification,
            Method = isMethod ? method.GetString()! : string.Empty,
            Id = hasId ? id : null,
            Params = parameters,
            BodyVersion = Version(parameters),
        };
        return null;
    }

    private static string? OddMember(JsonElement parameters) =>
        OtherSpelling(parameters, Deciding) ?? OtherSpelling(parameters, "ref", OfReference) ?? OtherSpelling(parameters, "notifications",
        OfSubscriptions) ?? OtherSpelling(parameters, "_meta", OfMeta);

    private static string? OtherSpelling(JsonElement parameters, string member, string[] names) =>
        parameters.TryGetProperty(member, out var inside) && inside.ValueKind == JsonValueKind.Object ? OtherSpelling(inside, names) : null;

    private static string? Version(JsonElement? parameters) =>
        parameters is { } given && given.TryGetProperty("_meta", out var meta) && meta.ValueKind == JsonValueKind.Object
        && meta.TryGetProperty(VersionMember, out var version)
            ? version.ValueKind == JsonValueKind.String ? version.GetString() : string.Empty
            : null;

    private static bool IsId(JsonElement id) => id.ValueKind switch
    {
        JsonValueKind.String => id.GetString()!.Length <= MaxId,
        JsonValueKind.Number => id.TryGetInt64(out _),
        _ => false,
    };

    private static bool IsMethodName(string name) => name.Length is > 0 and <= MaxMethod && name.All(c => c is > ' ' and <= '~');

    private static string? OtherSpelling(JsonElement element, string[] names)
    {
        foreach (var member in element.EnumerateObject())
        {
            foreach (var name in names)
            {
                if (string.Equals(member.Name, name, StringComparison.OrdinalIgnoreCase) && member.Name != name)
                {
                    return name;
                }
            }
        }

        return null;
    }

    private static bool IsArray(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is [(byte)'[', ..];

    private static Refusal Invalid(int code, string message) => Refusal.BadRequest("invalid_message", message) with { Rpc = new RpcError(code) };
}
