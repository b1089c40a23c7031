using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Assertions;

namespace GatewayStack.Identity.Credentials;

/// <summary>A verified credential, with the answer that it gets as long as nothing changes.</summary>
internal sealed class RememberedToken(CredentialVerdict verdict, MintedAssertion assertion)
{
    public CredentialVerdict Verdict => verdict;

    public Task<AuthenticationResult> Result { get; } = Task.FromResult(new AuthenticationResult
    {
        Status = AuthenticationStatus.Authenticated,
        Identity = verdict.Identity,
        InternalAssertion = assertion.Token,
        ExpiresAt = verdict.ExpiresAt,
        AcceptedUntil = verdict.AcceptedUntil,
        ParentRequestId = verdict.ParentRequestId,
        IssuerName = verdict.IssuerName,
    });

    /// <summary>True while the credential would be accepted again: not expired, settings unchanged, the key that signed it still trusted, and from the same backend.</summary>
    public bool StillHolds(CallingBackend? from, int snapshotVersion, DateTimeOffset now) =>
        now < verdict.AcceptedUntil
        && verdict.SnapshotVersion == snapshotVersion
        && (verdict.Proof is not { } proof || proof.Issuer.StillTrusts(proof.Key))
        && (verdict.OnlyFrom is not { } only || only == from);

    /// <summary>True while the internal assertion in the answer has enough time left.</summary>
    public bool IsFresh(DateTimeOffset now) => now < assertion.FreshUntil;
}
