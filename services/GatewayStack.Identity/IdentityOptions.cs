namespace GatewayStack.Identity;

/// <summary>Settings of the module, section <c>Identity</c>.</summary>
public sealed record IdentityOptions
{
    /// <summary>Where callers reach the gateway: issuer of its assertions and resource of its metadata. Default: the first bound address.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>The issuers whose access tokens are accepted. Default: none.</summary>
    public IReadOnlyList<IssuerOptions> Issuers { get; init; } = [];

    /// <summary>Readable names of OAuth clients, for the audit. Default: none.</summary>
    public IReadOnlyList<ClientOptions> Clients { get; init; } = [];

    /// <summary>Scopes that the protected-resource metadata advertises. Default: none, and the member is left out.</summary>
    public IReadOnlyList<string> ScopesSupported { get; init; } = [];

    /// <summary>Age in days at which the key that signs assertions is replaced, 1 to 365. Default 30.</summary>
    public int SigningKeyDays { get; init; } = 30;

    /// <summary>Measures on the standing of people, clients, sessions, tools, models and providers.</summary>
    public StandingsOptions Standings { get; init; } = new();
}

/// <summary>Bounds of measures on somebody's or something's standing.</summary>
public sealed record StandingsOptions
{
    /// <summary>Longest time a measure may last, in days, 1 to 3650. Default 90.</summary>
    public int MaxDays { get; init; } = 90;

    /// <summary>
    /// Most measures in force at a time, 1 to 100,000: of administrators, of people on their own apps, and of each issuer's sign-outs, each for themselves. Default
    /// 10,000.
    /// </summary>
    public int MaxMeasures { get; init; } = 10_000;

    /// <summary>How long a measure that has ended is kept, in days, 1 to 3650. Default 90.</summary>
    public int HistoryDays { get; init; } = 90;

    /// <summary>How long a session stays cut off after its issuer said that it ended, in hours, 1 to 2160: as long as its longest token lives. Default 24.</summary>
    public int SignOutHours { get; init; } = 24;
}

/// <summary>One issuer of access tokens.</summary>
public sealed record IssuerOptions
{
    /// <summary>Short name, a slug of lower-case letters, digits and hyphens; part of user ids where several issuers share a tenant.</summary>
    public string Name { get; init; } = "";

    /// <summary>The token's <c>iss</c>, compared exactly. https, or http on loopback.</summary>
    public string Issuer { get; init; } = "";

    /// <summary>Accepted audiences, compared exactly; one of them must be in the token.</summary>
    public IReadOnlyList<string> Audiences { get; init; } = [];

    /// <summary>The claim that holds the audience where a token has no <c>aud</c> (Cognito: <c>client_id</c>). Default: none, and such a token is refused.</summary>
    public string? AudienceClaim { get; init; }

    /// <summary>Where the issuer's keys are. Default: what its discovery document says.</summary>
    public string? JwksUri { get; init; }

    /// <summary>Accepted signature algorithms. Default: RS, PS and ES with 256, 384 and 512.</summary>
    public IReadOnlyList<string>? Algorithms { get; init; }

    /// <summary>Accepted header types (<c>typ</c>); one of them must then be there. Default: <c>at+jwt</c>, <c>JWT</c> or none, with checks against ID tokens.</summary>
    public IReadOnlyList<string>? TokenTypes { get; init; }

    /// <summary>
    /// Pointer of a claim that this issuer's access tokens have and its ID tokens do not. Default: one of the marks that known issuers leave, unless <c>typ</c> is
    /// <c>at+jwt</c>.
    /// </summary>
    public string? AccessTokenClaim { get; init; }

    /// <summary>Takes ID tokens for the gateway's API as well, never for an MCP server. Default false: an ID token says who signed in to an app, not what the app may do.</summary>
    public bool AcceptIdTokens { get; init; }

    /// <summary>The scopes of a caller who shows an ID token, which has none of its own. Default: none.</summary>
    public IReadOnlyList<string> IdTokenScopes { get; init; } = [];

    /// <summary>What the issuer puts before the gateway's scopes, such as <c>https://gateway.example.com/</c>; the longest that fits is taken off. Default: none.</summary>
    public IReadOnlyList<string> ScopePrefixes { get; init; } = [];

