using System.Text;
using System.Text.Json;

namespace GatewayStack.Demo.Providers;

/// <summary>A chat completion request, as far as the simulation reads it.</summary>
internal sealed record CompletionRequest
{
    private const int MaxChoices = 128;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public required string Model { get; init; }

    /// <summary>Text of the last message a person wrote; empty when there is none.</summary>
    public required string LastUserText { get; init; }

    /// <summary>What a tool answered, where that was the last message.</summary>
    public string? ToolResult { get; init; }

    /// <summary>The tool that the simulated model calls.</summary>
    public SimulatedToolCall? ToolCall { get; init; }

    public required int PromptTokens { get; init; }

    public int Choices { get; init; } = 1;

    public int? MaxTokens { get; init; }

    public bool Stream { get; init; }

    public bool IncludeUsage { get; init; }

    /// <summary>The body's <c>user</c> or <c>safety_identifier</c>.</summary>
    public string? EndUser { get; init; }

    public required SimulatedBehaviour Behaviour { get; init; }

    /// <summary>Reads a body.</summary>
    /// <returns>The request, or what is wrong with the body.</returns>
    public static (CompletionRequest? Request, string? Problem) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // InvalidOperationException: a member of another type, or text that is no Unicode.
            return (null, "We could not parse the JSON body of your request.");
        }
    }

    private static (CompletionRequest? Request, string? Problem) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object || Text(body, "model") is not { Length: > 0 } model)
        {
            return (null, "You must provide a model parameter.");
        }

        if (!body.TryGetProperty("messages", out var messages) || messages.ValueKind != JsonValueKind.Array || messages.GetArrayLength() == 0)
        {
            return (null, "Missing required parameter: 'messages'.");
        }

        var choices = Number(body, "n") ?? 1;
        var maxTokens = Number(body, "max_completion_tokens") ?? Number(body, "max_tokens");
        if (choices is < 1 or > MaxChoices || maxTokens is < 1)
        {
            return (null, $"'n' must be 1 to {MaxChoices}, and 'max_tokens' at least 1.");
        }

        var (behaviour, wrong) = SimulatedBehaviour.Read(body);
        if (behaviour is null)
        {
            return (null, wrong);
        }

        var lastUserText = string.Empty;
        string? toolResult = null;
        var promptTokens = 3;
        foreach (var message in messages.EnumerateArray())
        {
            var text = Content(message);
            promptTokens += 4 + TokenText.Count(text);
            var role = Text(message, "role");
            lastUserText = role == "user" ? text : lastUserText;
            toolResult = role == "tool" ? text : null;
        }

        if (body.TryGetProperty("tools", out var tools))
        {
            promptTokens += TokenText.Count(tools.GetRawText());
        }

        var options = body.TryGetProperty("stream_options", out var found) && found.ValueKind == JsonValueKind.Object ? found : default;
        var request = new CompletionRequest
        {
            Model = model,
            LastUserText = lastUserText,
            ToolResult = toolResult,
            ToolCall = toolResult is null ? OfferedTools.Choose(body, lastUserText) : null,
            PromptTokens = promptTokens,
            Choices = choices,
            MaxTokens = maxTokens,
            Stream = Flag(body, "stream"),
            IncludeUsage = options.ValueKind == JsonValueKind.Object && Flag(options, "include_usage"),
            EndUser = Text(body, "safety_identifier") ?? Text(body, "user"),
            Behaviour = behaviour,
        };
        return (request, null);
    }

    private static string Content(JsonElement message)
    {
        if (!message.TryGetProperty("content", out var content))
        {
            return string.Empty;
        }

        if (content.ValueKind != JsonValueKind.Array)
        {
            return content.GetString() ?? string.Empty;
        }

        var text = new StringBuilder();
        foreach (var part in content.EnumerateArray())
        {
            text.Append(Text(part, "text"));
        }

        return text.ToString();
    }

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetInt32() : null;

    private static bool Flag(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null && value.GetBoolean();
}
