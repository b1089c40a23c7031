namespace GatewayStack.Router.Routing;

/// <summary>What is done with content on all routes of models, backends and MCP servers.</summary>
public sealed record ContentOptions
{
    /// <summary>What is done with what is found in requests, where a route's own rows say nothing of a type.</summary>
    public IReadOnlyList<ContentActionOptions> Actions { get; init; } = [];

    /// <summary>What is done with what is found in answers of models, where a route's own rows say nothing of a type.</summary>
    public IReadOnlyList<AnswerActionOptions> Answers { get; init; } = [];

    /// <summary>The roles in which clients may send no messages.</summary>
    public IReadOnlyList<RoleOptions> Roles { get; init; } = [];

    /// <summary>Messages that are put before those of clients.</summary>
    public IReadOnlyList<SystemPromptOptions> SystemPrompts { get; init; } = [];
}

/// <summary>What is done with some types.</summary>
public sealed record ContentActionOptions
{
    /// <summary>The types, such as <c>EMAIL</c>; <c>*</c> for every type that no row of its list names.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary><c>allow</c>, <c>detect</c>, <c>redact</c>, <c>mask</c>, <c>hash</c>, <c>pseudonymise</c>, <c>pseudonymise-format</c> or <c>block</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The tenants it is for; none for all. A tenant's own rows stand over those for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];
}

/// <summary>What is done with some types in an answer, or with an answer that has some label.</summary>
public sealed record AnswerActionOptions
{
    /// <summary>The types, such as <c>EMAIL</c>; <c>*</c> for every type that no row of its list names.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>
    /// Labels of the text as a whole, such as <c>harmful</c>; only with <c>block</c>, <c>detect</c> or <c>allow</c>. The answer then lags by some 240 characters.
    /// </summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary><c>allow</c>, <c>detect</c>, <c>redact</c>, <c>mask</c> or <c>block</c>.</summary>
    public string? Action { get; init; }

    /// <summary>The tenants it is for; none for all. A tenant's own rows stand over those for all.</summary>
    public IReadOnlyList<string> Tenants { get; init; } = [];
}
