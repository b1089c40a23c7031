using System.Collections.Frozen;
using System.Text.Json;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>What a part of a message is, by its type.</summary>
internal enum PartKind
{
    /// <summary>Text, or what a model or a tool said.</summary>
    Text,

    /// <summary>Something that may be no text: where nothing of it was read, that is told.</summary>
    Media,

    /// <summary>Nobody knows: whatever of it is text is read, and the rest is told.</summary>
    Unknown,
}

/// <summary>Tells the parts of a message that are text from those that are not. What is not known is not text: providers learn new media before anybody else does.</summary>
internal static class MediaParts
{
    /// <summary>What a part of an unknown type is called: its own word may say anything.</summary>
    public const string Other = "other";

    /// <summary>Members that hold something that is not text; their base64 or URL would be scanned for nothing.</summary>
    private static readonly FrozenSet<string> Names = new[]
    {
        "image_url", "input_image", "input_audio", "file", "input_file", "video_url",
        "audio_url", "input_video", "document_url", "image", "images", "audio", "audios", "video", "videos", "image_file", "inline_data", "inlineData", "fileData",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Media = Names.Concat(["document", "input_document", "media", "media_url"]).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Texts = new[]
    {
        "text", "input_text", "output_text", "refusal", "summary_text", "reasoning_text", "thinking", "redacted_thinking", "reasoning", "compaction", "message", "logs", "json",
        "tool_use", "tool_result", "tool_call", "tool-call", "tool-result", "tool_reference", "function", "function_call", "custom", "search_result", "web_search_result",
        "code_execution_result", "bash_code_execution_result",
    }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> References = new[] { "file_id", "file_url", "file_uri", "fileUri" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Members in which parts stand.</summary>
    public static bool HoldsParts(string member) => member is "content" or "parts" or "output" or "outputs";

    /// <summary>True where a member has no text in it.</summary>
    public static bool IsMedia(string name, JsonElement value) => Names.Contains(name) && value.ValueKind switch
    {
        JsonValueKind.Object => true,
        JsonValueKind.String => !value.ValueEquals(string.Empty),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => false,
    };

    /// <summary>True for a member that names a file which the provider has or fetches, in the part of one.</summary>
    public static bool IsReference(JsonElement owner, string name, JsonElement value) =>
        References.Contains(name) && value.ValueKind == JsonValueKind.String && !value.ValueEquals(string.Empty)
        && (Media.Contains(TypeOf(owner) ?? string.Empty) || owner.TryGetProperty("file_data", out _));

    /// <summary>What a part is; one without a type is what its members are.</summary>
    public static PartKind KindOf(JsonElement part, out string type)
    {
        var said = TypeOf(part);
        type = said is not null && Media.Contains(said) ? said : Other;
        return said is null ? part.TryGetProperty("type", out _) ? PartKind.Unknown : PartKind.Text
            : type != Other ? HasText(part) ? PartKind.Text : PartKind.Media
            : Texts.Contains(said) || IsOfTool(said) ? PartKind.Text
            : PartKind.Unknown;
    }

    /// <summary>True for a part that somebody else wrote than who sends it: a document, or what a search has found.</summary>
    public static bool IsDocument(JsonElement part) => TypeOf(part) is "document" or "input_document" or "search_result";

    /// <summary>True for the member with what a tool is called with: whatever it is called, the model wrote it and reads it as text.</summary>
    public static bool IsToolInput(JsonElement owner, string name) =>
        name is "input" or "arguments" or "args" && TypeOf(owner) is { } type
        && (type is "tool_use" or "tool_call" or "tool-call" || type.EndsWith("_tool_use", StringComparison.Ordinal));

    /// <summary>True for what a provider has sealed for itself: nobody else reads it, and one that was not sealed there is refused there.</summary>
    public static bool IsSealed(JsonElement owner, string name) => name switch
    {
        "encrypted_content" or "encrypted_index" or "thought_signature" or "thoughtSignature" => true,
        "signature" => TypeOf(owner) is "thinking" or "reasoning.text",
        "data" => TypeOf(owner) is "redacted_thinking" or "reasoning.encrypted",
        _ => false,
    };

    /// <summary>A document may be given as text, or as parts that are looked at by themselves.</summary>
    private static bool HasText(JsonElement part) =>
        part.TryGetProperty("source", out var source) && source.ValueKind == JsonValueKind.Object && TypeOf(source) is "text" or "content";

    private static bool IsOfTool(string type) =>
        type.EndsWith("_tool_use", StringComparison.Ordinal) || type.EndsWith("_tool_result", StringComparison.Ordinal)
        || type.EndsWith("_tool_result_error", StringComparison.Ordinal)
        || type.EndsWith("_call", StringComparison.Ordinal) || type.EndsWith("_call_output", StringComparison.Ordinal);

    private static string? TypeOf(JsonElement owner) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String ? type.GetString() : null;
}
