using System.Runtime.CompilerServices;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Grpc.Core;

namespace GatewayStack.Wire.Standings;

/// <summary>Follows the identity service. Only differences travel; what comes out here is whole.</summary>
internal sealed class StandingsClient : IStandings
{
    /// <summary>How long nothing may come: a silent line is a broken one.</summary>
    internal static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly ModuleCaller _identity;
    private readonly TimeProvider _time;
    private readonly Func<V1.WatchRequest, CallOptions, AsyncServerStreamingCall<V1.StandingUpdate>> _watch;

    public StandingsClient(ModuleCaller identity, TimeProvider time)
    {
        var client = new V1.Standings.StandingsClient(identity.Invoker);
        (_identity, _time, _watch) = (identity, time, client.Watch);
    }

    public async IAsyncEnumerable<StandingSnapshot> WatchAsync(StandingWatch request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var picture = new StandingPicture();
        await foreach (var update in _identity.FollowAsync(_watch, new V1.WatchRequest { Follower = request.Follower }, Silence, _time, cancellationToken))
        {
            yield return picture.Take(update) ?? throw new ModuleCallException(_identity.Module, ModuleFault.Wiring);
        }
    }
}
