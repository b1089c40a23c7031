using System.Collections.Immutable;

namespace GatewayStack.Demo.Providers;

/// <summary>A model provider that exists only here.</summary>
internal sealed record SimulatedProvider(string Name, string Key, ImmutableArray<string> Models)
{
    /// <summary>The one outside the house.</summary>
    public static SimulatedProvider Cloud { get; } = new("cloud", "demo-cloud-key", ["gpt-4-medical", "gpt-4o-mini"]);

    /// <summary>The one on the premises: what goes there leaves nobody's hands.</summary>
    public static SimulatedProvider OnPrem { get; } = new("onprem", "demo-onprem-key", ["finance-internal"]);

    public static SimulatedProvider? Find(string? name) => name == Cloud.Name ? Cloud : name == OnPrem.Name ? OnPrem : null;

    public override string ToString() => Name;
}
