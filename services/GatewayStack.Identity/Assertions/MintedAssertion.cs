namespace GatewayStack.Identity.Assertions;

/// <summary>An assertion that was just signed.</summary>
internal sealed record MintedAssertion(string Token, DateTimeOffset ExpiresAt)
{
    /// <summary>Until when it may be handed out again.</summary>
    public DateTimeOffset FreshUntil => ExpiresAt - AssertionFormat.Reserve;

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"assertion until {ExpiresAt:O}";
}
