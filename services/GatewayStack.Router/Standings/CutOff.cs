using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Standings;

/// <summary>A block that refuses a call or has ended it, and what the caller is told.</summary>
internal sealed record CutOff(StandingMeasure Measure, Refusal Refusal);

/// <summary>Tells somebody who is cut off so, and does not wait for one who does not listen.</summary>
internal sealed class CutOffEnd(Exchange exchange, IHeldBackEnd end) : IHeldBackEnd
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);

    public async ValueTask ReleaseAsync(CancellationToken cancellationToken)
    {
        var told = end.ReleaseAsync(cancellationToken).AsTask();
        if (!told.IsCompleted)
        {
            var time = exchange.Http.RequestServices.GetRequiredService<TimeProvider>();
            await told.WaitAsync(Longest, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!told.IsCompleted)
            {
                exchange.Http.Abort();
            }
        }

        await told;
    }
}
