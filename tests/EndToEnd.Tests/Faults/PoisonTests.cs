using System.Text;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>One sender whose texts crash whoever inspects them, among others who go on: nothing opens, neither for them nor for anyone.</summary>
[Collection(FaultyStack.Name)]
public sealed class PoisonTests(FaultStack stack)
{
    private const int Poisoned = 30;

    // Each of them breaks the connections that everybody's requests go by, which take a moment to be made again.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(300);
    private static readonly string Marker = $"poison-{Guid.NewGuid():N}";

    private readonly Caller _mallory = Caller.New();

    [Fact]
    public async Task One_sender_of_poisoned_requests_opens_no_breaker_for_anyone()
    {
        var openedBefore = BreakersOpened();
        await using var load = new Load(stack, balanced: false);
        try
        {
            SetPoison(Encoding.UTF8.GetBytes(Marker));
            using var pace = new PeriodicTimer(Pace);
            for (var i = 0; i < Poisoned; i++)
            {
                await PoisonAsync();
                await pace.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            SetPoison(null);
        }

        var others = await load.EndAsync();
        BreakersOpened().ShouldBe(openedBefore);
        // Whoever was under way while connections broke, or came before they were made again, may be refused or go on unseen: few.
        others.Count(s => s.IsWell).ShouldBeGreaterThan(others.Count * 3 / 4);
        await BeLetInAsync();
    }

    [Fact]
    public async Task Nor_does_one_whose_requests_are_all_there_is()
    {
        var openedBefore = BreakersOpened();
        try
        {
            SetPoison(Encoding.UTF8.GetBytes(Marker));
            await Task.WhenAll(Enumerable.Range(0, Poisoned).Select(_ => PoisonAsync()));
        }
        finally
        {
            SetPoison(null);
        }

        BreakersOpened().ShouldBe(openedBefore);
        await BeLetInAsync();
    }

    /// <summary>
    /// With a text of its own each time: one that is known to have failed would not be sent at all. One that met no connection was never sent either, and says so.
    /// </summary>
    private async Task PoisonAsync()
    {
        var answer = await stack.Front.ChatAsync(stack.Issuer.Token(_mallory), "smart-model", $"{Marker} {Guid.NewGuid()}");
        (answer.Status == 503 || answer.Headers.GetValueOrDefault("x-gateway-degraded") == "transform").ShouldBeTrue($"{answer.Status}");
    }

    /// <summary>The sender is not locked out for it.</summary>
    private Task<int> BeLetInAsync() => Eventually.GetAsync(
        async () => (await stack.Front.ChatAsync(stack.Issuer.Token(_mallory), "smart-model", "well meant " + Guid.NewGuid())).Status, status => status == 200);

    /// <summary>How often failures of requests opened it. A probe that meets a broken connection may, whoever broke it.</summary>
    private int BreakersOpened() => stack.Services.Router.Output.Split('\n').Count(l => l.Contains("The breaker of transform opened, by failures", StringComparison.Ordinal));

    private void SetPoison(byte[]? bytes)
    {
        foreach (var link in stack.LinksOf("transform"))
        {
            link.Poison(bytes);
        }
    }
}
