using System.Collections.Concurrent;
using GatewayStack.Router.Mcp.Tools;
using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Mcp.Upstream;

/// <summary>Counts the streams that a person holds open at a server; they cost a connection each for as long as they like.</summary>
internal sealed class OpenStreams
{
    /// <summary>Streams of one person at one server: clients keep one for each window.</summary>
    public const int Most = 16;

    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <returns>What gives the place back, or null where there is none.</returns>
    public IDisposable? TryEnter(Exchange exchange, McpCall call)
    {
        var key = $"{call.Server.Name}\n{ToolFetcher.CallerOf(exchange)}";
        if (_open.AddOrUpdate(key, 1, static (_, n) => n + 1) <= Most)
        {
            return new Place(this, key);
        }

        Leave(key);
        return null;
    }

    private void Leave(string key)
    {
        if (_open.AddOrUpdate(key, 0, static (_, n) => n - 1) <= 0)
        {
            _open.TryRemove(new KeyValuePair<string, int>(key, 0));
        }
    }

    private sealed class Place(OpenStreams streams, string key) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                streams.Leave(key);
            }
        }
    }
}
