using System.Collections.Immutable;

namespace GatewayStack.Contracts.Identity;

/// <summary>Says who is calling, and vouches for them to whoever is called.</summary>
/// <remarks>Safe for concurrent use. A bad credential is a result, never an exception.</remarks>
public interface IIdentityModule
{
    /// <summary>Verifies what a caller presented.</summary>
    Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken);

    /// <summary>Mints the assertion that tells one upstream who the caller is; only against a valid internal assertion.</summary>
    Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken);

    /// <summary>Has the caller's token exchanged for one that an upstream takes (RFC 8693); only against a valid internal assertion of the same person.</summary>
    Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken);

    /// <summary>Says where callers get their tokens; nothing of it is secret.</summary>
    Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken);
}

/// <summary>Where in the request a credential stood.</summary>
public enum CredentialCarrier
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary><c>Authorization: Bearer</c>, the scheme in any case (RFC 6750).</summary>
    AuthorizationBearer = 1,

    /// <summary><c>x-api-key</c>, as Anthropic's SDKs send it.</summary>
    XApiKey = 2,

    /// <summary><c>api-key</c>, as Azure's SDKs send it.</summary>
    ApiKey = 3,
}

/// <summary>One credential as it was presented.</summary>
public sealed record PresentedCredential
{
    /// <summary>Where it stood.</summary>
    public required CredentialCarrier Carrier { get; init; }

    /// <summary>The credential itself. A secret: never logged.</summary>
    public required string Value { get; init; }

    /// <summary>Leaves the credential out.</summary>
    public override string ToString() => Carrier.ToString();
}

/// <summary>A request to verify a caller.</summary>
public sealed record AuthenticationRequest
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Everything presented; empty when the request carried no credential. Two that differ are refused.</summary>
    public ImmutableArray<PresentedCredential> Credentials { get; init; } = [];

    /// <summary>
    /// The audiences of the resource that is asked for: a token must be for one of them, and its issuer's own audiences count for nothing. Empty: the issuer's own are
    /// meant.
    /// </summary>
    /// <remarks>
    /// Absolute http and https URLs are compared without the case of scheme and host, the default port and a slash at the end (RFC 8707); anything else byte by byte.
    /// </remarks>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>The backend that proved itself by <c>Backend-Credential</c> (checked by the front door), or null.</summary>
    public CallingBackend? Backend { get; init; }

    /// <summary>Where the call came from (<see cref="CallSource"/>), if known: what one source has issuers asked leaves room for others. Nothing else is done with it.</summary>
    public string? Source { get; init; }
}

/// <summary>A backend that calls us back on a person's behalf, its own credential already verified.</summary>
public sealed record CallingBackend
{
    /// <summary>The backend's configured name.</summary>
    public required string Name { get; init; }

    /// <summary>The audience its assertions are minted for: only those are accepted from it.</summary>
    public required string Audience { get; init; }
}

/// <summary>Outcome of an authentication. Everything but <see cref="Authenticated"/> refuses.</summary>
public enum AuthenticationStatus
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>The caller is known.</summary>
    Authenticated = 1,

    /// <summary>No credential was presented: 401.</summary>
    Missing = 2,

    /// <summary>Two different credentials were presented: 400.</summary>
    Conflicting = 3,

    /// <summary>A model provider's API key stood where a token belongs: 401 that says so.</summary>
    ProviderKey = 4,

    /// <summary>The credential is malformed, expired, not ours or badly signed: 401.</summary>
    Invalid = 5,

    /// <summary>The token is good, but its issuer may not assert this tenant: 403.</summary>
    TenantRefused = 6,

    /// <summary>The issuer's keys cannot be had and none are known: 503.</summary>
    Unavailable = 7,
}

/// <summary>Result of <see cref="IIdentityModule.AuthenticateAsync"/>.</summary>
public sealed record AuthenticationResult
{
    /// <summary>The outcome.</summary>
    public required AuthenticationStatus Status { get; init; }

    /// <summary>The caller, when authenticated.</summary>
    public CallerIdentity? Identity { get; init; }

    /// <summary>The gateway's assertion for its own modules, when authenticated; proof for <see cref="IIdentityModule.MintAssertionAsync"/>.</summary>
    public string? InternalAssertion { get; init; }

