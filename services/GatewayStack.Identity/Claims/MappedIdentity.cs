using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Claims;

/// <summary>What became of a verified token's claims.</summary>
/// <param name="Identity">The caller, when mapped.</param>
/// <param name="Reason">Why not, for the log.</param>
/// <param name="TenantRefused">True when the issuer may not assert the tenant.</param>
internal sealed record MappedIdentity(CallerIdentity? Identity, string? Reason, bool TenantRefused = false)
{
    public static MappedIdentity Refused(string reason) => new(null, reason);
}
