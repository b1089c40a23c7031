namespace GatewayStack.Identity.Issuers;

/// <summary>Where an issuer's endpoints are, by its discovery document: fetched once for everybody who asks meanwhile, and again after a while.</summary>
internal sealed class IssuerEndpoints(string issuer, DocumentFetcher fetcher, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromMinutes(10);

    /// <summary>How long one that is not there is not looked for by who can do without.</summary>
    private static readonly TimeSpan MissingFor = TimeSpan.FromMinutes(1);

    /// <summary>A fetch serves everybody who waits for it: it ends by itself, whoever leaves.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private Found? _found;
    private Task<Found>? _underWay;
    private long _missingUntil;

    /// <summary>The document; null where there is none to be had.</summary>
    public async Task<DiscoveryDocument?> TryDocumentAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref _found) is { } known)
        {
            return known.Document;
        }

        if (time.GetUtcNow().UtcTicks < Volatile.Read(ref _missingUntil))
        {
            return null;
        }

        try
        {
            return (await FetchAsync().WaitAsync(cancellationToken)).Document;
        }
        catch (Exception e) when (e is KeySourceException or TimeoutException)
        {
            Volatile.Write(ref _missingUntil, (time.GetUtcNow() + MissingFor).UtcTicks);
            return null;
        }
    }

    /// <summary>The address of an endpoint.</summary>
    /// <exception cref="IssuerCallException">It could not be found out.</exception>
    public async Task<Uri> FindAsync(string name, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _found);
        try
        {
            var found = known is not null && time.GetUtcNow() < known.FreshUntil ? known : await FetchAsync().WaitAsync(cancellationToken);
            return found.Document.Endpoint(name);
        }
        catch (Exception e) when (e is KeySourceException or TimeoutException)
        {
            // One that is old is better than none.
            return known is not null && known.Document.TryEndpoint(name) is { } place ? place : throw new IssuerCallException("no_" + name, isOutage: true, e);
        }
    }

    /// <summary>The next who asks has it fetched again.</summary>
    public void Forget() => Volatile.Write(ref _found, null);

    private Task<Found> FetchAsync()
    {
        lock (_gate)
        {
            return _underWay ??= Task.Run(AskAsync);
        }
    }

    private async Task<Found> AskAsync()
    {
        try
        {
            using var ending = new CancellationTokenSource(Longest);
            var found = new Found(await DiscoveryDocument.FetchAsync(issuer, fetcher, ending.Token), time.GetUtcNow() + FreshFor);
            Volatile.Write(ref _found, found);
            return found;
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException("The discovery document did not come in time.", e);
        }
        finally
        {
            lock (_gate)
            {
                _underWay = null;
            }
        }
    }

    private sealed record Found(DiscoveryDocument Document, DateTimeOffset FreshUntil);
}
