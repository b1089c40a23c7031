using System.Collections.Concurrent;

namespace GatewayStack.Router.Mcp.Lists;

/// <summary>Tells the operator that resources are left out of a server's list because nobody could read them under their URIs; not more than once a minute for a server.</summary>
/// <remarks>Safe for concurrent use. The URIs are not told: they may be about people.</remarks>
internal sealed class UnreadableResources(TimeProvider time, ILogger<UnreadableResources> logger)
{
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, DateTimeOffset> _last = new(StringComparer.Ordinal);

    /// <summary>So many were left out of a list.</summary>
    public void Left(string server, int count)
    {
        var now = time.GetUtcNow();
        var last = _last.GetOrAdd(server, DateTimeOffset.MinValue);
        if (now - last >= Apart && _last.TryUpdate(server, now, last))
        {
            logger.ResourcesLeftOut(server, count);
        }
    }
}
