namespace GatewayStack.Identity.Issuers;

/// <summary>Gets one issuer's key set, by its configured place or by discovery.</summary>
internal sealed class KeySource(string issuer, string? jwksUri, DocumentFetcher fetcher)
{
    private Uri? _discovered;

    /// <summary>Fetches the key set.</summary>
    /// <exception cref="KeySourceException">It could not be had.</exception>
    public async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        // Known from the last time; forgotten as soon as it fails, since an issuer may move its keys.
        var place = _discovered;
        _discovered = null;
        place ??= jwksUri is null ? (await DiscoveryDocument.FetchAsync(issuer, fetcher, cancellationToken)).Endpoint("jwks_uri") : new Uri(jwksUri);
        var keys = KeySetParser.Parse(await fetcher.GetAsync(place, cancellationToken)) ?? throw new KeySourceException("not_a_key_set");
        _discovered = place;
        return keys;
    }
}
