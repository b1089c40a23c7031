using GatewayStack.Router.Pipeline;

namespace GatewayStack.Router.Modules;

/// <summary>One call to a module: which one, for which stage, and for whom.</summary>
internal readonly record struct ModuleCall
{
    /// <summary>The module, one of <see cref="ModuleNames"/>.</summary>
    public required string Module { get; init; }

    /// <summary>The stage: its deadline, and its name in logs and metrics.</summary>
    public required string Stage { get; init; }

    /// <summary>Size of the content in bytes, where the deadline grows with it.</summary>
    public int ContentBytes { get; init; }

    /// <summary>The request it is made for; null where there is none that a caller waits for.</summary>
    public Exchange? Exchange { get; init; }

    /// <summary>The person who pays, where there is no request.</summary>
    public string? Person { get; init; }

    /// <summary>Who is behind it, or null while nobody is known.</summary>
    public string? Sender => Exchange?.Context.Identity is { } known ? SenderOf(known.Tenant, known.PersonId) : Person;

    public static ModuleCall For(Exchange exchange, string module, string stage, int contentBytes = 0) =>
        new() { Module = module, Stage = stage, ContentBytes = contentBytes, Exchange = exchange };

    public static string SenderOf(string tenant, string personId) => tenant + "\n" + personId;
}
