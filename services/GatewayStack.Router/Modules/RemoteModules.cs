using System.Collections.Frozen;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Modules;

/// <summary>The modules on the other side of a wire, each with its breaker. In one process there is none, and nothing to break.</summary>
internal sealed class RemoteModules
{
    private readonly FrozenDictionary<string, ModuleBreaker> _breakers;

    public RemoteModules(IEnumerable<IModuleProbe> probes, RouterSnapshotStore settings, TimeProvider time, RouterMetrics metrics, ILogger<ModuleBreaker> logger)
    {
        Probes = [.. probes.DistinctBy(p => p.Module, StringComparer.Ordinal)];
        _breakers = Probes.ToFrozenDictionary(p => p.Module, p => new ModuleBreaker(p.Module, settings, time, metrics, logger), StringComparer.Ordinal);
    }

    public IReadOnlyList<IModuleProbe> Probes { get; }

    /// <summary>All breakers, by the modules' names.</summary>
    public IEnumerable<ModuleBreaker> Breakers => _breakers.Values.OrderBy(b => b.Module, StringComparer.Ordinal);

    /// <summary>The breaker of a module; null where it runs in this process.</summary>
    public ModuleBreaker? Find(string module) => _breakers.GetValueOrDefault(module);

    public bool IsRemote(string module) => _breakers.ContainsKey(module);
}
