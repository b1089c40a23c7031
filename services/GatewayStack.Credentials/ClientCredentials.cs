namespace GatewayStack.Credentials;

/// <summary>A program's own client at an issuer. Its secret is sent in the Authorization header (<c>client_secret_basic</c>).</summary>
public sealed record ClientCredentials
{
    /// <summary>The issuer, exactly as it names itself; its endpoints are found from its metadata.</summary>
    public required string Issuer { get; init; }

    /// <summary>The client's id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The client's secret: from a secret store, not from a command line.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>Scopes, separated by blanks; the issuer's default where null.</summary>
    public string? Scope { get; init; }

    /// <summary>What the token is for (RFC 8707); null where the issuer takes none.</summary>
    public string? Resource { get; init; }

    /// <summary>What the token is for, as issuers say that knew <c>audience</c> before <c>resource</c> was standardised; null where the issuer takes none.</summary>
    public string? Audience { get; init; }

    /// <summary>Leaves the secret out.</summary>
    public override string ToString() => $"ClientCredentials {{ Issuer = {Issuer}, ClientId = {ClientId} }}";
}
