using System.Text.Json;
using GatewayStack.Contracts.Limits;

namespace GatewayStack.Router.Providers;

/// <summary>Reads OpenAI's <c>usage</c> object. What makes no sense is not believed.</summary>
internal static class UsageJson
{
    private const long Absurd = 1_000_000_000;

    public static TokenUsage? Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("usage", out var usage) || usage.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (Count(usage, "prompt_tokens") is not { } input || Count(usage, "completion_tokens") is not { } output)
        {
            return null;
        }

        var cached = usage.TryGetProperty("prompt_tokens_details", out var details) && details.ValueKind == JsonValueKind.Object ? Count(details, "cached_tokens") ?? 0 : 0;
        return new TokenUsage { InputTokens = input, OutputTokens = output, CachedInputTokens = Math.Min(cached, input) };
    }

    private static long? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var count) && count is >= 0 and < Absurd ? count : null;
}
