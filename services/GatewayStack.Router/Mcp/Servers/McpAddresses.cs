using GatewayStack.Router.Doors;

namespace GatewayStack.Router.Mcp.Servers;

/// <summary>The URLs of MCP routes, from the public address alone; never from what a request says of itself.</summary>
internal sealed class McpAddresses(ResourceMetadataAddress address)
{
    /// <summary>The resource, byte for byte as clients type it.</summary>
    public string ResourceOf(McpServer server) => server.Resource ?? $"{address.PublicUrl}/mcp/{server.Name}";

    /// <summary>Where the route's protected-resource metadata stands (RFC 9728, section 3.1: the path is inserted).</summary>
    public string MetadataOf(McpServer server) => $"{address.PublicUrl}/.well-known/oauth-protected-resource/mcp/{server.Name}";
}
