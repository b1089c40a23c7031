namespace GatewayStack.Identity;

/// <summary>Asking an issuer about its tokens (RFC 7662).</summary>
public sealed record IntrospectionOptions
{
    /// <summary><c>opaque</c>: tokens that are no JWTs. <c>always</c>: JWTs as well, so that a revocation counts. Default <c>opaque</c>.</summary>
    public string When { get; init; } = "opaque";

    /// <summary>How long an answer counts, in seconds, 0 to 300; never past the token's end. Default 30.</summary>
    public int CacheSeconds { get; init; } = 30;

    /// <summary>Whether an answer must name the audience. Set it to false only where the issuer answers for tokens that are meant for this client alone. Default true.</summary>
    public bool AudienceRequired { get; init; } = true;
}