    /// <summary>How this issuer's tokens that are no JWTs begin; needed where several issuers have such. Default: none, and all of them are this one's.</summary>
    public string? TokenPrefix { get; init; }

    /// <summary>The gateway as this issuer's client. Default: none.</summary>
    public IssuerClientOptions? Client { get; init; }

    /// <summary>Asks the issuer about tokens (RFC 7662). Default: none is asked about.</summary>
    public IntrospectionOptions? Introspection { get; init; }

    /// <summary>Exchanges what apps hold at this issuer (RFC 8693). Default: nothing is exchanged.</summary>
    public ExchangeOptions? Exchange { get; init; }

    /// <summary>Tolerated clock difference in seconds, 0 to 60. Default 30.</summary>
    public int ClockSkewSeconds { get; init; } = 30;

    /// <summary>The one tenant of all its callers. Default: <c>default</c>, unless <see cref="ClaimsOptions.Tenant"/> is set.</summary>
    public string? Tenant { get; init; }

    /// <summary>The tenants that the tenant claim may name.</summary>
    public IReadOnlyList<string> AllowedTenants { get; init; } = [];

    /// <summary>Allows a user id from a claim that people can change, such as <c>/email</c>. Default false.</summary>
    public bool AllowMutableUserId { get; init; }

    /// <summary>
    /// Client ids for which its back-channel logout tokens are meant (their <c>aud</c>): those that the gateway's apps have there. Default: none, and no logout token is
    /// taken.
    /// </summary>
    public IReadOnlyList<string> LogoutClientIds { get; init; } = [];

    /// <summary>
    /// Whether <c>admin:</c> scopes of its tokens count. Default: true for the only issuer, false as soon as there are several, so that a customer's issuer administers
    /// nothing.
    /// </summary>
    public bool? MayAdminister { get; init; }

    /// <summary>Where the token holds what.</summary>
    public ClaimsOptions Claims { get; init; } = new();
}

/// <summary>Where an issuer's tokens hold what, as JSON pointers (RFC 6901).</summary>
public sealed record ClaimsOptions
{
    /// <summary>The subject. Default <c>/sub</c>, which a program's own token is read at, too, where it has no other.</summary>
    public string? Subject { get; init; }

    /// <summary>The stable readable user id. Default: the subject.</summary>
    public string? UserId { get; init; }

    /// <summary>The display name. Default <c>/name</c>.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The organisation. Default <c>/org_id</c>.</summary>
    public string? OrgId { get; init; }

    /// <summary>The tenant; its values are limited by <see cref="IssuerOptions.AllowedTenants"/>. Default: none.</summary>
    public string? Tenant { get; init; }

    /// <summary>The team. Default <c>/team</c>.</summary>
    public string? Team { get; init; }

    /// <summary>The plan. Default <c>/plan</c>.</summary>
    public string? Plan { get; init; }

    /// <summary>Roles, a string or an array. Default <c>/roles</c>, else <c>/realm_access/roles</c>.</summary>
    public string? Roles { get; init; }

    /// <summary>Scopes, a space-separated string or an array. Default: <c>/scope</c>, <c>/scp</c> and <c>/permissions</c> together.</summary>
    public string? Scopes { get; init; }

    /// <summary>The OAuth client. Default: the first of <c>/client_id</c>, <c>/azp</c>, <c>/cid</c> and <c>/appid</c>.</summary>
    public string? ClientId { get; init; }

    /// <summary>Further attributes for policies. Default: none.</summary>
    public IReadOnlyList<AttributeOptions> Attributes { get; init; } = [];
}

/// <summary>An attribute that the operator names and types.</summary>
public sealed record AttributeOptions
{
    /// <summary>The name that policies use.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where the token holds it.</summary>
    public string Pointer { get; init; } = "";

    /// <summary><c>string</c>, <c>boolean</c>, <c>integer</c> or <c>list</c>. Default <c>string</c>.</summary>
    public string Type { get; init; } = "string";
}

/// <summary>A readable name for an OAuth client.</summary>
public sealed record ClientOptions
{
    /// <summary>The client id, as tokens hold it.</summary>
    public string Id { get; init; } = "";

    /// <summary>The name, such as "ChatGPT".</summary>
    public string Name { get; init; } = "";
}
