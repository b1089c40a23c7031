namespace GatewayStack.Demo.Issuer.Store;

/// <summary>What a person lets one client do with one resource.</summary>
internal sealed class ConsentRow
{
    public required string Subject { get; init; }

    public required string ClientId { get; init; }

    public required string Resource { get; init; }

    /// <summary>Separated by blanks.</summary>
    public required string Scopes { get; set; }

    /// <summary>When a code was given out for it last.</summary>
    public required long Granted { get; set; }
}
