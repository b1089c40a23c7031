using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>Clients whose id is the address of their metadata document. Each document is read when it is needed, and again when it is an hour old.</summary>
internal sealed class DocumentClients(ClientDocuments documents, Intake intake, DemoMetrics metrics, IServiceScopeFactory scopes, TimeProvider time) : IDisposable
{
    private const int MostFailures = 256;

    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan StillGood = TimeSpan.FromDays(1);
    private static readonly TimeSpan Failed = TimeSpan.FromSeconds(30);

    // Where there is a document that was read before, a failure says no more than when to try again.
    private readonly ConcurrentDictionary<string, (string? Problem, long At)> _failures = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _strangers = new(1, 1);
    private readonly SemaphoreSlim _shipped = new(1, 1);

    /// <summary>Sees to it that the client of an id is known, where the id is an address.</summary>
    /// <returns>Why it is not, in a sentence for people; null when it is, and for an id that is no address.</returns>
    public async Task<string?> EnsureKnownAsync(string? id, CancellationToken cancellationToken)
    {
        if (id is null || !ClientDocuments.IsDocumentId(id) || KnownClients.Find(id) is { } whole && !KnownClients.IsOpen(whole))
        {
            return null;
        }

        if (_failures.TryGetValue(id, out var failure) && time.GetElapsedTime(failure.At) < Failed)
        {
            return failure.Problem;
        }

        await using var scope = scopes.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<ClientRegistry>();
        if (await IsReadWithinAsync(Fresh, registry, id, cancellationToken))
        {
            return null;
        }

        // One at a time: a stranger's slow server holds up strangers, and nobody who is known.
        var shipped = KnownClients.Find(id);
        var one = shipped is null ? _strangers : _shipped;
        await one.WaitAsync(cancellationToken);
        try
        {
            return await ReadAsync(registry, id, shipped, cancellationToken);
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose()
    {
        _strangers.Dispose();
        _shipped.Dispose();
    }

    private async Task<bool> IsReadWithinAsync(TimeSpan age, ClientRegistry registry, string id, CancellationToken cancellationToken) =>
        await registry.ReadAtAsync(id, cancellationToken) is { } read && time.GetUtcNow() - read < age;

    private async Task<string?> ReadAsync(ClientRegistry registry, string id, KnownClient? shipped, CancellationToken cancellationToken)
    {
        if (await IsReadWithinAsync(Fresh, registry, id, cancellationToken))
        {
            return null;
        }

        DocumentReading reading;
        if (!intake.Documents.TryTake())
        {
            metrics.IssuerRefused("document", "too_many");
            reading = "Too many applications came in just now: try again in a minute.";
        }
        else
        {
            reading = shipped is null ? await documents.ReadAsync(id, cancellationToken) : new DocumentReading(shipped.Metadata, null);
            if (reading.Metadata is null)
            {
                metrics.IssuerRefused("document", "unfit");
            }
        }

        if (reading.Metadata is { } metadata)
        {
            await registry.KeepAsync(id, metadata, ClientKind.Document, cancellationToken);
            return null;
        }

        if (_failures.Count >= MostFailures)
        {
            _failures.Clear();
        }

        // A server that is away for a while takes nobody's sign-in away.
        var problem = await IsReadWithinAsync(StillGood, registry, id, cancellationToken) ? null : reading.Problem;
        _failures[id] = (problem, time.GetTimestamp());
        return problem;
    }
}
