using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>An instance that has just started may take long for its first answer: few calls wait for it.</summary>
public sealed class UntriedInstancesTests
{
    [Fact]
    public async Task An_instance_that_has_just_started_has_one_call_until_it_has_answered()
    {
        var time = new FakeTimeProvider();
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var arrived = new SemaphoreSlim(0);
        await using var old = await Instances.StartAsync("old");
        await using var started = await Instances.StartAsync(new PolicyDouble(async (_, ct) =>
        {
            arrived.Release();
            await warm.Task.WaitAsync(ct);
            return PolicyDouble.Allowed("started");
        }));
        using var client = Instances.Client(time, old.Address, started.Address);
        var asker = new Asker(client.Get<IPolicyModule>(), arrived);
        for (var trials = 1; trials <= 3; trials++)
        {
            while (asker.Waiting.Count < trials)
            {
                await AskAsync();
            }

            for (var i = 0; i < 20; i++)
            {
                await AskAsync();
            }

            // Nothing is heard of it: after a while another call tries it.
            asker.Waiting.Count.ShouldBe(trials);
            time.Advance(CallTraces.Suspicion);
        }

        warm.SetResult();
        (await Task.WhenAll(asker.Waiting)).ShouldAllBe(d => d.PolicyRevision == "started");
        var answers = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            answers.Add((await client.Get<IPolicyModule>().DecideAsync(Instances.Question, TestContext.Current.CancellationToken)).PolicyRevision);
        }

        answers.Count(a => a == "started").ShouldBe(10);

        // A call either is answered by the old instance or waits at the new one.
        async Task AskAsync()
        {
            if (await asker.AskAsync() is { } answered)
            {
                (await answered).PolicyRevision.ShouldBe("old");
            }
        }
    }

    [Fact]
    public async Task Past_one_that_just_failed_one_that_has_not_answered_yet_is_asked()
    {
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var arrived = new SemaphoreSlim(0);
        await using var stopping = await Instances.StartAsync(new PolicyDouble((_, _) => throw new InvalidOperationException("broken")));
        await using var started = await Instances.StartAsync(new PolicyDouble(async (_, ct) =>
        {
            arrived.Release();
            await warm.Task.WaitAsync(ct);
            return PolicyDouble.Allowed("started");
        }));

        // No suspicion ends here: this clock stands still.
        using var client = Instances.Client(new FakeTimeProvider(), stopping.Address, started.Address);
        var asker = new Asker(client.Get<IPolicyModule>(), arrived);
        var broken = 0;
        while (broken == 0 || asker.Waiting.Count == 0)
        {
            await AskAsync();
        }

        // Both are connected from here on. Until then, whoever was there alone was asked whatever it said.
        var (before, waiting) = (broken, asker.Waiting.Count);
        for (var i = 0; i < 20; i++)
        {
            await AskAsync();
        }

        broken.ShouldBe(before);
        asker.Waiting.Count.ShouldBe(waiting + 20);
        warm.SetResult();
        (await Task.WhenAll(asker.Waiting)).ShouldAllBe(d => d.PolicyRevision == "started");

        // A call either fails at the one or waits at the other.
        async Task AskAsync()
        {
            if (await asker.AskAsync() is { } failed)
            {
                (await Should.ThrowAsync<ModuleCallException>(() => failed)).Fault.ShouldBe(ModuleFault.Broken);
                broken++;
            }
        }
    }

    /// <summary>Asks one call after another; those that an instance has and does not answer yet are kept.</summary>
    private sealed class Asker(IPolicyModule policy, SemaphoreSlim arrived)
    {
        private Task? _arrival;

        public List<Task<PolicyDecision>> Waiting { get; } = [];

        /// <returns>The call that has ended; null where it waits.</returns>
        public async Task<Task<PolicyDecision>?> AskAsync()
        {
            var call = policy.DecideAsync(Instances.Question, TestContext.Current.CancellationToken);
            _arrival ??= arrived.WaitAsync(TestContext.Current.CancellationToken);
            if (await Task.WhenAny(_arrival, call) != _arrival)
            {
                return call;
            }

            await _arrival;
            _arrival = null;
            Waiting.Add(call);
            return null;
        }
    }
}
