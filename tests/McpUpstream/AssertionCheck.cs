using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.McpUpstream;

/// <summary>Verifies the gateway's assertion, as an MCP server behind it would.</summary>
internal sealed class AssertionCheck : IDisposable
{
    public const string Header = "X-Gateway-Identity";

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile JsonWebKeySet? _keys;

    /// <summary>The person whom the assertion names, or null.</summary>
    public async Task<string?> SubjectAsync(Uri gateway, string audience, string? assertion, CancellationToken cancellationToken)
    {
        if (assertion is null)
        {
            return null;
        }

        var keys = _keys ?? await FetchAsync(gateway, null, cancellationToken);
        var result = await ValidateAsync(gateway, audience, assertion, keys);
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            result = await ValidateAsync(gateway, audience, assertion, await FetchAsync(gateway, keys, cancellationToken));
        }

        return result.IsValid ? result.Claims["sub"] as string : null;
    }

    public void Dispose()
    {
        _http.Dispose();
        _one.Dispose();
    }

    private Task<TokenValidationResult> ValidateAsync(Uri gateway, string audience, string assertion, JsonWebKeySet keys) => _handler.ValidateTokenAsync(assertion, new TokenValidationParameters
    {
        ValidTypes = ["gateway-identity+jwt"],
        ValidAlgorithms = ["ES256"],
        ValidIssuer = gateway.AbsoluteUri.TrimEnd('/'),
        ValidAudience = audience,
        IssuerSigningKeys = keys.GetSigningKeys(),
        TryAllIssuerSigningKeys = false,
    });

    private async Task<JsonWebKeySet> FetchAsync(Uri gateway, JsonWebKeySet? known, CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            return ReferenceEquals(_keys, known) ? _keys = new JsonWebKeySet(await _http.GetStringAsync(new Uri(gateway, ".well-known/jwks.json"), cancellationToken)) : _keys!;
        }
        finally
        {
            _one.Release();
        }
    }
}
