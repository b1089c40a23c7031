using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>Asks a server for its tools on behalf of a caller whose tool is not known yet: annotations and schemas are part of the decision on a call.</summary>
/// <remarks>A caller's list is asked for once at a time, and not again for a tool that was not in it a moment ago.</remarks>
internal sealed class ToolFetcher(McpUpstream upstream, ToolCatalogue catalogue, ToolRuleReport report, TimeProvider time)
{
    /// <summary>Who asks where nobody signed in.</summary>
    public const string Nobody = "";

    private const string Abandoned = "abandoned";
    private const string EndlessList = "endless_list";
    private const int MostPages = 20;
    private const int MostMissing = 20_000;

    private static readonly TimeSpan MissingFor = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Task<string?>> _underWay = new(StringComparer.Ordinal);
    private readonly ExpiringCache<string> _missing = new(MostMissing, time);

    /// <summary>Who a list is for.</summary>
    public static string CallerOf(Exchange exchange) => exchange.Context.Identity is { } known ? known.Tenant + "\n" + known.PersonId : Nobody;

    /// <summary>Looks for a tool, in what is known or at the server.</summary>
    /// <returns>The tool, or null and perhaps why the server's tools cannot be had.</returns>
    public async ValueTask<(ToolDefinition? Tool, string? Failure)> FindAsync(Exchange exchange, McpCall call, string name, CancellationToken cancellationToken)
    {
        var caller = CallerOf(exchange);
        if (catalogue.Find(call.Server.Name, caller, name) is { } known)
        {
            return (known, null);
        }

        var key = $"{call.Server.Name}\n{caller}\n{name}";
        if (_missing.Find(key) is not null)
        {
            return (null, null);
        }

        if (await FetchAsync(exchange, call, cancellationToken) is { } failure)
        {
            return (null, failure);
        }

        var tool = catalogue.Find(call.Server.Name, caller, name);
        if (tool is null)
        {
            _missing.Set(key, string.Empty, time.GetUtcNow() + MissingFor);
        }

        return (tool, null);
    }

    /// <summary>Reads the whole of a caller's list, unless that was done a short while ago: which page is which tool's stands only there.</summary>
    /// <param name="exchange">The request.</param>
    /// <param name="call">The call.</param>
    /// <param name="page">The page that is asked for; null where any is.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Why it cannot be had, or null.</returns>
    public async ValueTask<string?> KnowPageAsync(Exchange exchange, McpCall call, string? page, CancellationToken cancellationToken)
    {
        var (server, caller) = (call.Server.Name, CallerOf(exchange));
        if (catalogue.WholeAt(server, caller) is { } at)
        {
            // One that no known tool shows may be a newer tool's.
            var isKnown = page is null || !catalogue.ShowingWith(server, caller, page).IsEmpty || time.GetUtcNow() < at + MissingFor;
            if (isKnown)
            {
                return null;
            }
        }

        return await FetchAsync(exchange, call, cancellationToken) is { } failure ? failure : catalogue.WholeAt(server, caller) is null ? EndlessList : null;
    }

    /// <returns>Why the tools cannot be had, or null.</returns>
    public async ValueTask<string?> FetchAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        // In the session era a list is asked for in the caller's own session: another one's is another question.
        var key = $"{call.Server.Name}\n{CallerOf(exchange)}\n{call.Session?.Id}";
        while (true)
        {
            var own = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var underWay = _underWay.GetOrAdd(key, own.Task);
            if (underWay != own.Task)
            {
                if (await underWay.WaitAsync(cancellationToken) is not Abandoned and var answered)
                {
                    return answered;
                }

                // Who asked first has gone away: that is nobody else's answer.
                continue;
            }

            try
            {
                var failure = await AskAsync(exchange, call, cancellationToken);
                own.SetResult(failure);
                return failure;
            }
            finally
            {
                _underWay.TryRemove(key, out _);
                own.TrySetResult(Abandoned);
            }
        }
    }

    private async ValueTask<string?> AskAsync(Exchange exchange, McpCall call, CancellationToken cancellationToken)
    {
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var (answer, failure) = await upstream.AskAsync(exchange, call, McpMethods.ToolsList, id => Request(call, id, cursor), cancellationToken);
            if (answer is null)
            {
                return failure;
            }

            using (answer)
            {
                if (!answer.Root.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("tools", out var tools)
                    || tools.ValueKind != JsonValueKind.Array)
                {
                    // A server without tools says that it does not know the method. What another error hides nobody knows.
                    if (answer.Root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.Object
                        && error.TryGetProperty("code", out var code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number)
                        && number == McpErrorCodes.MethodNotFound)
                    {
                        catalogue.Complete(call.Server.Name, CallerOf(exchange));
                    }

                    return null;
                }

                if (catalogue.Learn(call.Server.Name, CallerOf(exchange), tools.EnumerateArray()))
                {
                    report.Look(call.Server.Name);
                }

                cursor = result.TryGetProperty("nextCursor", out var next) && next.ValueKind == JsonValueKind.String ? next.GetString() : null;
            }

            if (cursor is null)
            {
                catalogue.Complete(call.Server.Name, CallerOf(exchange));
                return null;
            }
        }

        return EndlessList;
    }

    private static byte[] Request(McpCall call, string id, string? cursor)
    {
        var parameters = new JsonObject();
        if (cursor is not null)
        {
            parameters["cursor"] = cursor;
        }

        if (call.IsStateless)
        {
            parameters["_meta"] = new JsonObject
            {
                [McpMessageReader.VersionMember] = call.Version,
                ["io.modelcontextprotocol/clientCapabilities"] = new JsonObject(),
            };
        }

        return Encoding.UTF8.GetBytes(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["method"] = McpMethods.ToolsList, ["params"] = parameters }.ToJsonString());
    }
}
