using System.Collections.Frozen;
using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;

namespace GatewayStack.Router.Llm;

/// <summary>Reads OpenAI's chat completion request. What is not understood passes unchanged, but every text in it is inspected.</summary>
internal static class ChatRequestReader
{
    /// <summary>Members whose meaning the gateway decides on; another spelling of one of them would be read by a lenient provider only.</summary>
    private static readonly FrozenDictionary<string, string> Known = new[]
    {
        "model", "messages", "stream", "stream_options", "max_tokens", "max_completion_tokens", "n", "tools", "functions", "user", "safety_identifier", "metadata", "store",
    }.ToFrozenDictionary(n => n, StringComparer.OrdinalIgnoreCase);

    /// <summary>Members by which a compatible server would choose another model, host or key than the one that was decided on.</summary>
    private static readonly FrozenSet<string> Steering = new[]
    {
        "models", "fallbacks", "route", "provider", "api_base", "base_url", "api_key", "api_version", "custom_llm_provider", "extra_headers", "extra_body", "extra_query",
        "user_config", "model_list", "context_window_fallbacks", "content_policy_fallbacks",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Numbers that say how to answer, and are nobody's however long they are.</summary>
    private static readonly FrozenSet<string> Counts =
        new[] { "max_tokens", "max_completion_tokens", "max_output_tokens", "min_tokens", "n", "seed", "top_k", "top_logprobs" }.ToFrozenSet(StringComparer.Ordinal);

    private const int MaxModelName = 256;

    /// <returns>What is wrong, with the member at fault, or null.</returns>
    public static (string Message, string? Param)? TryRead(ReadOnlyMemory<byte> body, out ChatRequest? request, CancellationToken cancellationToken = default)
    {
        request = null;
        if (StrictJson.TryParse(body, out var document) is { } problem)
        {
            return (problem, null);
        }

        try
        {
            if (Check(document!.RootElement) is { } wrong)
            {
                document.Dispose();
                return wrong;
            }

            request = Read(body, document, cancellationToken);
            if (request is not null)
            {
                return null;
            }

            document.Dispose();
            return ("The request has too many texts, or members with too long names.", null);
        }
        catch
        {
            document!.Dispose();
            throw;
        }
    }

    private static (string Message, string? Param)? Check(JsonElement root)
    {
        foreach (var member in root.EnumerateObject())
        {
            if (Known.TryGetValue(member.Name, out var known) && !string.Equals(known, member.Name, StringComparison.Ordinal))
            {
                return ($"'{known}' is spelt in another case; providers read it differently.", known);
            }

            if (Steering.Contains(member.Name))
            {
                return ($"'{member.Name}' would choose where the request goes; the gateway's routes do that.", member.Name);
            }
        }

        if (!root.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.String || model.GetString() is not { Length: > 0 and <= MaxModelName })
        {
            return ("'model' is required and must be a string of 1 to 256 characters.", "model");
        }

        if (!root.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() is 0 or > 10_000)
        {
            return ("'messages' is required and must be an array of 1 to 10000 messages.", "messages");
        }

        foreach (var message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object || !message.TryGetProperty("role", out var role) || role.ValueKind != JsonValueKind.String)
            {
                return ("every message must be an object with a 'role'.", "messages");
            }

            if (message.EnumerateObject().Any(m => !m.NameEquals("role") && !m.NameEquals("content")
                && (m.Name.Equals("role", StringComparison.OrdinalIgnoreCase) || m.Name.Equals("content", StringComparison.OrdinalIgnoreCase))))
            {
                return ("a message's 'role' or 'content' is spelt in another case.", "messages");
            }
        }

        return WrongType(root, "stream", JsonValueKind.True, JsonValueKind.False)
            ?? WrongType(root, "stream_options", JsonValueKind.Object)
            ?? WrongStreamOptions(root)
            ?? WrongType(root, "tools", JsonValueKind.Array)
            ?? WrongType(root, "functions", JsonValueKind.Array)
            ?? WrongTools(root)
            ?? WrongNumber(root, "max_tokens", 1, int.MaxValue)
            ?? WrongNumber(root, "max_completion_tokens", 1, int.MaxValue)
            ?? WrongNumber(root, "n", 1, 128);
    }

