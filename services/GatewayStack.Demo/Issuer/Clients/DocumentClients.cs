using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>Clients whose id is the address of their metadata document. Each document is read when it is needed, and again when it is an hour old.</summary>
internal sealed class DocumentClients(ClientDocuments documents, Intake intake, DemoMetrics metrics, IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private const int MostFailures = 256;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Failed = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (string Problem, long At)> _failures = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _one = new(1, 1);

    /// <summary>Sees to it that the client of an id is known, where the id is an address.</summary>
    /// <returns>Why it is not, in a sentence for people; null when it is, and for an id that is no address.</returns>
    public async Task<string?> EnsureKnownAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null || !ClientDocuments.IsDocumentId(id) || KnownClients.Find(id) is { } shipped && !KnownClients.IsOpen(shipped))
        {
            return null;
        }

        if (_failures.TryGetValue(id, out var failure) && time.GetElapsedTime(failure.At) < Failed)
        {
            return failure.Problem;
        }

        await using var scope = scopes.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<ClientRegistry>();
        if (await IsFreshAsync(registry, id, cancellationToken))
        {
            return null;
        }

        // One at a time: a stranger's slow server holds up strangers, and nobody who is known.
        await _one.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(registry, id, cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<bool> IsFreshAsync(ClientRegistry registry, string id, CancellationToken cancellationToken) =>
        await registry.ReadAtAsync(id, cancellationToken) is { } read && time.GetUtcNow() - read < Fresh;

    private async Task<string?> ReadAsync(ClientRegistry registry, string id, CancellationToken cancellationToken)
    {
        if (await IsFreshAsync(registry, id, cancellationToken))
        {
            return null;
        }

        if (!intake.TryTake())
        {
            metrics.IssuerRefused("document", "too_many");
            return "Too many applications came in just now: try again in a minute.";
        }

        var reading = KnownClients.Find(id) is { } shipped ? new DocumentReading(shipped.Metadata, null) : await documents.ReadAsync(id, cancellationToken);
        if (reading.Metadata is { } metadata)
        {
            await registry.KeepAsync(id, metadata, ClientKind.Document, cancellationToken);
            return null;
        }

        metrics.IssuerRefused("document", "unfit");
        if (_failures.Count >= MostFailures)
        {
            _failures.Clear();
        }

        _failures[id] = (reading.Problem!, time.GetTimestamp());
        return reading.Problem;
    }
}
