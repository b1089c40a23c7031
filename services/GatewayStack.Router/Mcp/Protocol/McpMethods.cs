using System.Collections.Frozen;

namespace GatewayStack.Router.Mcp.Protocol;

/// <summary>Methods that the gateway knows.</summary>
internal static class McpMethods
{
    public const string Initialize = "initialize";
    public const string Ping = "ping";
    public const string Discover = "server/discover";
    public const string ToolsList = "tools/list";
    public const string ToolsCall = "tools/call";
    public const string ResourcesList = "resources/list";
    public const string ResourceTemplatesList = "resources/templates/list";
    public const string ResourcesRead = "resources/read";
    public const string ResourcesSubscribe = "resources/subscribe";
    public const string ResourcesUnsubscribe = "resources/unsubscribe";
    public const string PromptsList = "prompts/list";
    public const string PromptsGet = "prompts/get";
    public const string Complete = "completion/complete";
    public const string SubscriptionsListen = "subscriptions/listen";
    public const string TasksGet = "tasks/get";
    public const string TasksResult = "tasks/result";
    public const string TasksCancel = "tasks/cancel";
    public const string TasksUpdate = "tasks/update";
    public const string Initialized = "notifications/initialized";
    public const string Cancelled = "notifications/cancelled";
    public const string Progress = "notifications/progress";

    /// <summary>What has no method of its own, as records name it: with a blank, which no method's name has.</summary>
    public const string Stream = "get stream";

    public const string EndSession = "end session";
    public const string Reply = "client reply";

    /// <summary>What anyone with a token for the route may say: it reaches nothing that a rule would be about.</summary>
    private static readonly FrozenSet<string> Open = new[]
    {
        Initialize, Ping, Discover, ToolsList, ResourcesList, ResourceTemplatesList, PromptsList, "logging/setLevel", SubscriptionsListen,
        Initialized, Cancelled, Progress, "notifications/roots/list_changed", Stream, EndSession, Reply,
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What 2026-07-28 took away.</summary>
    private static readonly FrozenSet<string> OfSessions = new[]
    {
        Initialize, Ping, "logging/setLevel", ResourcesSubscribe, ResourcesUnsubscribe, TasksResult, "tasks/list",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What a route may let in without a token: it names nothing and changes nothing.</summary>
    public static FrozenSet<string> MayBeAnonymous { get; } =
        new[] { Initialize, Discover, ToolsList, ResourcesList, ResourceTemplatesList, PromptsList }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether only versions with sessions have a method.</summary>
    public static bool IsOfSessions(string method) => OfSessions.Contains(method);

    public static bool IsOpen(string method) => Open.Contains(method);

    /// <summary>Whether it reads or changes tasks: those that are not named here, such as a list of everyone's, are not served.</summary>
    public static bool IsAboutTasks(string method) => method.StartsWith("tasks/", StringComparison.Ordinal);

    public static bool IsList(string method) => method is ToolsList or ResourcesList or ResourceTemplatesList or PromptsList;

    public static bool IsOfTask(string method) => method is TasksGet or TasksResult or TasksCancel or TasksUpdate;
}
