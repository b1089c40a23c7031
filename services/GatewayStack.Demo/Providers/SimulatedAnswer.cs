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

    /// <summary>The tool that is called; its arguments are the tokens then.</summary>
    public SimulatedToolCall? ToolCall { get; init; }

    public static SimulatedAnswer Compose(SimulatedProvider provider, CompletionRequest request, IHeaderDictionary headers)
    {
        var call = request.Behaviour.Answer is null ? request.ToolCall : null;
        var all = TokenText.Split(call?.Arguments ?? request.Behaviour.Answer ?? Text(provider, request, headers));
        var tokens = request.MaxTokens is { } most && most < all.Length ? all[..most] : all;
        var finish = tokens.Length < all.Length ? "length" : call is null ? "stop" : "tool_calls";
        return new SimulatedAnswer(tokens, finish, request.PromptTokens, tokens.Length * request.Choices) { ToolCall = call };
    }

    private static string Text(SimulatedProvider provider, CompletionRequest request, IHeaderDictionary headers)
    {
        var caller = CallerHeaders.Where(headers.ContainsKey).ToArray();
        return $"This is {request.Model} at {provider.Name}, a simulated model. It received: \"{Quote(request.LastUserText)}\". "
            + "It was called with the provider's own key, "
            + (caller.Length == 0 ? "no header about the caller, " : $"the caller's headers {string.Join(", ", caller)}, ")
            + (request.ToolResult is { } result ? $"the tool's answer \"{Quote(result)}\", " : string.Empty)
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
