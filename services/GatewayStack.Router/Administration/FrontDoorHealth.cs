using GatewayStack.Contracts.Router;
using GatewayStack.Router.Doors;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Standings;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Router.Administration;

/// <summary>
/// Whether the front door can serve: red while it drains, without Identity or Policy, which nothing goes on without, and while nobody says who is cut off; degraded
/// without another module.
/// </summary>
internal sealed class FrontDoorHealth(HealthCheckService checks, RemoteModules modules, StandingFollower standings, Drain drain, ModuleModes modes)
{
    public IEnumerable<ModuleBreaker> Breakers => modules.Breakers;

    public async Task<(HealthStatus Status, bool Draining, HealthReport Report)> CheckAsync(CancellationToken cancellationToken)
    {
        var report = await checks.CheckHealthAsync(cancellationToken);
        var draining = drain.IsDraining;
        drain.HealthAsked();
        var red = draining || standings.Current is null || Away(ModuleNames.Identity) || (modes.Policy != ModuleMode.Off && Away(ModuleNames.Policy));
        var degraded = modules.Breakers.Any(b => b.State != ModuleState.Closed);
        var own = red ? HealthStatus.Unhealthy : degraded ? HealthStatus.Degraded : HealthStatus.Healthy;
        return (own < report.Status ? own : report.Status, draining, report);
    }

    private bool Away(string module) => modules.Find(module) is { State: not ModuleState.Closed };
}
