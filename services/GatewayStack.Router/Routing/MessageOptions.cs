namespace GatewayStack.Router.Routing;

/// <summary>What becomes of messages in some roles.</summary>
public sealed record RoleOptions
{
    /// <summary>
    /// The roles that clients may not use: <c>system</c>, <c>developer</c>, <c>user</c>, <c>assistant</c>, <c>tool</c>, <c>function</c>. None frees the row's tenants.
    /// </summary>
    public IReadOnlyList<string> Deny { get; init; } = [];

    /// <summary><c>report</c> gives the request the label <c>denied_role</c>, <c>remove</c> takes the messages out as well, <c>refuse</c> refuses the request.</summary>
    public string? Action { get; init; }

    /// <summary>The tenants it is for; none for all. A tenant's own rows stand in place of those for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];
}

/// <summary>A message that is put before those of the client.</summary>
public sealed record SystemPromptOptions
{
    /// <summary>Its text.</summary>
    public string? Text { get; init; }

    /// <summary>The tenants it is for; none for all. A tenant's own rows stand in place of those for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];
}
