using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Assertions;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>
/// The gateway's own assertion, presented by the backend it was minted for: the backend's calls stay bound to the person on whose
/// behalf it works. From anybody else, or meant for anybody else, it is worth nothing.
/// </summary>
internal sealed class GatewayAssertionCredential(AssertionReader reader, IssuerRegistry registry) : ICredentialKind
{
    public string Name => "gateway-assertion";

    public bool Recognises(PresentedToken token) => token.Signed is { } signed && AssertionFormat.IsAssertion(signed);

    public ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken) => ValueTask.FromResult(Verify(token));

    private CredentialVerdict Verify(PresentedToken token)
    {
        // A resource wants tokens that were issued for it: what we say of somebody to a backend never is.
        if (!token.Audiences.IsEmpty)
        {
            return CredentialVerdict.Invalid("assertion_for_resource");
        }

        if (token.Backend is not { } backend)
        {
            return CredentialVerdict.Invalid("assertion_without_backend");
        }

        if (backend.Audience == AssertionFormat.InternalAudience)
        {
            return CredentialVerdict.Invalid("assertion_audience_reserved");
        }

        var version = registry.Current.Version;
        var read = reader.Read(token.Signed!, backend.Audience);
        if (read.Assertion is not { } assertion)
        {
            return CredentialVerdict.Invalid(read.Reason!);
        }

        if (assertion.RequestId is null)
        {
            return CredentialVerdict.Invalid("assertion_without_request");
        }

        return new CredentialVerdict
        {
            Status = AuthenticationStatus.Authenticated,
            Identity = assertion.Identity with { Actor = backend.Name },
            ExpiresAt = assertion.ExpiresAt,
            AcceptedUntil = assertion.ExpiresAt,
            ParentRequestId = assertion.RequestId,
            IssuerName = assertion.Identity.IssuerName,
            OnlyFrom = backend,
            SnapshotVersion = version,
        };
    }
}
