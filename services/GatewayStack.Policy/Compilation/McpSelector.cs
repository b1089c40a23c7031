using System.Collections.Immutable;
using GatewayStack.Contracts.Policy;

namespace GatewayStack.Policy.Compilation;

/// <summary>The calls to MCP servers that a rule is about. Every action has its own list of names; a rule that has several lists is about each of them.</summary>
internal sealed record McpSelector
{
    public static McpSelector None { get; } = new();

    /// <summary>Restricts all the others; empty stands for every server.</summary>
    public ImmutableArray<Glob> Servers { get; init; } = [];

    public ImmutableArray<Glob> Tools { get; init; } = [];

    public ImmutableArray<Glob> Resources { get; init; } = [];

    /// <summary>Of a rule that keeps out, the same once more without escapes: servers resolve them before they look, also those that nothing demands.</summary>
    public ImmutableArray<Glob> UnescapedResources { get; init; } = [];

    public ImmutableArray<Glob> Prompts { get; init; } = [];

    public ImmutableArray<Glob> Methods { get; init; } = [];

    public bool IsEmpty => Servers.IsEmpty && !NamesAny;

    private bool NamesAny => !(Tools.IsEmpty && Resources.IsEmpty && Prompts.IsEmpty && Methods.IsEmpty);

    /// <summary>The names that count for an action.</summary>
    public ImmutableArray<Glob> NamesOf(string action) => action switch
    {
        GatewayActions.ToolCall => Tools,
        GatewayActions.ResourceRead => Resources,
        GatewayActions.PromptGet => Prompts,
        GatewayActions.McpMethod => Methods,
        _ => [],
    };

    /// <summary>Whether a rule that grants is about the call: only where it names what the action is about.</summary>
    public bool Grants(string action, McpFacts call) => IsAt(call) && Glob.Any(NamesOf(action), NameOf(action, call));

    /// <summary>Whether a rule that keeps out is about the call: where it names nothing, or what the action is about, or the method, whichever action that belongs to.</summary>
    public bool Restricts(string action, McpFacts call) =>
        IsAt(call) && (!NamesAny || Glob.Any(NamesOf(action), NameOf(action, call)) || Glob.Any(Methods, call.Method)
            || (action == GatewayActions.ResourceRead && call.Resource is { } uri && uri.Contains('%', StringComparison.Ordinal)
            && Glob.Any(UnescapedResources, Uri.UnescapeDataString(uri))));

    private static string? NameOf(string action, McpFacts call) => action switch
    {
        GatewayActions.ToolCall => call.Tool,
        GatewayActions.ResourceRead => call.Resource,
        GatewayActions.PromptGet => call.Prompt,
        GatewayActions.McpMethod => call.Method,
        _ => null,
    };

    private bool IsAt(McpFacts call) => Servers.IsEmpty || Glob.Any(Servers, call.Server);
}
