using System.Collections.Frozen;

namespace GatewayStack.Router.Llm;

/// <summary>What a text's part is called: a fixed word. The names of members are for whoever writes the body to choose, and may say anything.</summary>
internal static class SegmentParts
{
    public const string Name = "name";
    public const string Number = "number";
    public const string File = "file";

    private const string Other = "other";

    /// <summary>Members that hold identifiers or enumerations, not text, as long as what stands there looks like one.</summary>
    public static readonly FrozenSet<string> Identifiers =
        new[] { "role", "type", "id", "tool_call_id", "detail", "format", "mime_type", "media_type" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>
    /// What may be edited in the definition of a tool: what is said of it, and values that its schema lists or suggests. A pseudonym that a model chooses among them is
    /// put back in its call; a pattern, and the names of what is required, are the program's.
    /// </summary>
    public static readonly FrozenSet<string> OfDefinition = new[] { "description", "title", "enum", "const", "default", "examples" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Known = Identifiers.Concat(
    [
        "content", "text", "arguments", "argument", "input", "output", "description", "title", Name, Number, File, "filename", "data", "url",
        "refusal", "reasoning", "reasoning_content", "message", "reason", "prompt", "instructions", "metadata", "result", "error",
    ]).ToFrozenSet(StringComparer.Ordinal);

    public static string Of(string member) => Known.Contains(member) ? member : Other;
}
