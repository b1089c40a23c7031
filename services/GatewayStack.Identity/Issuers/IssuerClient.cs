namespace GatewayStack.Identity.Issuers;

/// <summary>The gateway as a client of one issuer: finds its endpoints, proves itself, posts.</summary>
internal sealed class IssuerClient(string issuer, IssuerClientOptions options, IssuerHttp http, DocumentFetcher fetcher, TimeProvider time)
{
    private readonly ClientProof _proof = new(options, issuer, time);
    private DiscoveryDocument? _discovered;

    /// <summary>Asks the introspection endpoint.</summary>
    public Task<IssuerAnswer> IntrospectAsync(List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken) =>
        PostAsync(options.IntrospectionEndpoint, "introspection_endpoint", form, asker, cancellationToken);

    /// <summary>Asks the token endpoint.</summary>
    public Task<IssuerAnswer> AskForTokenAsync(List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken) =>
        PostAsync(options.TokenEndpoint, "token_endpoint", form, asker, cancellationToken);

    private async Task<IssuerAnswer> PostAsync(string? configured, string name, List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken)
    {
        var place = configured is null ? await FindAsync(name, cancellationToken) : new Uri(configured);
        var authorization = _proof.Add(form);
        try
        {
            return await http.PostAsync(place, form, authorization, asker, cancellationToken);
        }
        catch (IssuerCallException e) when (e.IsOutage)
        {
            // An issuer may move its endpoints.
            _discovered = null;
            throw;
        }
    }

    private async Task<Uri> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            _discovered ??= await DiscoveryDocument.FetchAsync(issuer, fetcher, cancellationToken);
            return _discovered.Endpoint(name);
        }
        catch (KeySourceException e)
        {
            _discovered = null;
            throw new IssuerCallException("no_" + name, isOutage: true, e);
        }
    }
}