    private static (string Message, string? Param)? WrongType(JsonElement root, string name, params ReadOnlySpan<JsonValueKind> kinds) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && !kinds.Contains(value.ValueKind)
            ? ($"'{name}' has the wrong type.", name)
            : null;

    private static (string Message, string? Param)? WrongStreamOptions(JsonElement root)
    {
        if (!root.TryGetProperty("stream_options", out var options) || options.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        foreach (var member in options.EnumerateObject())
        {
            if (member.Name.Equals("include_usage", StringComparison.OrdinalIgnoreCase)
                && (!member.NameEquals("include_usage") || member.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null)))
            {
                return ("'stream_options.include_usage' must be true or false, in this spelling.", "stream_options");
            }
        }

        return null;
    }

    private static (string Message, string? Param)? WrongNumber(JsonElement root, string name, long least, long most) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null
            && (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) || number < least || number > most)
            ? ($"'{name}' must be an integer from {least} to {most}.", name)
            : null;

    private static (string Message, string? Param)? WrongTools(JsonElement root) =>
        ToolNames.TryRead(root, out _) ? null : ("every tool needs a type and, where its type has one, a name.", "tools");

    private static ChatRequest? Read(ReadOnlyMemory<byte> body, JsonDocument document, CancellationToken cancellationToken)
    {
        var root = document.RootElement;
        var collector = new SegmentCollector { IsEndUserReplaced = true, Cancellation = cancellationToken };
        var index = 0;
        var answered = NewTurns.CountAnswered(root.GetProperty("messages"));
        foreach (var message in root.GetProperty("messages").EnumerateArray())
        {
            var origin = OriginOf(message.GetProperty("role"));
            collector.Earlier = index < answered;
            collector.WalkMessage(message, "/messages/" + index.ToString(System.Globalization.CultureInfo.InvariantCulture), origin);
            index++;
        }

        collector.Earlier = false;
        foreach (var member in root.EnumerateObject())
        {
            collector.AddName(member, string.Empty, SegmentOrigin.User);
            if (member.Value.ValueKind == JsonValueKind.Number && Counts.Contains(member.Name))
            {
                continue;
            }

            if (!member.NameEquals("messages") && !member.NameEquals("model") && !member.NameEquals("user") && !member.NameEquals("safety_identifier"))
            {
                var origin = member.NameEquals("tools") || member.NameEquals("functions") ? SegmentOrigin.ToolDefinition : SegmentOrigin.User;
                collector.Walk(member.Value, "/" + Routing.JsonPath.Escape(member.Name), origin, member.Name);
            }
        }

        if (collector.TooMuch)
        {
            return null;
        }

        _ = ToolNames.TryRead(root, out var tools);
        return new ChatRequest(body, document)
        {
            Model = new ModelRequest
            {
                Model = root.GetProperty("model").GetString()!,
                Stream = root.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True,
                MaxTokens = Number(root, "max_completion_tokens") is { } newer && Number(root, "max_tokens") is { } older ? Math.Max(newer, older)
                : Number(root, "max_completion_tokens") ?? Number(root, "max_tokens"),
                Choices = (int)(Number(root, "n") ?? 1),
                Tools = tools,
            },
            Segments = collector.Segments.ToImmutable(),
            SegmentElements = collector.Elements.ToImmutable(),
            Unscanned = collector.Unscanned.ToImmutable(),
            Files = collector.Files,
            Attachments = collector.Attachments,
            AnsweredMessages = answered,
            AsksForUsage = root.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object
                && options.TryGetProperty("include_usage", out var usage) && usage.ValueKind == JsonValueKind.True,
            AsksForJson = root.TryGetProperty("response_format", out var format) && format.ValueKind == JsonValueKind.Object
                && format.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
                && (type.ValueEquals("json_object"u8) || type.ValueEquals("json_schema"u8)),
        };
    }

    private static long? Number(JsonElement root, string name) => root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;

    public static SegmentOrigin OriginOf(JsonElement role) =>
        role.ValueEquals("system") || role.ValueEquals("developer") ? SegmentOrigin.System
        : role.ValueEquals("assistant") ? SegmentOrigin.Assistant
        : role.ValueEquals("tool") || role.ValueEquals("function") ? SegmentOrigin.ToolResult
        : SegmentOrigin.User;
}
