using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Exchange;

/// <summary>What an app holds that is no token of ours: it is exchanged at the one issuer that its kind is exchanged at, and what that gives is judged as any token.</summary>
internal sealed class ExchangedCredential(IssuerRegistry registry, PresentedTokens exchanges, JwtCredential jwt) : ICredentialKind
{
    public string Name => "token-exchange";

    public bool Recognises(PresentedToken token) => Find(registry.Current, token) is not null;

    public async ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken)
    {
        var snapshot = registry.Current;
        if (Find(snapshot, token) is not { Exchanger: not null } issuer)
        {
            return CredentialVerdict.Invalid(token.StructureProblem ?? "unknown_issuer");
        }

        var exchanged = await exchanges.ExchangeAsync(issuer, token, cancellationToken);
        if (exchanged.Token is not { } given)
        {
            return exchanged.IsOutage ? CredentialVerdict.Unavailable(exchanged.Reason, issuer.Name) : CredentialVerdict.Invalid(exchanged.Reason!, issuer.Name);
        }

        var verdict = await jwt.VerifyAsync(new PresentedToken(given.Text, given, null, null, token.Audiences, token.Source), exchanged, cancellationToken);
        if (verdict.Status != AuthenticationStatus.Authenticated)
        {
            // One that is for another resource is good where it belongs.
            if (verdict is { Status: AuthenticationStatus.Invalid, Reason: not ("audience_wrong" or "audience_missing") })
            {
                exchanges.Forget(issuer, token);
            }

            return verdict;
        }

        return verdict with
        {
            ExpiresAt = exchanged.SubjectEnds < verdict.ExpiresAt ? exchanged.SubjectEnds : verdict.ExpiresAt,
            AcceptedUntil = exchanged.Until < verdict.AcceptedUntil ? exchanged.Until : verdict.AcceptedUntil,
            ExchangedFor = given.Text,
        };
    }

    private static Issuer? Find(IssuerSnapshot snapshot, PresentedToken token)
    {
        if (token.Signed is not { } signed)
        {
            return OpaqueToken.IsOne(token.Value) && snapshot.FindForOpaque(token.Value) is { ExchangesOpaque: true } issuer ? issuer : null;
        }

        return !Assertions.AssertionFormat.IsAssertion(signed) && signed.Payload.TryGetProperty("iss", out var iss) && iss.ValueKind == JsonValueKind.String
            ? snapshot.FindForForeign(iss.GetString()!)
            : null;
    }
}
