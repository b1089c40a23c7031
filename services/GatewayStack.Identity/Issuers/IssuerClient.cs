namespace GatewayStack.Identity.Issuers;

/// <summary>The gateway as a client of one issuer: finds its endpoints, proves itself, posts.</summary>
internal sealed class IssuerClient(string issuer, IssuerClientOptions options, IssuerHttp http, DocumentFetcher fetcher, TimeProvider time)
{
    private readonly ClientProof _proof = new(options, issuer, time);
    private readonly IssuerEndpoints _endpoints = new(issuer, fetcher, time);

    /// <summary>True where the issuer has a discovery document that says that a person is called the same to every client.</summary>
    public async Task<bool> AreSubjectsPublicAsync(CancellationToken cancellationToken) => await _endpoints.TryDocumentAsync(cancellationToken) is { SubjectsArePublic: true };

    /// <summary>Asks the introspection endpoint.</summary>
    public Task<IssuerAnswer> IntrospectAsync(List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken) =>
        PostAsync(options.IntrospectionEndpoint, "introspection_endpoint", form, asker, cancellationToken);

    /// <summary>Asks the token endpoint.</summary>
    public Task<IssuerAnswer> AskForTokenAsync(List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken) =>
        PostAsync(options.TokenEndpoint, "token_endpoint", form, asker, cancellationToken);

    private async Task<IssuerAnswer> PostAsync(string? configured, string name, List<KeyValuePair<string, string>> form, Asker asker, CancellationToken cancellationToken)
    {
        var place = configured is null ? await _endpoints.FindAsync(name, cancellationToken) : new Uri(configured);
        var authorization = _proof.Add(form);
        try
        {
            return await http.PostAsync(place, form, authorization, asker, cancellationToken);
        }
        catch (IssuerCallException e) when (e.IsOutage && asker == Asker.Known)
        {
            // An issuer may move its endpoints. What strangers make fail says nothing of that.
            _endpoints.Forget();
            throw;
        }
    }
}
