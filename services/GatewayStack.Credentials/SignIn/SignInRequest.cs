namespace GatewayStack.Credentials.SignIn;

/// <summary>What somebody wants to sign in for, and how.</summary>
internal sealed record SignInRequest
{
    /// <summary>The gateway's address.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>What the tokens are for: an MCP route; the gateway itself where null.</summary>
    public Uri? Resource { get; init; }

    /// <summary>Leaves the resource out of what is asked (RFC 8707), for issuers that refuse it; the scope says then what the tokens are for.</summary>
    public bool OmitsResource { get; init; }

    /// <summary>One of the issuers that the gateway trusts; its first where null.</summary>
    public string? Issuer { get; init; }

    /// <summary>The client id, or the URL of a client id metadata document; found or registered where null.</summary>
    public string? ClientId { get; init; }

    /// <summary>A client id that this machine was given earlier, and the issuer that gave it.</summary>
    public (string Issuer, string ClientId)? Known { get; init; }

    /// <summary>Scopes, separated by blanks; what the resource names where null.</summary>
    public string? Scope { get; init; }

    /// <summary>Where the browser comes back to: an address of this machine, with port 0 for a free one.</summary>
    public Uri Redirect { get; init; } = new("http://127.0.0.1:0/callback");

    /// <summary>How long the person may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);
}
