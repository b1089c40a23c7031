using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Credentials;

/// <summary>An access token of a configured issuer. The issuer is chosen by its exact URL before any key is looked for.</summary>
internal sealed class JwtCredential(IssuerRegistry registry, TimeProvider time) : ICredentialKind
{
    public string Name => "jwt";

    public bool Recognises(PresentedToken token) => token.Signed is { } signed && !Assertions.AssertionFormat.IsAssertion(signed);

    public ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, CancellationToken cancellationToken) => VerifyAsync(token, exchanged: null, cancellationToken);

    /// <summary>Verifies a token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="exchanged">What it was given for, where the gateway itself obtained it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async ValueTask<CredentialVerdict> VerifyAsync(PresentedToken token, ExchangedToken? exchanged, CancellationToken cancellationToken)
    {
        var signed = token.Signed!;
        var snapshot = registry.Current;
        if (!signed.Payload.TryGetProperty("iss", out var iss) || iss.ValueKind != JsonValueKind.String)
        {
            return CredentialVerdict.Invalid("issuer_missing");
        }

        if (snapshot.Find(iss.GetString()!) is not { } issuer)
        {
            return CredentialVerdict.Invalid("unknown_issuer");
        }

        if (!issuer.Algorithms.Contains(signed.Algorithm) || SignatureAlgorithm.Find(signed.Algorithm) is not { } algorithm)
        {
            return CredentialVerdict.Invalid("algorithm_refused", issuer.Name);
        }

        if (!issuer.TokenTypes.Accepts(signed.Type))
        {
            return CredentialVerdict.Invalid("token_type_refused", issuer.Name);
        }

        var lookup = await issuer.Keys.FindAsync(signed.KeyId, algorithm, cancellationToken);
        if (lookup.Key is not { } key)
        {
            return lookup.IsUnavailable ? CredentialVerdict.Unavailable(lookup.Reason, issuer.Name) : CredentialVerdict.Invalid(lookup.Reason!, issuer.Name);
        }

        var problem = SignatureValidator.Validate(signed, algorithm, key);
        var judged = default(JudgedToken);
        problem ??= AccessTokenRules.Judge(issuer, signed.Type, signed.Payload, token.Audiences, time.GetUtcNow(), out judged);
        if (problem is not null)
        {
            return CredentialVerdict.Invalid(problem, issuer.Name);
        }

        var mapped = IdentityMapper.Map(issuer, snapshot, signed.Payload, judged.IsIdToken, exchanged);
        if (mapped.Identity is not { } identity)
        {
            return CredentialVerdict.Unmapped(mapped, issuer.Name);
        }

        var acceptedUntil = judged.Expires + issuer.ClockSkew;
        if (issuer.Introspector is { Always: true } introspector)
        {
            // No stranger: the issuer signed it.
            var answer = await introspector.AskAsync(token.Value, Asker.Known, token.Source, cancellationToken);
            if (answer.Claims is not { } claims)
            {
                return answer.Outage is null ? CredentialVerdict.Invalid("token_inactive", issuer.Name) : CredentialVerdict.Unavailable("introspection_unavailable", issuer.Name);
            }

            // It was asked about this token: an answer about somebody else is about another.
            if (claims.TryGetProperty("sub", out var subject) && !IsSame(subject, signed.Payload))
            {
                return CredentialVerdict.Invalid("introspection_differs", issuer.Name);
            }

            acceptedUntil = answer.Until < acceptedUntil ? answer.Until : acceptedUntil;
        }

        return new CredentialVerdict
        {
            Status = AuthenticationStatus.Authenticated,
            Identity = identity,
            ExpiresAt = judged.Expires,
            AcceptedUntil = acceptedUntil,
            IssuerName = issuer.Name,
            Proof = (issuer.Keys, key),
            SnapshotVersion = snapshot.Version,
        };
    }

    private static bool IsSame(JsonElement subject, JsonElement payload) =>
        subject.ValueKind == JsonValueKind.String && payload.TryGetProperty("sub", out var own) && own.ValueKind == JsonValueKind.String && own.ValueEquals(subject.GetString());
}
