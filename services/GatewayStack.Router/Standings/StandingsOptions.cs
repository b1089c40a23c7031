namespace GatewayStack.Router.Standings;

/// <summary>How the front door follows who is cut off.</summary>
public sealed record StandingsOptions
{
    /// <summary>How long nobody may have said who is cut off, in seconds; then new calls are refused until it is said again. 2 to 3600, default 10.</summary>
    public int StaleSeconds { get; init; } = 10;

    /// <summary>
    /// Whom callers who are cut off are told to turn to, in a few words (<c>the service desk, desk@example.org</c>); at most 200 characters. Default:
    /// <c>your administrator</c>.
    /// </summary>
    public string? Contact { get; init; }
}
