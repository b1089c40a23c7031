using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Mcp;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Is the caller cut off? Asked of what is known now, whatever is cached elsewhere; where nobody can say, no new call goes on.</summary>
internal sealed class RequireStanding(StandingFollower standings, LiveExchanges live, StandingRefusals refusals, RouterMetrics metrics, TimeProvider time) : IPipelineStep
{
    public string Name => "standing";

    public async ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        // Among those under way first, and then asked: what is said in between finds it there.
        exchange.Live = live.Enter(exchange);
        var refusal = Judge(exchange);
        if (refusal is not null && exchange.Mcp is { } call)
        {
            // The error goes out under the message's id.
            await McpMessageBody.PeekAsync(exchange, call, cancellationToken);
        }

        return refusal;
    }

    private Refusal? Judge(Exchange exchange)
    {
        if (standings.Current is not { } index)
        {
            return StandingRefusals.NotKnown;
        }

        var target = exchange.Mcp is { } call ? new StandingTarget(Server: call.Server.Name) : default;
        if (index.Find(StandingTargets.CallerOf(exchange), target, time.GetUtcNow()) is not { } measure)
        {
            return null;
        }

        metrics.CutOff(StandingRefusals.KindOf(measure));
        exchange.CutOff = refusals.CutOff(exchange, measure);
        return exchange.CutOff.Refusal;
    }
}
