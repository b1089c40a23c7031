using System.Text.Json;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Backends;
using GatewayStack.Router.Json;
using GatewayStack.Router.Mcp.Handles;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Tools;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;
using GatewayStack.Router.Recording;

namespace GatewayStack.Router.Mcp;

/// <summary>Finds out what a message is about: the tool, resource or prompt that it names, and so what must be permitted.</summary>
internal sealed class McpSubjects(ToolCatalogue catalogue, ToolFetcher fetcher, IPolicyModule policy, StageInvoker stages)
{
    private const int MostSubscriptions = 100;

    public async ValueTask<Refusal?> FindAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        var message = call.Message!;
        switch (message.Kind)
        {
            case McpMessageKind.Response:
                return await ReplyAsync(call, message, cancellationToken);
            case McpMessageKind.Notification:
                return Notification(call, message);
            default:
                break;
        }

        if (message.Method.StartsWith("notifications/", StringComparison.Ordinal))
        {
            return Invalid("A notification has no id.");
        }

        switch (message.Method)
        {
            case McpMethods.ToolsCall:
                return await ToolAsync(exchange, call, message.Text("name"), cancellationToken);
            case McpMethods.PromptsGet:
                return Prompt(call, message.Text("name"));
            case McpMethods.ResourcesRead or McpMethods.ResourcesSubscribe or McpMethods.ResourcesUnsubscribe:
                return await ResourceAsync(exchange, call, message.Text("uri"), cancellationToken);
            case McpMethods.Complete:
                return await ReferenceAsync(exchange, call, message, cancellationToken);
            case McpMethods.SubscriptionsListen:
                return await SubscriptionsAsync(exchange, call, message, cancellationToken);
            case var method when McpMethods.IsOfTask(method):
                return await TaskAsync(exchange, call, message, cancellationToken);
            case var method when McpMethods.IsAboutTasks(method):
                return MethodNotFound(call);
            default:
                if (!McpMethods.IsOpen(message.Method))
                {
                    Ask(call, GatewayActions.McpMethod, Facts(call));
                }

                return null;
        }
    }

    /// <summary>A stream that goes on where another one was left is about what that one was about, and is decided on again.</summary>
    public async ValueTask<Refusal?> ResumeAsync(Exchange exchange, McpCall call, McpEventPosition position, CancellationToken cancellationToken)
    {
        switch (position.Method)
        {
            case null:
                return null;
            case McpMethods.ToolsCall:
                return await ToolAsync(exchange, call, position.Subject, cancellationToken);
            case McpMethods.PromptsGet:
                return Prompt(call, position.Subject);
            case McpMethods.ResourcesRead:
                return await ResourceAsync(exchange, call, position.Subject, cancellationToken);
            case var method when McpMethods.IsOfTask(method):
                return await ToolAsync(exchange, call, position.Subject, cancellationToken);
            case McpMethods.SubscriptionsListen:
                // Its place does not say what was listened for: nobody could decide on it.
                return Invalid("What is listened for is named anew: send 'subscriptions/listen' again.");
            default:
                if (!McpMethods.IsOpen(position.Method))
                {
                    Ask(call, GatewayActions.McpMethod, Facts(call));
                }

                return null;
        }
    }

    private static Refusal? Notification(McpCall call, McpMessage message)
    {
        if (!message.Method.StartsWith("notifications/", StringComparison.Ordinal))
        {
            return Invalid("This is a request: it needs an id.");
        }

        if (!McpMethods.IsOpen(message.Method))
        {
            Ask(call, GatewayActions.McpMethod, Facts(call));
        }

        return null;
    }

    /// <summary>An answer to what the server asked: only what the gateway passed on to this very caller can be answered.</summary>
    private static async ValueTask<Refusal?> ReplyAsync(McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        var raw = message.Id is { ValueKind: JsonValueKind.String } id ? await call.Handles!.VerifyRequestIdAsync(id.GetString()!, call.SessionHandle, cancellationToken) : null;
        if (raw is null)
        {
            return Refusal.BadRequest("unknown_request", "Nothing was asked under this id.") with { Rpc = new RpcError(McpErrorCodes.InvalidRequest) };
        }

        call.Splices.Replace(StrictJson.Locate(message.Bytes.Span, message.Id!.Value), raw);
        return null;
    }

    private async ValueTask<Refusal?> ToolAsync(Exchange exchange, McpCall call, string? name, CancellationToken cancellationToken)
    {
        if (name is not { Length: > 0 })
        {
            return Missing("params.name");
        }

        call.Tool = name;
        call.Definition = catalogue.Find(call.Server.Name, ToolFetcher.CallerOf(exchange), name);
        if (call.Definition is null && await IsNamedAsync(exchange, call, name, cancellationToken))
        {
            (call.Definition, var failure) = await fetcher.FindAsync(exchange, call, name, cancellationToken);
            if (failure is not null)
            {
                return ServerFailed(call, failure);
            }
        }

        Ask(call, GatewayActions.ToolCall, Facts(call, call.Definition?.Annotations, tool: name));
        return null;
    }

    /// <summary>Whether any rule is about the tool: where none is, nobody asks the server for it.</summary>
    private async ValueTask<bool> IsNamedAsync(Exchange exchange, McpCall call, string name, CancellationToken cancellationToken)
    {
        if (exchange.Context.Modes.Policy != ModuleMode.Enforce)
        {
            return true;
        }

        var question = new ToolRulesQuestion { Server = call.Server.Name, Tools = [name] };
        var (answer, rules) = await stages.InvokeAsync(
            ModuleCall.For(exchange, ModuleNames.Policy, "decide"), (policy, question), static (s, ct) => s.policy.DescribeToolsAsync(s.question, ct), cancellationToken);
        return answer == StageCall.Answered && rules!.Tools is [{ Named: true }];
    }

    private static Refusal? Prompt(McpCall call, string? name)
    {
        if (name is not { Length: > 0 })
        {
            return Missing("params.name");
        }

        call.Prompt = name;
        Ask(call, GatewayActions.PromptGet, Facts(call) with { Prompt = name });
        return null;
    }

    private async ValueTask<Refusal?> ResourceAsync(Exchange exchange, McpCall call, string? uri, CancellationToken cancellationToken, bool isTemplate = false)
    {
        if (uri is not { Length: > 0 })
        {
            return Missing("params.uri");
        }

        if (!(isTemplate ? ResourceUris.IsPlainTemplate(uri) : ResourceUris.IsPlain(uri)))
        {
            return Invalid("The resource must be named by a URI in its plain spelling, of at most 2048 characters: scheme and host in lower case, no user, no default or empty "
                + "port, "
                + "no fragment, no dot segments, no backslash; escapes in upper case, for what needs one, and never for a separator.");
        }

        if (ToolDefinition.PageOf(uri) is { } page && await fetcher.KnowPageAsync(exchange, call, page, cancellationToken) is { } failure)
        {
            return ServerFailed(call, failure);
        }

        call.ResourceUri = uri;
        call.Questions = call.Questions.Add(ResourceQuestion(exchange, call, uri));
        call.Action = GatewayActions.ResourceRead;
        exchange.Context.Resources = exchange.Context.Resources.Add(new ResourceReference { Type = "mcp_resource", Id = RecordedId.Of(uri) });
        return null;
    }

    /// <summary>Has the server asked for all of the caller's tools where they are not known: which page belongs to which tool stands in their list.</summary>
    /// <returns>False where it does not say.</returns>
    public async ValueTask<bool> KnowToolsAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken) =>
        await fetcher.KnowPageAsync(exchange, call, page: null, cancellationToken) is null;

    /// <summary>What must be permitted for a resource to be read: a page that shows a tool's result is for those who may call the tool.</summary>
    public McpQuestion ResourceQuestion(Exchange exchange, McpCall call, string uri)
    {
        var tools = ToolDefinition.PageOf(uri) is { } page ? catalogue.ShowingWith(call.Server.Name, ToolFetcher.CallerOf(exchange), page) : [];
        return tools.IsEmpty
            ? new McpQuestion(GatewayActions.ResourceRead, [Facts(call) with { Resource = uri }])
            : new McpQuestion(GatewayActions.ToolCall, [.. tools.Select(t => Facts(call, t.Annotations, t.Name))]);
    }

    /// <summary>The facts of a call, or of one like it.</summary>
    public static McpFacts Facts(McpCall call, ToolAnnotations? annotations = null, string? tool = null) =>
        new() { Server = call.Server.Name, Method = call.AnsweredMethod, Tool = tool, Annotations = annotations };

    private async ValueTask<Refusal?> ReferenceAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        if (message.Member("ref") is not { ValueKind: JsonValueKind.Object } reference || !reference.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String)
        {
            return Missing("params.ref");
        }

        return type.GetString() switch
        {
            "ref/prompt" => Prompt(call, Text(reference, "name")),
            "ref/resource" => await ResourceAsync(exchange, call, Text(reference, "uri"), cancellationToken, isTemplate: true),
            _ => Invalid("'params.ref.type' must be ref/prompt or ref/resource."),
        };
    }

    private async ValueTask<Refusal?> SubscriptionsAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        if (message.Member("notifications") is not { ValueKind: JsonValueKind.Object } wanted)
        {
            return null;
        }

        if (wanted.TryGetProperty("taskIds", out var tasks) && await OpenTasksAsync(call, message, tasks, cancellationToken) is { } noTask)
        {
            return noTask;
        }

        if (!wanted.TryGetProperty("resourceSubscriptions", out var resources))
        {
            return null;
        }

        if (resources.ValueKind != JsonValueKind.Array || resources.GetArrayLength() > MostSubscriptions)
        {
            return Invalid($"'params.notifications.resourceSubscriptions' must be an array of at most {MostSubscriptions} URIs.");
        }

        foreach (var uri in resources.EnumerateArray())
        {
            if (uri.ValueKind != JsonValueKind.String || await ResourceAsync(exchange, call, uri.GetString(), cancellationToken) is not null)
            {
                return Invalid("'params.notifications.resourceSubscriptions' must be an array of URIs.");
            }
        }

        return null;
    }

    private static async ValueTask<Refusal?> OpenTasksAsync(McpCall call, McpMessage message, JsonElement tasks, CancellationToken cancellationToken)
    {
        if (tasks.ValueKind != JsonValueKind.Array || tasks.GetArrayLength() > MostSubscriptions)
        {
            return Invalid($"'params.notifications.taskIds' must be an array of at most {MostSubscriptions} tasks.");
        }

        foreach (var id in tasks.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.String || await call.Handles!.OpenTaskAsync(id.GetString()!, cancellationToken) is not { } task)
            {
                return UnknownTask;
            }

            call.Splices.Replace(StrictJson.Locate(message.Bytes.Span, id), BodySplices.Literal(task.Id));
            call.Questions = call.Questions.Add(new McpQuestion(GatewayActions.ToolCall, [Facts(call, tool: task.Tool)]));
        }

        return null;
    }

    /// <summary>A task is known by a handle that opens only for the person who started it, and is decided on as the tool that it runs.</summary>
    private async ValueTask<Refusal?> TaskAsync(Exchange exchange, McpCall call, McpMessage message, CancellationToken cancellationToken)
    {
        if (message.Member("taskId") is not { ValueKind: JsonValueKind.String } id || await call.Handles!.OpenTaskAsync(id.GetString()!, cancellationToken) is not { } task)
        {
            return UnknownTask;
        }

        call.Splices.Replace(StrictJson.Locate(message.Bytes.Span, id), BodySplices.Literal(task.Id));
        return await ToolAsync(exchange, call, task.Tool, cancellationToken);
    }

    private static Refusal UnknownTask { get; } = Refusal.BadRequest("unknown_task", "There is no such task.") with { Status = 200, Rpc = new RpcError(McpErrorCodes.InvalidParams) };

    /// <summary>A method that is not there, for this caller or for anyone.</summary>
    public static Refusal MethodNotFound(McpCall call) => new()
    {
        Status = call.IsStateless ? 404 : 200,
        Code = "method_not_found",
        Message = "The method is not available.",
        Rpc = new RpcError(McpErrorCodes.MethodNotFound),
    };

    private static void Ask(McpCall call, string action, McpFacts facts)
    {
        call.Action = action;
        call.Questions = call.Questions.Add(new McpQuestion(action, [facts]));
    }

    public static Refusal ServerFailed(McpCall call, string reason)
    {
        call.Outcome.Failure = reason;
        return UpstreamTokens.Find(reason) ?? new Refusal
        {
            Status = 502,
            Code = "mcp_server_failed",
            Message = reason == "timeout" ? "The server did not answer in time." : "The server could not be reached, or gave no answer that can be passed on.",
            Reason = "mcp_" + reason,
        };
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.String ? found.GetString() : null;

    private static Refusal Missing(string member) => Invalid($"'{member}' is required.");

    private static Refusal Invalid(string message) => Refusal.BadRequest("invalid_params", message) with { Rpc = new RpcError(McpErrorCodes.InvalidParams) };
}
