namespace GatewayStack.Identity;

/// <summary>The gateway as a client of an issuer: for introspection and token exchange.</summary>
public sealed record IssuerClientOptions
{
    /// <summary>The client id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The client's secret, as a secret reference; for the methods <c>basic</c> and <c>post</c>.</summary>
    public string? Secret { get; init; }

    /// <summary>How it proves itself: <c>basic</c>, <c>post</c> or <c>private_key_jwt</c>. Default <c>basic</c>.</summary>
    public string Method { get; init; } = "basic";

    /// <summary>The private key (PEM, RSA or P-256) of <c>private_key_jwt</c>, as a secret reference.</summary>
    public string? PrivateKey { get; init; }

    /// <summary>The key's name (<c>kid</c>). Default: none.</summary>
    public string? KeyId { get; init; }

    /// <summary>Whom the client's own JWT is for. Default: the issuer; Entra and Okta want their token endpoint.</summary>
    public string? AssertionAudience { get; init; }

    /// <summary>
    /// What a caller's token is when exchanged for an upstream's: <c>access_token</c>, <c>id_token</c>, <c>jwt</c>, or a type's URI. Default <c>access_token</c>.
    /// </summary>
    public string SubjectTokenType { get; init; } = "access_token";

    /// <summary>Where tokens are exchanged. Default: what the discovery document says.</summary>
    public string? TokenEndpoint { get; init; }

    /// <summary>Where tokens are asked about. Default: what the discovery document says.</summary>
    public string? IntrospectionEndpoint { get; init; }

    /// <summary>Leaves secret and key out: they may stand there themselves in place of a reference.</summary>
    public override string ToString() => $"client {Id}";
}
