using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>
/// Writes the headers that repeat what the body says, anew from the body that goes out: a redaction or an opened handle would stand in one of the two alone otherwise.
/// </summary>
internal static class RepeatedHeaders
{
    public static void Write(HttpRequestMessage message, Exchange exchange, McpCall call, ReadOnlyMemory<byte>? body)
    {
        var given = exchange.Http.Request.Headers;
        if (call.Message is not { } said || body is not { } bytes)
        {
            return;
        }

        if (given.ContainsKey(McpHeaders.Method))
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.Method, said.Method);
        }

        var isNamed = McpHeaders.NameOf(said) is not null && given.ContainsKey(McpHeaders.Name);
        if (!isNamed && !(call.IsStateless && given.Keys.Any(IsParameter)))
        {
            return;
        }

        using var document = JsonDocument.Parse(bytes);
        var parameters = document.RootElement.GetProperty("params");
        if (isNamed && Name(said.Method, parameters) is { } name)
        {
            message.Headers.TryAddWithoutValidation(McpHeaders.Name, McpHeaders.Encode(name));
        }

        if (call.IsStateless)
        {
            WriteParameters(message, exchange, call, parameters.TryGetProperty("arguments", out var arguments) ? arguments : null);
        }
    }

    private static void WriteParameters(HttpRequestMessage message, Exchange exchange, McpCall call, JsonElement? arguments)
    {
        var declared = call.Definition?.HeaderParameters ?? [];
        foreach (var parameter in declared)
        {
            if (parameter.Find(arguments) is { } value && Text(value) is { } text)
            {
                message.Headers.TryAddWithoutValidation(McpHeaders.ParameterPrefix + parameter.Header, McpHeaders.Encode(text));
            }
        }

        // What no schema declares is text that nobody looks at: it does not go where texts are edited.
        if (call.Server.Treatment is ContentTreatment.Redact or ContentTreatment.RedactRequired
            || RedactionDemand.Of(exchange, exchange.Plan[0], call.Server.Treatment) is not null)
        {
            return;
        }

        foreach (var (name, values) in exchange.Http.Request.Headers)
        {
            if (IsParameter(name) && !declared.Any(d => name.Equals(McpHeaders.ParameterPrefix + d.Header, StringComparison.OrdinalIgnoreCase)))
            {
                message.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
            }
        }
    }

    private static bool IsParameter(string name) => name.StartsWith(McpHeaders.ParameterPrefix, StringComparison.OrdinalIgnoreCase);

    private static string? Name(string method, JsonElement parameters) =>
        parameters.TryGetProperty(method == McpMethods.ResourcesRead ? "uri" : McpMethods.IsOfTask(method) ? "taskId" : "name", out var name)
        && name.ValueKind == JsonValueKind.String ? name.GetString() : null;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