    /// <summary>When the presented credential ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when this answer holds: the issuer is to be asked again then, however long the credential still lasts; null where nobody says.</summary>
    public DateTimeOffset? AcceptedUntil { get; init; }

    /// <summary>The request on whose behalf a backend calls (<c>req</c> of the assertion it was given).</summary>
    public string? ParentRequestId { get; init; }

    /// <summary>Short reason for the log and the audit (<c>token_expired</c>, <c>unknown_kid</c>, ...); never for the answer.</summary>
    public string? Reason { get; init; }

    /// <summary>The configured name of the issuer a refused token claimed to be from, where it is one of ours.</summary>
    public string? IssuerName { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{Status} {Reason}";
}

/// <summary>A request for an upstream assertion.</summary>
public sealed record AssertionRequest
{
    /// <summary>The internal assertion of the caller.</summary>
    public required string InternalAssertion { get; init; }

    /// <summary>The upstream's audience; never <c>urn:gatewaystack:internal</c>.</summary>
    public required string Audience { get; init; }

    /// <summary>Set for a backend that calls back: the assertion is minted for this request alone and names it (<c>req</c>).</summary>
    public string? RequestId { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"assertion for {Audience}";
}

/// <summary>Result of <see cref="IIdentityModule.MintAssertionAsync"/>.</summary>
public sealed record AssertionResult
{
    /// <summary>True when <see cref="Token"/> is there.</summary>
    public required bool Minted { get; init; }

    /// <summary>The JWT (ES256, <c>typ: gateway-identity+jwt</c>).</summary>
    public string? Token { get; init; }

    /// <summary>When it expires.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why none was minted, for the log.</summary>
    public string? Reason { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => Minted ? "minted" : $"not minted: {Reason}";
}

/// <summary>What everyone may know about where tokens come from.</summary>
public sealed record IdentityDescription
{
    /// <summary>The issuers, byte for byte as configured, in the order of the configuration.</summary>
    public ImmutableArray<string> AuthorizationServers { get; init; } = [];

    /// <summary>Scopes of the gateway's own API that clients may ask for.</summary>
    public ImmutableArray<string> ScopesSupported { get; init; } = [];
}

/// <summary>A request for a token that an upstream takes for this one person.</summary>
public sealed record UpstreamTokenRequest
{
    /// <summary>The internal assertion of the caller.</summary>
    public required string InternalAssertion { get; init; }

    /// <summary>What the caller presented: it must be theirs, and of the issuer that is asked.</summary>
    public ImmutableArray<PresentedCredential> Credentials { get; init; } = [];

    /// <summary>The audiences of the resource it was presented for, as in the authentication.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>The configured name of the issuer that exchanges.</summary>
    public required string IssuerName { get; init; }

    /// <summary>The audience that is asked for (RFC 8693).</summary>
    public string? Audience { get; init; }

    /// <summary>The resource that is asked for (RFC 8707).</summary>
    public string? Resource { get; init; }

    /// <summary>The scopes that are asked for, with blanks between them.</summary>
    public string? Scope { get; init; }

    /// <summary>The upstream refused the token that was given last: another is asked for, unless that one is only seconds old.</summary>
    public bool Renew { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"token of {IssuerName} for {Audience ?? Resource}";
}

/// <summary>Outcome of a request for an upstream's token. Everything but <see cref="Issued"/> means that the upstream is not called.</summary>
public enum UpstreamTokenStatus
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>There is a token.</summary>
    Issued = 1,

    /// <summary>The issuer refuses, or the caller's credential is none that it could exchange: 403.</summary>
    Refused = 2,

    /// <summary>The person has to do something at the issuer first, such as consent: 403 that says so.</summary>
    InteractionRequired = 3,

    /// <summary>The issuer cannot be asked: 502.</summary>
    Unavailable = 4,
}

/// <summary>Result of <see cref="IIdentityModule.ExchangeTokenAsync"/>.</summary>
public sealed record UpstreamTokenResult
{
    /// <summary>The outcome.</summary>
    public required UpstreamTokenStatus Status { get; init; }

    /// <summary>The token, when issued. A secret: never logged, and for this upstream alone.</summary>
    public string? Token { get; init; }

    /// <summary>When it ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Why there is none, for log and audit.</summary>
    public string? Reason { get; init; }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"{Status} {Reason}";
}
