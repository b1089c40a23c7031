namespace GatewayStack.Demo.Issuer.Store;

/// <summary>What is known of a client beyond what OpenIddict keeps of it.</summary>
internal sealed class ClientRow
{
    public required string ClientId { get; init; }

    /// <summary>How it is known; a value of <see cref="Clients.ClientKind"/>.</summary>
    public required int Kind { get; set; }

    public string? Scope { get; set; }

    /// <summary>When it was registered, or its document read last; in seconds, as all times here: SQLite compares numbers.</summary>
    public required long Since { get; set; }

    /// <summary>When somebody signed in with it last.</summary>
    public long? Used { get; set; }
}
