namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>Waits for what another process does beside the answer: shipping events, reloading a file.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    /// <summary>Asks again and again until the answer is good; after two minutes the last answer is returned as it is.</summary>
    public static async Task<T> GetAsync<T>(Func<Task<T>> ask, Func<T, bool> good)
    {
        using var deadline = new CancellationTokenSource(Longest);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, TestContext.Current.CancellationToken);
        using var timer = new PeriodicTimer(Step);
        while (true)
        {
            var answer = await ask();
            if (good(answer))
            {
                return answer;
            }

            try
            {
                await timer.WaitForNextTickAsync(stop.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested)
            {
                return answer;
            }
        }
    }
}
