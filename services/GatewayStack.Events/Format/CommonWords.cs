using System.Text;
using System.Text.Json;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;

namespace GatewayStack.Events.Format;

/// <summary>Words that stand in almost every event: read as the one string there is of each.</summary>
internal static class CommonWords
{
    private const int Buckets = 256;
    private const int Longest = 32;

    private static readonly (byte[] Utf8, string Word)[][] Table = Build(
    [
        EventTypes.Decision, EventTypes.Outcome, EventTypes.Refusal, EventTypes.SignInFailed, EventTypes.Administration, EventTypes.AuditRead,
        EventTypes.AccountRead, EventTypes.Gap,
        EventOutcomes.Completed, EventOutcomes.Failed, EventOutcomes.Cancelled, EventOutcomes.Interrupted, EventOutcomes.Refused,
        GatewayActions.ModelCall, GatewayActions.ModelList, GatewayActions.BackendCall,
        GatewayActions.ToolCall, GatewayActions.ResourceRead, GatewayActions.PromptGet, GatewayActions.McpMethod, "tools/call", "tools/list", GatewayActions.LimitsRead,
        GatewayActions.AuditRead,
        GatewayActions.ClientsManage, GatewayActions.AdminRead, GatewayActions.AdminWrite,
        .. FrontDoorRoutes.All.Select(r => r.Name),
        "POST /v1/chat/completions", "GET /v1/models",
        "enforce", "observe", "off", "unspecified",
        "allow", "deny", "modify", "ok", "throttle", "fallback", "degrade",
        "complete", "unavailable", "person", "service", "standard", "default",
    ]);

    /// <summary>The word the reader stands on; null when it is none of them.</summary>
    public static string? Find(scoped in Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.String || json.ValueIsEscaped || json.ValueSpan is not { Length: > 0 and <= Longest } value)
        {
            return null;
        }

        foreach (var (utf8, word) in Table[Bucket(value)])
        {
            if (value.SequenceEqual(utf8))
            {
                return word;
            }
        }

        return null;
    }

    private static (byte[] Utf8, string Word)[][] Build(string[] words)
    {
        var table = words.Distinct(StringComparer.Ordinal).Select(w => (Utf8: Encoding.UTF8.GetBytes(w), Word: w)).ToLookup(w => Bucket(w.Utf8));
        return [.. Enumerable.Range(0, Buckets).Select(i => table[i].ToArray())];
    }

    private static int Bucket(ReadOnlySpan<byte> word) => ((word.Length * 7) + (word[0] * 31) + (word[^1] * 13)) & (Buckets - 1);
}
