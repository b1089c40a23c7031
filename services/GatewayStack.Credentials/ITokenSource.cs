namespace GatewayStack.Credentials;

/// <summary>Where access tokens come from.</summary>
/// <remarks>Safe for concurrent use; a <see cref="RenewingCredential"/> asks one question at a time.</remarks>
public interface ITokenSource
{
    /// <summary>Gives a token, a new one where the one at hand would not do.</summary>
    /// <exception cref="CredentialException">There is none.</exception>
    ValueTask<AccessToken> GetAsync(TokenDemand demand, CancellationToken cancellationToken);
}

/// <summary>What a token must be.</summary>
public sealed record TokenDemand
{
    /// <summary>How long it should still be valid; of a token that lives less than twice as long, half of its life is enough.</summary>
    public TimeSpan ValidFor { get; init; } = RenewingCredential.Ahead;

    /// <summary>A token that the gateway refused, although its time is not over: another one is wanted.</summary>
    public AccessToken? Refused { get; init; }

    /// <summary>Whether a token will do at a time.</summary>
    internal bool IsMetBy(AccessToken token, DateTimeOffset now) => token.Value != Refused?.Value && now < token.RenewAt(ValidFor);
}
