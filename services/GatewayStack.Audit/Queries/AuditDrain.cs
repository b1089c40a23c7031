using GatewayStack.Events.Shipping;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Audit.Queries;

/// <summary>Whoever has just made a call sees its record; a consumer that is down must not keep the rest from being read.</summary>
internal static class AuditDrain
{
    public static async Task RunAsync(IEventShipping? shipping, TimeSpan most, TimeProvider time, ILogger logger, CancellationToken cancellationToken)
    {
        if (shipping is null)
        {
            return;
        }

        using var bounded = new CancellationTokenSource(most, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            await shipping.DrainAsync(either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            logger.ReadBehind();
        }
    }
}
