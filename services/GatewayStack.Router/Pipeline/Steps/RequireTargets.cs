using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Standings;

namespace GatewayStack.Router.Pipeline.Steps;

/// <summary>Is what they ask for cut off? The tool is refused; a model or a provider leaves the candidates, and where none is left the request is refused.</summary>
internal sealed class RequireTargets(StandingFollower standings, StandingRefusals refusals, RouterMetrics metrics, TimeProvider time) : IPipelineStep
{
    public string Name => "standing";

    public ValueTask<Refusal?> RunAsync(Exchange exchange, CancellationToken cancellationToken)
    {
        var (index, caller, now) = (standings.Latest, StandingTargets.CallerOf(exchange), time.GetUtcNow());
        if (index.Count == 0)
        {
            return default;
        }

        if (StandingTargets.FindBlock(index, exchange, now) is { } measure)
        {
            return new(Refuse(exchange, measure));
        }

        if (exchange.Mcp is not null)
        {
            return default;
        }

        StandingMeasure? last = null;
        var left = ImmutableArray.CreateBuilder<RouteTarget>(exchange.Context.Candidates.Length);
        foreach (var candidate in exchange.Context.Candidates)
        {
            if (index.Find(caller, StandingTargets.Of(exchange, candidate), now) is { } blocked)
            {
                last = blocked;
            }
            else
            {
                left.Add(candidate);
            }
        }

        if (last is not null && left.Count == 0)
        {
            return new(Refuse(exchange, last));
        }

        exchange.Context.Candidates = last is null ? exchange.Context.Candidates : left.ToImmutable();
        return default;
    }

    private Refusal Refuse(Exchange exchange, StandingMeasure measure)
    {
        metrics.CutOff(StandingRefusals.KindOf(measure));
        exchange.CutOff = refusals.CutOff(exchange, measure);
        return exchange.CutOff.Refusal;
    }
}
