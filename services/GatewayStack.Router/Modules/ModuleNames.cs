namespace GatewayStack.Router.Modules;

/// <summary>The modules that the pipeline asks.</summary>
internal static class ModuleNames
{
    public const string Identity = "identity";
    public const string Transform = "transform";
    public const string Policy = "policy";
    public const string Limits = "limits";

    public static IReadOnlyList<string> All { get; } = [Identity, Transform, Policy, Limits];
}
