using System.Collections.Concurrent;
using GatewayStack.Demo.Issuer.Store;
using Microsoft.EntityFrameworkCore;

namespace GatewayStack.Demo.Issuer.Sessions;

/// <summary>Sessions that people signed out of, for as long as something of theirs could still be renewed.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class EndedSessions(TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private readonly ConcurrentDictionary<string, byte> _ended = new(StringComparer.Ordinal);

    public bool Contains(string session) => _ended.ContainsKey(session);

    /// <summary>Reads what was kept.</summary>
    public async Task LoadAsync(IssuerContext store, CancellationToken cancellationToken)
    {
        var threshold = (time.GetUtcNow() - Kept).ToUnixTimeSeconds();
        await store.Ended.Where(e => e.Ended < threshold).ExecuteDeleteAsync(cancellationToken);
        foreach (var id in await store.Ended.Select(e => e.SessionId).ToListAsync(cancellationToken))
        {
            _ended.TryAdd(id, 0);
        }
    }

    /// <summary>Ends a session.</summary>
    public async Task AddAsync(IssuerContext store, string session, CancellationToken cancellationToken)
    {
        if (_ended.TryAdd(session, 0))
        {
            store.Ended.Add(new EndedRow { SessionId = session, Ended = time.GetUtcNow().ToUnixTimeSeconds() });
            await store.SaveChangesAsync(cancellationToken);
        }
    }
}
