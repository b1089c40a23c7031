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
}

/// <summary>A request to verify a caller.</summary>
public sealed record AuthenticationRequest
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>Everything presented; empty when the request carried no credential. Two that differ are refused.</summary>
    public ImmutableArray<PresentedCredential> Credentials { get; init; } = [];

    /// <summary>The audiences of the resource that is asked for: a token must be for one of them, and its issuer's own audiences count for nothing. Empty: the issuer's own are meant.</summary>
    /// <remarks>Absolute http and https URLs are compared without the case of scheme and host, the default port and a slash at the end (RFC 8707); anything else byte by byte.</remarks>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>The backend that proved itself by <c>Backend-Credential</c> (checked by the front door), or null.</summary>
    public CallingBackend? Backend { get; init; }
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

    /// <summary>The request on whose behalf a backend calls (<c>req</c> of the assertion it was given).</summary>
    public string? ParentRequestId { get; init; }

    /// <summary>Short reason for the log and the audit (<c>token_expired</c>, <c>unknown_kid</c>, ...); never for the answer.</summary>
    public string? Reason { get; init; }

    /// <summary>The configured name of the issuer a refused token claimed to be from, where it is one of ours.</summary>
    public string? IssuerName { get; init; }
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
}

/// <summary>What everyone may know about where tokens come from.</summary>
public sealed record IdentityDescription
{
    /// <summary>The issuers, byte for byte as configured, in the order of the configuration.</summary>
    public ImmutableArray<string> AuthorizationServers { get; init; } = [];

    /// <summary>Scopes of the gateway's own API that clients may ask for.</summary>
    public ImmutableArray<string> ScopesSupported { get; init; } = [];
}
