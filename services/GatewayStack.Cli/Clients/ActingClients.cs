namespace GatewayStack.Cli.Clients;

/// <summary>The apps that act for the caller, as the gateway writes them.</summary>
internal sealed record ActingClients
{
    public IReadOnlyList<ActingClient>? Clients { get; init; }
}

internal sealed record ActingClient
{
    public string ClientId { get; init; } = string.Empty;

    public string? ClientName { get; init; }

    public DateTimeOffset? LastUsed { get; init; }

    public long? Calls { get; init; }

    public long? Refusals { get; init; }

    public ClientCutOff? CutOff { get; init; }
}

internal sealed record ClientCutOff
{
    public DateTimeOffset? Until { get; init; }
}

/// <summary>How an app stands after a change.</summary>
internal sealed record ClientStanding
{
    public bool CutOff { get; init; }

    public DateTimeOffset? Until { get; init; }

    /// <summary><c>you</c> or <c>administrator</c>.</summary>
    public string? By { get; init; }
}
