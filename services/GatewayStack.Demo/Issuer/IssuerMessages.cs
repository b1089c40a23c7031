using System.Collections.Immutable;

namespace GatewayStack.Demo.Issuer;

/// <summary>Asks for a token: <c>{"user":"alice","client":"chatgpt"}</c>.</summary>
internal sealed record TokenRequest(string? User, string? Client);

internal sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn, string Scope)
{
    public override string ToString() => nameof(TokenResponse);
}

/// <summary>OpenID Provider metadata, as far as a resource server reads it.</summary>
internal sealed record DiscoveryDocument(
    string Issuer,
    string JwksUri,
    string TokenEndpoint,
    ImmutableArray<string> ResponseTypesSupported,
    ImmutableArray<string> SubjectTypesSupported,
    ImmutableArray<string> IdTokenSigningAlgValuesSupported,
    ImmutableArray<string> ScopesSupported);

internal sealed record KeySet(ImmutableArray<PublicKey> Keys);

/// <summary>An RSA public key as a JWK (RFC 7517).</summary>
internal sealed record PublicKey(string Kty, string Use, string Alg, string Kid, string N, string E);
