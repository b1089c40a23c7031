using GatewayStack.Contracts.Router;

namespace GatewayStack.Policy;

/// <summary>Settings of the section <c>Policy</c>.</summary>
public sealed record PolicyOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Policy";

    /// <summary>Path of the policy (<c>gateway.policy/v1</c>, JSON or YAML), watched. Default none: everything is denied.</summary>
    public string? File { get; init; }

    /// <summary><c>enforce</c> (default), <c>observe</c> (decide and record, but let go on) or <c>off</c>. Applied by the pipeline.</summary>
    public ModuleMode Mode { get; init; } = ModuleMode.Enforce;
}
