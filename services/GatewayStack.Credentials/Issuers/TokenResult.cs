namespace GatewayStack.Credentials.Issuers;

/// <summary>What a token endpoint said.</summary>
internal abstract record TokenResult
{
    private TokenResult()
    {
    }

    /// <summary>It issued tokens.</summary>
    public sealed record Issued(AccessToken AccessToken, DateTimeOffset IssuedAt, string? RefreshToken, string? Scope) : TokenResult
    {
        public override string ToString() => nameof(Issued);
    }

    /// <summary>It refused, for a reason of the specification.</summary>
    /// <param name="Error">The code, such as <c>invalid_grant</c>.</param>
    /// <param name="Description">What it said beside it, fit for a terminal; empty when nothing.</param>
    public sealed record Refused(string Error, string Description) : TokenResult;
}
