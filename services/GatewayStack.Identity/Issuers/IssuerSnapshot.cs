using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayStack.Identity.Issuers;

/// <summary>Everything the settings say about issuers and clients, valid and immutable; replaced as a whole.</summary>
internal sealed class IssuerSnapshot
{
    private readonly FrozenDictionary<string, Issuer> _byUrl;
    private readonly FrozenSet<string> _sharedTenants;

    public IssuerSnapshot(IdentityOptions options, int version, Func<IssuerOptions, IssuerKeys> keysOf)
    {
        Version = version;
        Options = options;
        Issuers = [.. options.Issuers.Select(issuer => new Issuer(issuer, keysOf(issuer), options.Issuers.Count == 1))];
        Clients = options.Clients.ToFrozenDictionary(client => client.Id, client => client.Name, StringComparer.Ordinal);
        _byUrl = Issuers.ToFrozenDictionary(issuer => issuer.Url, StringComparer.Ordinal);
        _sharedTenants = Issuers.SelectMany(issuer => issuer.Tenants.Distinct(StringComparer.Ordinal))
            .GroupBy(tenant => tenant, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>Rises with each replacement, from 1.</summary>
    public int Version { get; }

    public IdentityOptions Options { get; }

    public ImmutableArray<Issuer> Issuers { get; }

    /// <summary>Readable names by client id.</summary>
    public FrozenDictionary<string, string> Clients { get; }

    /// <summary>The issuer whose URL equals a token's <c>iss</c> to the byte.</summary>
    public Issuer? Find(string url) => _byUrl.GetValueOrDefault(url);

    /// <summary>True where several issuers may assert a tenant: user ids then carry the issuer's name.</summary>
    public bool IsShared(string tenant) => _sharedTenants.Contains(tenant);
}
