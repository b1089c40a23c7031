using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Introspection;

/// <summary>A token that is no JWT: the one issuer that it can only be of is asked about it.</summary>
internal sealed class IntrospectedCredential(IssuerRegistry registry, TimeProvider time) : ICredentialKind
{
    public string Name => "introspection";

    public bool Recognises(PresentedToken token) => Find(registry.Current, token) is not null;

    public async ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken)
    {
        var snapshot = registry.Current;
        if (Find(snapshot, token) is not { Introspector: { } introspector } issuer)
        {
            return CredentialVerdict.Invalid(token.StructureProblem ?? "opaque_token");
        }

        var answer = await introspector.AskAsync(token.Value, Asker.Stranger, token.Source, cancellationToken);
        if (answer.Claims is not { } claims)
        {
            return answer.Outage is null
                ? CredentialVerdict.Invalid("token_inactive", issuer.Name)
                : CredentialVerdict.Unavailable("introspection_unavailable", issuer.Name);
        }

        if (IntrospectionRules.Judge(issuer, claims, token.Audiences, time.GetUtcNow(), out var expires) is { } problem)
        {
            return CredentialVerdict.Invalid(problem, issuer.Name);
        }

        var mapped = IdentityMapper.Map(issuer, snapshot, claims);
        return mapped.Identity is { } identity
            ? new CredentialVerdict
            {
                Status = AuthenticationStatus.Authenticated,
                Identity = identity,
                ExpiresAt = expires,
                AcceptedUntil = answer.Until,
                IssuerName = issuer.Name,
                SnapshotVersion = snapshot.Version,
            }
            : CredentialVerdict.Unmapped(mapped, issuer.Name);
    }

    private static Issuer? Find(IssuerSnapshot snapshot, PresentedToken token) =>
        token.Signed is null && OpaqueToken.IsOne(token.Value) && snapshot.FindForOpaque(token.Value) is { Introspector: not null, ExchangesOpaque: false } issuer ? issuer : null;
}
