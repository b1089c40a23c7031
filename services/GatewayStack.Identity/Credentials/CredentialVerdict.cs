using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>What a credential kind found.</summary>
internal sealed record CredentialVerdict
{
    public required AuthenticationStatus Status { get; init; }

    public CallerIdentity? Identity { get; init; }

    /// <summary>When the credential ends, by its own word.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Until when it would be accepted again: its end, and the clock difference that is tolerated.</summary>
    public DateTimeOffset AcceptedUntil { get; init; }

    public string? ParentRequestId { get; init; }

    public string? Reason { get; init; }

    public string? IssuerName { get; init; }

    /// <summary>The issuer's keys and the one that verified it: a remembered verdict holds only while that key is trusted.</summary>
    public (IssuerKeys Issuer, VerificationKey Key)? Proof { get; init; }

    /// <summary>The one backend it is worth something from, where that matters.</summary>
    public CallingBackend? OnlyFrom { get; init; }

    /// <summary>The token it was exchanged for, where it was. A secret: never logged.</summary>
    public string? ExchangedFor { get; init; }

    /// <summary>The snapshot it was judged by.</summary>
    public int SnapshotVersion { get; init; }

    public static CredentialVerdict Unmapped(MappedIdentity mapped, string issuerName) => new()
    {
        Status = mapped.TenantRefused ? AuthenticationStatus.TenantRefused : AuthenticationStatus.Invalid,
        Reason = mapped.Reason,
        IssuerName = issuerName,
    };

    public static CredentialVerdict Unavailable(string? reason, string issuerName) => new() { Status = AuthenticationStatus.Unavailable, Reason = reason, IssuerName = issuerName };

    public static CredentialVerdict Invalid(string reason, string? issuerName = null) => new() { Status = AuthenticationStatus.Invalid, Reason = reason, IssuerName = issuerName };

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"{Status} {Reason}";
}
