using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>Members of an answer that carry no text of their own.</summary>
internal static class AnswerMembers
{
    private const int MostIndex = 1_000_000;

    /// <summary>Milliseconds since 1970 have so many.</summary>
    private const int MostDigits = 13;

    /// <summary>Identifiers and enumerations, as long as what stands there looks like one.</summary>
    private static readonly FrozenSet<string> Identifiers = new[]
    {
        "id", "object", "model", "created", "system_fingerprint", "service_tier", "provider", "role", "type", "name", "index", "finish_reason", "native_finish_reason",
        "tool_call_id", "format", "obfuscation",

        // Numbers that say when, and how much was used.
        "created_at", "timestamp", "expires_at", "prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "output_tokens", "cached_tokens", "reasoning_tokens",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The answer's text once more, in tokens and their numbers: they would tell what was taken out.</summary>
    private static readonly FrozenSet<string> Repeats = new[] { "logprobs", "prompt_logprobs", "token_ids", "prompt_token_ids" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>True for an identifier, an enumeration or a count.</summary>
    public static bool IsIdentifier(JsonProperty member) => Identifiers.Contains(member.Name) && member.Value.ValueKind switch
    {
        JsonValueKind.String => AnswerIdentifier.Is(member.Name, JsonMarshal.GetRawUtf8Value(member.Value)[1..^1]),
        JsonValueKind.Number => JsonMarshal.GetRawUtf8Value(member.Value).Length <= MostDigits,
        _ => true,
    };

    /// <summary>True where the member says the text once more.</summary>
    public static bool IsRepeat(JsonProperty member) => Repeats.Contains(member.Name);

    /// <summary>The index that an element states, or else its position.</summary>
    public static (int Index, bool IsStated) IndexOf(JsonElement element, int position) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty("index"u8, out var index) && index.ValueKind == JsonValueKind.Number
            && index.TryGetInt32(out var number) && number is >= 0 and < MostIndex
            ? (number, true)
            : (position, false);
}
