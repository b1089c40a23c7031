using GatewayStack.Events.Shipping;

namespace GatewayStack.Router.Service;

/// <summary>Whoever has just made a call sees its record, as in one process: what is written here is shipped before the audit is asked.</summary>
internal static class AuditDrain
{
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(2);

    /// <summary>Waits, for a bounded time: a consumer that is down must not keep the rest from being read.</summary>
    public static async Task BeforeReadingAsync(HttpContext http)
    {
        using var bounded = new CancellationTokenSource(AtMost, http.RequestServices.GetRequiredService<TimeProvider>());
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, http.RequestAborted);
        try
        {
            await http.RequestServices.GetRequiredService<IEventShipping>().DrainAsync(either.Token);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            // The answer lags behind; the audit's own page says so by its newest record.
        }
    }
}
