using System.Collections.Immutable;

namespace GatewayStack.Contracts.Identity;

/// <summary>What stands behind a verified token.</summary>
public enum IdentityKind
{
    /// <summary>Not said; never matches a rule.</summary>
    Unspecified = 0,

    /// <summary>A human being.</summary>
    Person = 1,

    /// <summary>A program acting for itself (OAuth client credentials). Matches only rules that name services.</summary>
    Service = 2,
}

/// <summary>The verified caller, a person or a service, as every module sees it. Immutable.</summary>
/// <remarks>A person is (issuer, sub), never sub alone: <see cref="PersonId"/> is derived from both.</remarks>
public sealed record CallerIdentity
{
    /// <summary>Key of ledger, counters and audit: base64url(SHA-256(len(iss) iss len(sub) sub)), or the person a link table names.</summary>
    public required string PersonId { get; init; }

    /// <summary>Stable readable name, unique inside the tenant; what customers store.</summary>
    public required string UserId { get; init; }

    /// <summary>The token's subject, as the issuer gave it.</summary>
    public required string Subject { get; init; }

    /// <summary>The issuer's URL, exactly as configured.</summary>
    public required string Issuer { get; init; }

    /// <summary>The operator's short name for the issuer.</summary>
    public required string IssuerName { get; init; }

    /// <summary>The tenant the issuer was allowed to assert; never empty.</summary>
    public required string Tenant { get; init; }

    /// <summary>Person or service.</summary>
    public required IdentityKind Kind { get; init; }

    /// <summary>Organisation id, where the issuer states one.</summary>
    public string? OrgId { get; init; }

    /// <summary>Team, where the issuer states one.</summary>
    public string? Team { get; init; }

    /// <summary>Plan or tier, where the issuer states one.</summary>
    public string? Plan { get; init; }

    /// <summary>Roles in the issuer's order.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>OAuth scopes in the issuer's order.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>Further attributes that the operator named and typed.</summary>
    public ImmutableArray<IdentityAttribute> Attributes { get; init; } = [];

    /// <summary>OAuth client the token was issued to.</summary>
    public string? ClientId { get; init; }

    /// <summary>The operator's name for that client, such as "ChatGPT".</summary>
    public string? ClientName { get; init; }

    /// <summary>The person's display name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Who acts on the person's behalf: the backend that presented our assertion, or the token's <c>act</c>.</summary>
    public string? Actor { get; init; }

    /// <summary>The agent that made the call, where one is named.</summary>
    public string? Agent { get; init; }

    /// <summary>The issuer's session id (<c>sid</c>).</summary>
    public string? SessionId { get; init; }

    /// <summary>When the person signed in (<c>auth_time</c>).</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>When the token was issued (<c>iat</c>).</summary>
    public DateTimeOffset? IssuedAt { get; init; }

    /// <summary>Authentication context class (<c>acr</c>).</summary>
    public string? Acr { get; init; }
}

/// <summary>Type of an operator-named attribute.</summary>
public enum IdentityAttributeType
{
    /// <summary>Not said; the attribute is ignored.</summary>
    Unspecified = 0,

    /// <summary>A string, in <see cref="IdentityAttribute.Text"/>.</summary>
    Text = 1,

    /// <summary>A boolean, in <see cref="IdentityAttribute.Boolean"/>.</summary>
    Boolean = 2,

    /// <summary>A 64-bit integer, in <see cref="IdentityAttribute.Integer"/>.</summary>
    Integer = 3,

    /// <summary>A list of strings, in <see cref="IdentityAttribute.List"/>.</summary>
    List = 4,
}

/// <summary>One attribute such as <c>licensed = true</c>, typed by the operator and read from the token.</summary>
public sealed record IdentityAttribute
{
    /// <summary>The name that policies use.</summary>
    public required string Name { get; init; }

    /// <summary>Which of the value members holds the value.</summary>
    public required IdentityAttributeType Type { get; init; }

    /// <summary>Value of a text attribute.</summary>
    public string? Text { get; init; }

    /// <summary>Value of a boolean attribute.</summary>
    public bool Boolean { get; init; }

    /// <summary>Value of an integer attribute.</summary>
    public long Integer { get; init; }

    /// <summary>Value of a list attribute.</summary>
    public ImmutableArray<string> List { get; init; } = [];
}
