using System.Collections.Concurrent;
using GatewayStack.Contracts.Settings;
using GatewayStack.Router.Mcp.Servers;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>The gateway's own credentials at MCP servers. One that a server does not take any more is read again, once.</summary>
internal sealed class McpCredentials(TimeProvider time)
{
    private static readonly TimeSpan Apart = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _renewed = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);

    public string? Current(McpServer server) => server.CredentialReference is { } reference ? _values.GetOrAdd(reference, Read) : null;

    /// <returns>True where there is another one now.</returns>
    public bool Renew(McpServer server)
    {
        if (server.CredentialReference is not { } reference)
        {
            return false;
        }

        // A caller can make a server refuse: that must not read a file each time.
        var now = time.GetUtcNow();
        if (_renewed.TryGetValue(reference, out var last) && now - last < Apart)
        {
            return false;
        }

        _renewed[reference] = now;
        var before = Current(server);
        var read = Read(reference);
        _values[reference] = read;
        return !string.Equals(before, read, StringComparison.Ordinal);
    }

    private static string Read(string reference) => SecretReference.TryResolve(reference, out var secret) is null ? secret : string.Empty;
}
