using GatewayStack.Demo.Server;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Backends;

/// <summary>Who the gateway says is calling, or why that was not believed.</summary>
internal sealed record VerifiedCaller(string? Tenant, string? User, string? Problem)
{
    public bool IsVerified => Problem is null;
}

/// <summary>Verifies <c>X-Gateway-Identity</c>: all that a backend behind the gateway has to do.</summary>
internal sealed class GatewayAssertionVerifier(string audience, DemoAddresses addresses, GatewayKeys keys, TimeProvider time)
{
    public const string Header = "X-Gateway-Identity";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    public async Task<VerifiedCaller> VerifyAsync(string? assertion, CancellationToken cancellationToken)
    {
        var result = await ValidateAsync(assertion, await keys.GetAsync(cancellationToken));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            // The gateway has rotated its key since we asked.
            result = await ValidateAsync(assertion, await keys.RefreshAsync(cancellationToken));
        }

        return result.IsValid
            ? new VerifiedCaller(result.Claims["tenant"] as string, result.Claims["sub"] as string, null)
            : new VerifiedCaller(null, null, result.Exception.GetType().Name);
    }

    // snippet: verify-assertion
    private Task<TokenValidationResult> ValidateAsync(string? assertion, JsonWebKeySet gatewayKeys) =>
        _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidTypes = ["gateway-identity+jwt"],
            ValidAlgorithms = ["ES256"],
            ValidIssuer = addresses.Gateway?.AbsoluteUri.TrimEnd('/'),
            ValidAudience = audience,
            IssuerSigningKeys = gatewayKeys.GetSigningKeys(),
            TryAllIssuerSigningKeys = false,
            LifetimeValidator = (notBefore, expires, _, _) => notBefore < Now.AddSeconds(30) && expires > Now,
        });
    // endsnippet

    private DateTime Now => time.GetUtcNow().UtcDateTime;
}
