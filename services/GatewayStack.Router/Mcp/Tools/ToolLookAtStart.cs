using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Mcp.Upstream;
using GatewayStack.Router.Providers;
using GatewayStack.Router.Routing;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Router.Mcp.Tools;

/// <summary>
/// Asks each server for its tools once the gateway is up, so that the report about tools and rules is there before anyone calls. Nobody stands behind the question: a
/// server that shows its tools to people alone is looked at with the first list that passes.
/// </summary>
internal sealed class ToolLookAtStart(
    RouterSnapshotStore snapshots, ProviderClients clients, McpCredentials credentials, ToolCatalogue catalogue, ToolRuleReport report, IHostApplicationLifetime lifetime,
    TimeProvider time, ILogger<ToolLookAtStart> logger)
    : BackgroundService
{
    private const int MaxAnswer = 4 * 1024 * 1024;

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (stoppingToken.IsCancellationRequested)
        {
            // It never came up, for a reason that is told elsewhere.
            return;
        }

        await Task.WhenAll(snapshots.Current.McpServers.Values.Select(s => LookAsync(s, stoppingToken)));
    }

    private async Task LookAsync(McpServer server, CancellationToken stoppingToken)
    {
        using var patience = new CancellationTokenSource(Longest, time);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, patience.Token);
        try
        {
            var seen = await StatelessAsync(server, deadline.Token) || await BySessionAsync(server, deadline.Token);
            if (!seen)
            {
                logger.ToolsNotKnown(server.Name, "it shows them to people alone");
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException or SseFormatException)
        {
            if (!stoppingToken.IsCancellationRequested)
            {
                logger.ToolsNotKnown(server.Name, "it gave no answer");
            }
        }
    }

    private async Task<bool> StatelessAsync(McpServer server, CancellationToken cancellationToken)
    {
        const string list = "{\"jsonrpc\":\"2.0\",\"id\":\"gatewaystack\",\"method\":\"tools/list\",\"params\":{\"_meta\":{\"" + McpMessageReader.VersionMember + "\":\"" + McpVersions.Stateless
            + "\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        var (answer, _) = await SendAsync(server, list, McpVersions.Stateless, McpMethods.ToolsList, null, cancellationToken);
        return Take(server, answer);
    }

    private async Task<bool> BySessionAsync(McpServer server, CancellationToken cancellationToken)
    {
        const string version = "2025-11-25";
        const string initialize = "{\"jsonrpc\":\"2.0\",\"id\":\"gatewaystack\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"" + version
            + "\",\"capabilities\":{},\"clientInfo\":{\"name\":\"GatewayStack\",\"version\":\"1\"}}}";
        var (hello, session) = await SendAsync(server, initialize, null, null, null, cancellationToken);
        if (hello is null)
        {
            return false;
        }

        hello.Dispose();
        var (none, _) = await SendAsync(server, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}", version, null, session, cancellationToken);
        none?.Dispose();
        var (answer, _) = await SendAsync(server, "{\"jsonrpc\":\"2.0\",\"id\":\"gatewaystack\",\"method\":\"tools/list\"}", version, null, session, cancellationToken);
        if (session is not null)
        {
            using var bye = Create(server, HttpMethod.Delete, version, session);
            using var gone = await clients.For("mcp:" + server.Name).SendAsync(bye, cancellationToken);
        }

        return Take(server, answer);
    }

    private bool Take(McpServer server, McpMessage? answer)
    {
        using (answer)
        {
            if (answer is null || !answer.Root.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Object
                || !result.TryGetProperty("tools", out var tools) || tools.ValueKind != JsonValueKind.Array)
            {
                return false;
            }

            // What a server shows to nobody in particular is looked at for the report; calls are judged by what it shows to the caller.
            catalogue.Learn(server.Name, ToolFetcher.Nobody, tools.EnumerateArray());
            report.Look(server.Name);
            return true;
        }
    }

    private async Task<(McpMessage? Answer, string? Session)> SendAsync(McpServer server, string body, string? version, string? method, string? session, CancellationToken cancellationToken)
    {
        using var request = Create(server, HttpMethod.Post, version, session);
        request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (method is not null)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.Method, method);
        }

        using var response = await clients.For("mcp:" + server.Name).SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return (null, null);
        }

        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var id = response.Headers.TryGetValues(McpHeaders.Session, out var ids) ? ids.FirstOrDefault() : null;
        if (!McpUpstream.IsStream(response))
        {
            return McpMessageReader.TryReadAny(await McpUpstream.ReadWholeAsync(stream, MaxAnswer, cancellationToken), out var whole) is null ? (whole, id) : (null, id);
        }

        var events = new SseReader(stream, MaxAnswer);
        while (await events.ReadAsync(cancellationToken) is { } sse)
        {
            if (sse.Data is { Length: > 0 } data && McpMessageReader.TryReadAny(data, out var message) is null)
            {
                if (message is { Kind: McpMessageKind.Response })
                {
                    return (message, id);
                }

                message?.Dispose();
            }
        }

        return (null, id);
    }

    private HttpRequestMessage Create(McpServer server, HttpMethod method, string? version, string? session)
    {
        var request = new HttpRequestMessage(method, server.Url);
        request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.Version, version);
        }

        if (session is not null)
        {
            request.Headers.TryAddWithoutValidation(McpHeaders.Session, session);
        }

        if (credentials.Current(server) is { } credential)
        {
            request.Headers.TryAddWithoutValidation("Authorization", credential);
        }

        return request;
    }
}
