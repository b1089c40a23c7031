namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>How much of what strangers send the issuer takes.</summary>
internal sealed record ClientBounds
{
    /// <summary>Registrations that may come at once; as many documents, and codes for devices.</summary>
    public int Burst { get; init; } = 100;

    /// <summary>The same in a minute after that.</summary>
    public int PerMinute { get; init; } = 60;

    /// <summary>Registered clients, and documents, that are kept; the one unused for longest goes first.</summary>
    public int Kept { get; init; } = 1000;
}
