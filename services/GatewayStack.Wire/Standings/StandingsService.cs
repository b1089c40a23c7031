using GatewayStack.Contracts.Identity;
using Grpc.Core;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Wire.Standings;

/// <summary>Exposes this process's <see cref="IStandings"/>: what changed since the last message, to each follower at its own pace.</summary>
internal sealed class StandingsService(IStandings standings, IHostApplicationLifetime lifetime) : V1.Standings.StandingsBase
{
    private const int LongestName = 100;

    public override async Task Watch(V1.WatchRequest request, IServerStreamWriter<V1.StandingUpdate> responseStream, ServerCallContext context)
    {
        // A process that stops must not wait for those who would follow it for ever.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var difference = new StandingDifference();
        try
        {
            var watch = new StandingWatch { Follower = request.Follower.Length <= LongestName ? request.Follower : request.Follower[..LongestName] };
            await foreach (var snapshot in standings.WatchAsync(watch, end.Token))
            {
                await responseStream.WriteAsync(difference.To(snapshot), end.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "This instance stops."));
        }
    }
}
