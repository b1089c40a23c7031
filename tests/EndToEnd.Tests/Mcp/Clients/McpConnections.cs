using ModelContextProtocol.Client;

namespace GatewayStack.EndToEnd.Tests.Mcp.Clients;

internal static class McpConnections
{
    /// <summary>Connects the C# SDK's client to a route.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="server">The route.</param>
    /// <param name="token">Whose token.</param>
    /// <param name="version">The protocol version asked for; the client's own choice unless said.</param>
    /// <param name="http">A client to share connections with others.</param>
    public static Task<McpClient> ConnectAsync(this McpGateway gateway, string server, string? token, string? version = null, HttpClient? http = null)
    {
        var options = new HttpClientTransportOptions
        {
            Endpoint = gateway.Route(server),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + token },
        };
        var transport = http is null ? new HttpClientTransport(options) : new HttpClientTransport(options, http);
        return McpClient.CreateAsync(transport, new McpClientOptions { ProtocolVersion = version }, cancellationToken: TestContext.Current.CancellationToken);
    }
}
