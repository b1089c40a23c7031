namespace GatewayStack.Router;

internal static partial class RouterLog
{
    [LoggerMessage(5000, LogLevel.Warning, "The Router's configuration has {Count} errors, the first at {Key}; the last good one stays in force")]
    public static partial void SnapshotKept(this ILogger logger, int count, string key);

    [LoggerMessage(5001, LogLevel.Warning, "Stage {Stage} failed on attempt {Attempt}: {Error}")]
    public static partial void StageFailed(this ILogger logger, string stage, int attempt, string error);

    [LoggerMessage(5002, LogLevel.Debug, "Sign-in refused: {Reason} (request {RequestId})")]
    public static partial void SignInRefused(this ILogger logger, string reason, string requestId);

    [LoggerMessage(5003, LogLevel.Error, "Request {RequestId} ended in a fault of the gateway: {Error}")]
    public static partial void Fault(this ILogger logger, string requestId, string error);

    [LoggerMessage(5004, LogLevel.Warning, "Settlement of request {RequestId} failed: {Error}; the event will make it good")]
    public static partial void SettlementFailed(this ILogger logger, string requestId, string error);

    [LoggerMessage(5005, LogLevel.Warning, "Provider {Provider} failed on attempt {Attempt} of request {RequestId}: {Error}")]
    public static partial void ProviderFailed(this ILogger logger, string provider, int attempt, string requestId, string error);

    [LoggerMessage(5009, LogLevel.Warning, "Sign-ins are being refused: {Reason} (request {RequestId}), {Suppressed} more since the last such line")]
    public static partial void SignInsRefused(this ILogger logger, string reason, string requestId, long suppressed);

    [LoggerMessage(5006, LogLevel.Warning, "The record of request {RequestId} was lost: the spool is full")]
    public static partial void RecordLost(this ILogger logger, string requestId);

    [LoggerMessage(5008, LogLevel.Warning, "Request {RequestId} would have been refused by {Module} ({Code}); the module only observes")]
    public static partial void OnlyObserved(this ILogger logger, string requestId, string module, string code);

    [LoggerMessage(5010, LogLevel.Error, "Stage {Stage} is wired wrongly: {Module} does not accept this service's credential, or does not know the call. Everything that needs it is refused until that is mended")]
    public static partial void StageMiswired(this ILogger logger, string stage, string module);

    [LoggerMessage(5011, LogLevel.Warning, "The breaker of {Module} opened, by {Cause}")]
    public static partial void BreakerOpened(this ILogger logger, string module, string cause);

    [LoggerMessage(5012, LogLevel.Information, "The breaker of {Module} closed after {Seconds:0.0} seconds")]
    public static partial void BreakerClosed(this ILogger logger, string module, double seconds);

    [LoggerMessage(5013, LogLevel.Warning, "Request {RequestId} went on without {Module}, which only observes")]
    public static partial void ObservedWithout(this ILogger logger, string requestId, string module);

    [LoggerMessage(5014, LogLevel.Information, "Draining: {Requests} requests are under way")]
    public static partial void Draining(this ILogger logger, int requests);

    [LoggerMessage(5015, LogLevel.Warning, "Nobody says who is cut off ({Error}): calls go on by what was said last, and new ones are refused once that is too old")]
    public static partial void StandingsAway(this ILogger logger, string error);

    [LoggerMessage(5016, LogLevel.Information, "It is said again who is cut off (revision {Revision})")]
    public static partial void StandingsBack(this ILogger logger, long revision);

    [LoggerMessage(5017, LogLevel.Information, "Who is cut off has changed: revision {Revision}, {Count} measures in force")]
    public static partial void StandingsChanged(this ILogger logger, long revision, int count);

    [LoggerMessage(5018, LogLevel.Information, "Request {RequestId} was ended under way by measure {Measure}")]
    public static partial void CutOffUnderWay(this ILogger logger, string requestId, string measure);

    [LoggerMessage(5019, LogLevel.Warning, "A session at MCP server {Server} could not be ended there ({Reason}); nobody can go on with it through the gateway")]
    public static partial void SessionNotEnded(this ILogger logger, string server, string reason);

    [LoggerMessage(5020, LogLevel.Warning, "The settings name {Count} types or labels that no built-in row finds; own rows must (Transform:Recognizers): {Names}")]
    public static partial void UnfoundNames(this ILogger logger, int count, string names);

    [LoggerMessage(5400, LogLevel.Warning, "MCP server {Server} changed what it says of its tool {Tool}")]
    public static partial void ToolChanged(this ILogger logger, string server, string tool);

    [LoggerMessage(5401, LogLevel.Warning, "MCP server {Server} has {Count} tools that no rule names, which nobody can call: {Tools}")]
    public static partial void ToolsWithoutRule(this ILogger logger, string server, int count, string tools);

    [LoggerMessage(5402, LogLevel.Warning, "{Count} tool names in rules fit no tool of MCP server {Server}: {Tools}")]
    public static partial void RulesWithoutTool(this ILogger logger, string server, int count, string tools);

    [LoggerMessage(5403, LogLevel.Information, "MCP server {Server} has {Count} tools, each of them named by a rule")]
    public static partial void ToolsHaveRules(this ILogger logger, string server, int count);

    [LoggerMessage(5404, LogLevel.Warning, "MCP server {Server} gave no good answer to request {RequestId}: {Reason}")]
    public static partial void McpServerFailed(this ILogger logger, string server, string requestId, string reason);

    [LoggerMessage(5406, LogLevel.Warning, "MCP server {Server} lists {Count} resources whose URIs stand in another spelling than the one that passes; nobody sees them (docs/mcp.md)")]
    public static partial void ResourcesLeftOut(this ILogger logger, string server, int count);

    [LoggerMessage(5410, LogLevel.Warning, "No token of the caller's own for {Upstream}, request {RequestId}: {Reason}")]
    public static partial void NoUpstreamToken(this ILogger logger, string upstream, string requestId, string reason);

    [LoggerMessage(5405, LogLevel.Information, "The tools of MCP server {Server} are not known yet ({Reason}); they are looked at with the first list that passes")]
    public static partial void ToolsNotKnown(this ILogger logger, string server, string reason);
}
