using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Policy;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Tools;

namespace GatewayStack.Router.Mcp;

/// <summary>One HTTP request of an MCP route on its way through the pipeline: what it says, what it is about, and what was found out.</summary>
internal sealed class McpCall : IDisposable
{
    public required McpServer Server { get; init; }

    /// <summary>The resource that a token must be for.</summary>
    public required string Resource { get; init; }

    /// <summary>Why it is refused whoever sent it; told before the token is looked at.</summary>
    public Pipeline.Refusal? RefusedAtDoor { get; init; }

    /// <summary>True where nobody signed in and the route lets the method in all the same.</summary>
    public bool IsAnonymous { get; set; }

    /// <summary>True from 2026-07-28 on: no session, the headers repeat the body.</summary>
    public bool IsStateless { get; set; }

    /// <summary>The protocol version that the client speaks.</summary>
    public string Version { get; set; } = McpVersions.Assumed;

    /// <summary>The message of a POST.</summary>
    public McpMessage? Message { get; set; }

    /// <summary>The method, or what stands for it on a stream or the end of a session.</summary>
    public string Method { get; set; } = McpMethods.Stream;

    /// <summary>The action that rules know it by.</summary>
    public string Action { get; set; } = GatewayActions.McpMethod;

    public McpHandles? Handles { get; set; }

    public McpSession? Session { get; set; }

    /// <summary>The session as the client names it; empty where there is none.</summary>
    public string SessionHandle { get; set; } = string.Empty;

    /// <summary>Where a resumed stream goes on.</summary>
    public McpEventPosition? Resume { get; set; }

    /// <summary>The tool, where it is about one; on a resumed stream the tool that was called.</summary>
    public string? Tool { get; set; }

    public string? Prompt { get; set; }

    /// <summary>The resource, where it is about one.</summary>
    public string? ResourceUri { get; set; }

    /// <summary>What it is about, by its name.</summary>
    public string? Subject => Tool ?? Prompt ?? ResourceUri;

    /// <summary>What the server says of the tool; null where it has none of that name.</summary>
    public ToolDefinition? Definition { get; set; }

    /// <summary>What must be permitted, all of it; empty where anyone on the route may.</summary>
    public ImmutableArray<McpQuestion> Questions { get; set; } = [];

    /// <summary>True for the one call of several messages that was counted before.</summary>
    public bool IsRetry { get; set; }

    /// <summary>Changes to the message on its way out, besides redactions.</summary>
    public BodySplices Splices { get; } = new();

    /// <summary>What is recorded of the answer.</summary>
    public McpOutcome Outcome { get; } = new();

    /// <summary>The method of the request that an answer belongs to.</summary>
    public string AnsweredMethod => Resume?.Method ?? Method;

    public bool IsDecided => !Questions.IsEmpty;

    public bool IsToolCall => Message is { Kind: McpMessageKind.Request, Method: McpMethods.ToolsCall };

    /// <summary>Notifications and pings say nothing that anybody would look for.</summary>
    public bool IsRecorded => !IsAnonymous && (IsDecided || (Method != McpMethods.Ping && Message is not { Kind: McpMessageKind.Notification }));

    /// <summary>Whether a message of the server is the answer to this request.</summary>
    public bool IsAnswer(JsonElement id)
    {
        if (Message is { Kind: McpMessageKind.Request, Id: { } own })
        {
            return McpMessage.IsSame(own, id);
        }

        if (Resume?.RequestId is not { } raw)
        {
            return false;
        }

        using var resumed = JsonDocument.Parse(raw);
        return McpMessage.IsSame(resumed.RootElement, id);
    }

    public void Dispose() => Message?.Dispose();
}

/// <summary>A question to Policy: facts, of which one must be permitted.</summary>
/// <param name="Action">The action.</param>
/// <param name="AnyOf">The facts; more than one where a resource is shown by several tools.</param>
internal sealed record McpQuestion(string Action, ImmutableArray<McpFacts> AnyOf);

/// <summary>What an answer turned out to be.</summary>
internal sealed class McpOutcome
{
    public bool? IsError { get; set; }

    public ImmutableArray<string> ResultTypes { get; set; } = [];

    public ImmutableArray<string> ResultLabels { get; set; } = [];

    /// <summary>The protocol version that a session was begun with, as the server answered.</summary>
    public string? AgreedVersion { get; set; }

    /// <summary>The server's HTTP status.</summary>
    public int? UpstreamStatus { get; set; }

    /// <summary>Why no good answer came; null where one did.</summary>
    public string? Failure { get; set; }
}
