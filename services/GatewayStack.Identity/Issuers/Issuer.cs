using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Introspection;

namespace GatewayStack.Identity.Issuers;

/// <summary>One issuer, compiled from valid settings.</summary>
internal sealed class Issuer
{
    public Issuer(IssuerOptions options, IssuerKeys keys, IssuerConnection? connection = null, bool onlyOne = true)
    {
        Name = options.Name;
        Url = options.Issuer;
        Audiences = [.. options.Audiences];
        AudienceClaim = options.AudienceClaim;
        Algorithms = (options.Algorithms is { Count: > 0 } named ? named : SignatureAlgorithm.All.Select(algorithm => algorithm.Name)).ToFrozenSet(StringComparer.Ordinal);
        TokenTypes = new TokenTypes(options.TokenTypes);
        AccessTokenClaim = options.AccessTokenClaim is { } claim ? JsonPointer.Parse(claim) : null;
        AcceptIdTokens = options.AcceptIdTokens;
        IdTokenScopes = [.. options.IdTokenScopes];
        ScopePrefixes = [.. options.ScopePrefixes.OrderByDescending(prefix => prefix.Length)];
        ClockSkew = TimeSpan.FromSeconds(options.ClockSkewSeconds);
        Tenants = options.Claims.Tenant is null ? [options.Tenant ?? "default"] : [.. options.AllowedTenants];
        Claims = ClaimMapping.Of(options.Claims);
        Keys = keys;
        TokenPrefix = options.TokenPrefix;
        Connection = connection;
        Exchange = options.Exchange;
        OwnClientId = options.Client?.Id;
        SubjectTokenType = SubjectTokenTypes.Of(options.Client?.SubjectTokenType ?? "access_token");
        LogoutClientIds = [.. options.LogoutClientIds];
        MayAdminister = options.MayAdminister ?? onlyOne;
    }

    public string Name { get; }

    public string Url { get; }

    public ImmutableArray<string> Audiences { get; }

    /// <summary>Where the audience is in tokens without <c>aud</c>.</summary>
    public string? AudienceClaim { get; }

    public FrozenSet<string> Algorithms { get; }

    public TokenTypes TokenTypes { get; }

    /// <summary>The operator's own mark of access tokens.</summary>
    public JsonPointer? AccessTokenClaim { get; }

    public bool AcceptIdTokens { get; }

    public ImmutableArray<string> IdTokenScopes { get; }

    /// <summary>What is taken off scopes, the longest first.</summary>
    public ImmutableArray<string> ScopePrefixes { get; }

    public TimeSpan ClockSkew { get; }

    /// <summary>The tenants it may assert; with a constant tenant, that one.</summary>
    public ImmutableArray<string> Tenants { get; }

    public ClaimMapping Claims { get; }

    public IssuerKeys Keys { get; }

    /// <summary>How its tokens that are no JWTs begin.</summary>
    public string? TokenPrefix { get; }

    /// <summary>What the gateway may ask of it, where it is its client.</summary>
    public IssuerConnection? Connection { get; }

    /// <summary>Asks it about tokens, where it is to be asked.</summary>
    public Introspector? Introspector => Connection?.Introspector;

    /// <summary>Exchanges tokens there, where the gateway is its client.</summary>
    public TokenExchanger? Exchanger => Connection?.Exchanger;

    /// <summary>How what apps hold is exchanged there, where it is.</summary>
    public ExchangeOptions? Exchange { get; }

    /// <summary>The gateway's own client id there, where it has one.</summary>
    public string? OwnClientId { get; }

    /// <summary>What its tokens are called when they are exchanged for an upstream's.</summary>
    public string SubjectTokenType { get; }

    /// <summary>True where tokens that are no JWTs may be this issuer's.</summary>
    public bool TakesOpaque => ExchangesOpaque || Introspector is not null;

    /// <summary>True where those are exchanged, not asked about.</summary>
    public bool ExchangesOpaque => Exchange is { SubjectIssuers.Count: 0 };

    /// <summary>Audiences of its logout tokens; empty where it sends none.</summary>
    public ImmutableArray<string> LogoutClientIds { get; }

    /// <summary>False when <c>admin:</c> scopes of its tokens are taken out.</summary>
    public bool MayAdminister { get; }
}
