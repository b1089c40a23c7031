namespace GatewayStack.Demo.Issuer.Tokens;

/// <summary>Asks for a token: <c>{"user":"alice","client":"chatgpt","resource":"http://127.0.0.1:8080/mcp/calendar","scope":"calendar:read"}</c>.</summary>
/// <param name="User">Whose token.</param>
/// <param name="Client">The application; the first one unless said.</param>
/// <param name="Resource">What the token is for (RFC 8707): an MCP route of the gateway, or its API, which is the default.</param>
/// <param name="Scope">What it may be used for, separated by blanks; the person's usual scopes unless said.</param>
internal sealed record TokenRequest(string? User, string? Client, string? Resource, string? Scope);

/// <summary>Why no token was issued (RFC 6749, 5.2).</summary>
internal sealed record TokenError(string Error, string ErrorDescription);

internal sealed record TokenResponse(string AccessToken, string TokenType, int ExpiresIn, string Scope)
{
    public override string ToString() => nameof(TokenResponse);
}
