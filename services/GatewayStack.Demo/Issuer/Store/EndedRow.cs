namespace GatewayStack.Demo.Issuer.Store;

/// <summary>A session that somebody signed out of.</summary>
internal sealed class EndedRow
{
    public required string SessionId { get; init; }

    /// <summary>When; in seconds.</summary>
    public required long Ended { get; init; }
}
