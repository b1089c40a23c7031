using System.Collections.Frozen;
using System.Collections.Immutable;

namespace GatewayStack.Identity.Issuers;

/// <summary>Everything the settings say about issuers and clients, valid and immutable; replaced as a whole.</summary>
internal sealed class IssuerSnapshot
{
    private readonly FrozenDictionary<string, Issuer> _byUrl;
    private readonly FrozenDictionary<string, Issuer> _byForeignUrl;
    private readonly FrozenDictionary<string, Issuer> _byName;
    private readonly ImmutableArray<Issuer> _forOpaque;
    private readonly FrozenSet<string> _sharedTenants;

    public IssuerSnapshot(IdentityOptions options, int version, Func<IssuerOptions, IssuerKeys> keysOf, Func<IssuerOptions, IssuerConnection?> connectionOf)
    {
        Version = version;
        Options = options;
        Issuers = [.. options.Issuers.Select(issuer => new Issuer(issuer, keysOf(issuer), connectionOf(issuer), options.Issuers.Count == 1))];
        Clients = options.Clients.ToFrozenDictionary(client => client.Id, client => client.Name, StringComparer.Ordinal);
        _byUrl = Issuers.ToFrozenDictionary(issuer => issuer.Url, StringComparer.Ordinal);
        _byName = Issuers.ToFrozenDictionary(issuer => issuer.Name, StringComparer.Ordinal);
        _byForeignUrl = Issuers.SelectMany(issuer => (issuer.Exchange?.SubjectIssuers ?? []).Select(url => (url, issuer)))
            .ToFrozenDictionary(pair => pair.url, pair => pair.issuer, StringComparer.Ordinal);
        _forOpaque = [.. Issuers.Where(issuer => issuer.TakesOpaque).OrderByDescending(issuer => issuer.TokenPrefix?.Length ?? 0)];
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

    /// <summary>The issuer of an operator's short name.</summary>
    public Issuer? FindByName(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The issuer that JWTs of another one are exchanged at.</summary>
    public Issuer? FindForForeign(string url) => _byForeignUrl.GetValueOrDefault(url);

    /// <summary>The one issuer that a token which is no JWT can be of: nobody else ever sees it.</summary>
    public Issuer? FindForOpaque(string token)
    {
        foreach (var issuer in _forOpaque)
        {
            if (issuer.TokenPrefix is not { } prefix || token.StartsWith(prefix, StringComparison.Ordinal))
            {
                return issuer;
            }
        }

        return null;
    }

    /// <summary>True where several issuers may assert a tenant: user ids then carry the issuer's name.</summary>
    public bool IsShared(string tenant) => _sharedTenants.Contains(tenant);
}
