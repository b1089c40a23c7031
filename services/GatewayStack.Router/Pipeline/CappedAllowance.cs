using System.Collections.Concurrent;
using GatewayStack.Router.Routing;

namespace GatewayStack.Router.Pipeline;

/// <summary>The few requests per tenant and minute that pass while Limits cannot be reached, so that the damage is finite.</summary>
internal sealed class CappedAllowance(RouterSnapshotStore settings, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (long Minute, int Taken)> _taken = new(StringComparer.Ordinal);

    public bool TryTake(string tenant)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        var most = settings.Options.AllowanceWithoutLimits;
        var now = _taken.AddOrUpdate(tenant, (minute, 1), (_, before) => before.Minute == minute ? (minute, before.Taken + 1) : (minute, 1));
        return now.Taken <= most;
    }
}
