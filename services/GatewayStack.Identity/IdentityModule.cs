using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Assertions;
using GatewayStack.Identity.Credentials;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Issuers;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity;

/// <summary>The module: finds the one credential of a request, has its kind verify it, and vouches for the caller.</summary>
internal sealed class IdentityModule(
    CredentialKinds kinds,
    IssuerRegistry registry,
    AssertionMinter minter,
    UpstreamAssertions upstream,
    UpstreamTokens upstreamTokens,
    IdentityMetrics metrics,
    TimeProvider time,
    ILogger<IdentityModule> logger)
    : IIdentityModule
{
    private readonly BoundedCache<RememberedToken> _remembered = new(10_000);

    public Task<AuthenticationResult> AuthenticateAsync(AuthenticationRequest request, CancellationToken cancellationToken)
    {
        if (FindOnly(request.Credentials, out var value) is { } refused)
        {
            return Task.FromResult(Refuse(refused));
        }

        var audiences = request.Audiences.IsDefault ? [] : request.Audiences;
        var key = TokenKey.Of(value, audiences);
        if (_remembered.Find(key) is { } remembered && remembered.StillHolds(request.Backend, registry.Current.Version, time.GetUtcNow()))
        {
            metrics.Remembered();
            return remembered.IsFresh(time.GetUtcNow()) ? remembered.Result : Vouch(key, remembered.Verdict).Result;
        }

        return VerifyAsync(key, value, request, audiences, cancellationToken);
    }

    public Task<AssertionResult> MintAssertionAsync(AssertionRequest request, CancellationToken cancellationToken) => Task.FromResult(upstream.Mint(request));

    public async Task<UpstreamTokenResult> ExchangeTokenAsync(UpstreamTokenRequest request, CancellationToken cancellationToken)
    {
        // Judged again, from memory: what was taken back a moment ago is exchanged for nothing.
        var audiences = request.Audiences.IsDefault ? [] : request.Audiences;
        var authenticated = await AuthenticateAsync(new AuthenticationRequest { RequestId = string.Empty, Credentials = request.Credentials, Audiences = audiences }, cancellationToken);
        if (authenticated is not { Status: AuthenticationStatus.Authenticated, Identity: { } caller } || FindOnly(request.Credentials, out var value) is not null)
        {
            return authenticated.Status == AuthenticationStatus.Unavailable
                ? new UpstreamTokenResult { Status = UpstreamTokenStatus.Unavailable, Reason = authenticated.Reason }
                : new UpstreamTokenResult { Status = UpstreamTokenStatus.Refused, Reason = authenticated.Reason ?? "credential_missing" };
        }

        var exchanged = _remembered.Find(TokenKey.Of(value, audiences))?.Verdict.ExchangedFor;
        return await upstreamTokens.ExchangeAsync(request, caller, exchanged ?? value, exchanged is not null, authenticated.ExpiresAt, cancellationToken);
    }

    public Task<IdentityDescription> DescribeAsync(CancellationToken cancellationToken)
    {
        var snapshot = registry.Current;
        return Task.FromResult(new IdentityDescription
        {
            AuthorizationServers = [.. snapshot.Issuers.Select(issuer => issuer.Url)],
            ScopesSupported = [.. snapshot.Options.ScopesSupported],
        });
    }

    private async Task<AuthenticationResult> VerifyAsync(
        TokenKey key, string value, AuthenticationRequest request, ImmutableArray<string> audiences, CancellationToken cancellationToken)
    {
        var problem = CompactToken.TryParse(value, out var signed);
        var presented = new PresentedToken(value, signed, problem, request.Backend, audiences, request.Source);
        var verdict = kinds.Find(presented) is { } kind ? await kind.VerifyAsync(presented, cancellationToken) : CredentialVerdict.Invalid(problem ?? "unknown_kind");
        if (verdict.Status != AuthenticationStatus.Authenticated)
        {
            return Refuse(new AuthenticationResult { Status = verdict.Status, Reason = verdict.Reason, IssuerName = verdict.IssuerName });
        }

        metrics.Authenticated(verdict.Status);
        return await Vouch(key, verdict).Result;
    }

    private RememberedToken Vouch(TokenKey key, CredentialVerdict verdict)
    {
        var assertion = minter.Mint(verdict.Identity!, AssertionFormat.InternalAudience, requestId: null);
        var remembered = new RememberedToken(verdict, assertion);
        _remembered.Set(key, remembered);
        return remembered;
    }

    /// <summary>The request's one credential, or why there is none to judge.</summary>
    private static AuthenticationResult? FindOnly(ImmutableArray<PresentedCredential> credentials, out string value)
    {
        value = string.Empty;
        foreach (var credential in credentials)
        {
            if (string.IsNullOrWhiteSpace(credential.Value))
            {
                continue;
            }

            if (credential.Carrier is not (CredentialCarrier.AuthorizationBearer or CredentialCarrier.XApiKey or CredentialCarrier.ApiKey))
            {
                return new AuthenticationResult { Status = AuthenticationStatus.Invalid, Reason = "carrier_unspecified" };
            }

            if (value.Length > 0 && !string.Equals(value, credential.Value, StringComparison.Ordinal))
            {
                return new AuthenticationResult { Status = AuthenticationStatus.Conflicting, Reason = "credentials_differ" };
            }

            value = credential.Value;
        }

        if (value.Length == 0)
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Missing, Reason = "credential_missing" };
        }

        if (value.Length > CompactToken.MaxLength)
        {
            return new AuthenticationResult { Status = AuthenticationStatus.Invalid, Reason = "token_too_large" };
        }

        return ProviderKey.IsOne(value) ? new AuthenticationResult { Status = AuthenticationStatus.ProviderKey, Reason = "provider_key" } : null;
    }

    private AuthenticationResult Refuse(AuthenticationResult result)
    {
        metrics.Authenticated(result.Status);
        IdentityLog.Refused(logger, result.Status, result.Reason, result.IssuerName);
        return result;
    }
}
