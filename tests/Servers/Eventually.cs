namespace GatewayStack.TestServers;

/// <summary>Waits for what a server or another process does in its own time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Most = TimeSpan.FromMinutes(2);

    /// <summary>Tries until it succeeds; after two minutes what went wrong last is thrown.</summary>
    public static async Task Succeeds(Func<Task> attempt)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Most);
        while (true)
        {
            try
            {
                await attempt();
                return;
            }
#pragma warning disable CA1031 // Whatever it was, it may pass.
            catch (Exception) when (!deadline.IsCancellationRequested)
#pragma warning restore CA1031
            {
                await Task.Delay(50, TestContext.Current.CancellationToken);
            }
        }
    }
}
