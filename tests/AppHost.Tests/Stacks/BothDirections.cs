namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>What every form of the stack must do.</summary>
internal static class BothDirections
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>A doctor is answered and a nurse refused; the calendar is the person's own; both are on record.</summary>
    public static async Task WorkAsync(StackClient client, CancellationToken cancellationToken)
    {
        await ADoctorIsAnsweredAsync(client, cancellationToken);
        (await client.ChatAsync("nora", cancellationToken)).Status.ShouldBe(403);
        var calendar = await client.GetAsync("/backends/calendar/events", "nora", cancellationToken);
        calendar.Status.ShouldBe(200, calendar.Text);
        calendar.Text.ShouldContain("\"owner\":\"nora\"");
        (await client.GetAsync("/me/limits", "alice", cancellationToken)).Status.ShouldBe(200);
        await UntilAsync(async () => await client.CountAsync("outcome", cancellationToken) >= 2, cancellationToken);
        var linked = await client.GetAsync("/demo/audit", null, cancellationToken);
        linked.Status.ShouldBe(200, linked.Text);
        linked.Text.ShouldContain("gpt-4-medical");
    }

    /// <summary>A doctor is answered.</summary>
    public static async Task ADoctorIsAnsweredAsync(StackClient client, CancellationToken cancellationToken)
    {
        var (status, text) = await client.ChatAsync("alice", cancellationToken);
        status.ShouldBe(200, text);
        text.ShouldContain("gpt-4-medical at cloud");
    }

    /// <summary>Asks again until it is so.</summary>
    public static async Task UntilAsync(Func<Task<bool>> so, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (!await so())
        {
            limit.IsCancellationRequested.ShouldBeFalse("It did not become so in time.");
            await Task.Delay(Pause, cancellationToken);
        }
    }
}
