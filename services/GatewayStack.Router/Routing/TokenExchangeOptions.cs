namespace GatewayStack.Router.Routing;

/// <summary>A token of the person's own for an upstream, by exchange at their issuer (RFC 8693).</summary>
public sealed record TokenExchangeOptions
{
    /// <summary>The issuer's short name in Identity, whose <c>Client</c> exchanges.</summary>
    public string? Issuer { get; init; }

    /// <summary>The audience that is asked for.</summary>
    public string? Audience { get; init; }

    /// <summary>The resource that is asked for (RFC 8707).</summary>
    public string? Resource { get; init; }

    /// <summary>The scopes that are asked for, with blanks between them.</summary>
    public string? Scope { get; init; }
}
