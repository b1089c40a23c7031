namespace GatewayStack.Identity;

/// <summary>Exchanging what an app holds for an access token of this issuer (RFC 8693), which is then judged as any other.</summary>
public sealed record ExchangeOptions
{
    /// <summary>The audience that is asked for. Default: none.</summary>
    public string? Audience { get; init; }

    /// <summary>The resource that is asked for (RFC 8707). Default: none.</summary>
    public string? Resource { get; init; }

    /// <summary>The scopes that are asked for. Default: none, and the issuer decides.</summary>
    public string? Scope { get; init; }

    /// <summary>What apps hold: <c>access_token</c>, <c>id_token</c>, <c>jwt</c>, or another type by its URI. Default <c>access_token</c>.</summary>
    public string SubjectTokenType { get; init; } = "access_token";

    /// <summary>The <c>iss</c> of JWTs that are exchanged here. Default: none, and tokens that are no JWTs are.</summary>
    public IReadOnlyList<string> SubjectIssuers { get; init; } = [];

    /// <summary>How long an exchanged token is used again, in seconds, 0 to 3600; never past its end. Default 300.</summary>
    public int CacheSeconds { get; init; } = 300;
}
