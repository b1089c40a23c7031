using System.Collections.Immutable;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Demo.Providers;

/// <summary>What a simulated model answers: it quotes what reached it, so that a demo shows what did not.</summary>
internal sealed record SimulatedAnswer(ImmutableArray<string> Tokens, string FinishReason, int PromptTokens, int CompletionTokens)
{
    private const int LongestQuote = 2_000;

    private static readonly ImmutableArray<string> CallerHeaders =
    [
        "x-api-key", "api-key", "X-Gateway-Identity", "X-User-Id", "X-Org-Id", "X-Tenant", "X-User-Role", "X-User-Roles", "X-User-Scopes", "Cookie",
    ];

    public static SimulatedAnswer Compose(SimulatedProvider provider, CompletionRequest request, IHeaderDictionary headers)
    {
        var all = TokenText.Split(request.Behaviour.Answer ?? Text(provider, request, headers));
        var tokens = request.MaxTokens is { } most && most < all.Length ? all[..most] : all;
        return new SimulatedAnswer(tokens, tokens.Length < all.Length ? "length" : "stop", request.PromptTokens, tokens.Length * request.Choices);
    }

    private static string Text(SimulatedProvider provider, CompletionRequest request, IHeaderDictionary headers)
    {
        var caller = CallerHeaders.Where(headers.ContainsKey).ToArray();
        return $"This is {request.Model} at {provider.Name}, a simulated model. It received: \"{Quote(request.LastUserText)}\". "
            + "It was called with the provider's own key, "
            + (caller.Length == 0 ? "no header about the caller, " : $"the caller's headers {string.Join(", ", caller)}, ")
            + (request.EndUser is { } user ? $"and {user} as the end user." : "and no end user.");
    }

    private static string Quote(string text)
    {
        if (text.Length <= LongestQuote)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote;
        return text[..end] + "...";
    }
}
