namespace GatewayStack.Identity.Exchange;

/// <summary>What is to be exchanged for what.</summary>
internal sealed record ExchangeQuestion
{
    /// <summary>The token that somebody holds. A secret: never logged.</summary>
    public required string SubjectToken { get; init; }

    public required string SubjectTokenType { get; init; }

    public string? Audience { get; init; }

    public string? Resource { get; init; }

    public string? Scope { get; init; }

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"exchange for {Audience ?? Resource ?? Scope}";
}

/// <summary>What became of an exchange.</summary>
internal enum ExchangeOutcome
{
    /// <summary>The issuer did not answer in a way that counts.</summary>
    Unavailable,

    /// <summary>It gave another token.</summary>
    Granted,

    /// <summary>It refused.</summary>
    Refused,

    /// <summary>The person has to do something there first: consent, or sign in again.</summary>
    InteractionRequired,
}

/// <summary>An issuer's answer to an exchange.</summary>
internal sealed record ExchangeAnswer
{
    public required ExchangeOutcome Outcome { get; init; }

    /// <summary>The token it gave. A secret: never logged.</summary>
    public string? Token { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Why it gave none: a word of the standards, or of ours.</summary>
    public string? Reason { get; init; }

    public static ExchangeAnswer Not(ExchangeOutcome outcome, string reason) => new() { Outcome = outcome, Reason = reason };

    /// <summary>Leaves the token out.</summary>
    public override string ToString() => $"{Outcome} {Reason}";
}
