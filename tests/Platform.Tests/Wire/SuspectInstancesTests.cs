using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>An instance that just failed is passed over for a while.</summary>
public sealed class SuspectInstancesTests
{
    [Fact]
    public async Task A_second_attempt_gets_another_instance()
    {
        await using var good = await Instances.StartAsync("good");
        await using var bad = await Instances.StartAsync(new PolicyDouble((_, _) => throw new InvalidOperationException("broken")));
        // No suspicion ends here: this clock stands still.
        using var client = Instances.Client(new FakeTimeProvider(), good.Address, bad.Address);
        await Instances.ConnectAsync(client, 2);
        var broken = 0;
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await client.Get<IPolicyModule>().DecideAsync(Instances.Question, TestContext.Current.CancellationToken);
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.Broken)
            {
                broken++;
                (await client.Get<IPolicyModule>().DecideAsync(Instances.Question, TestContext.Current.CancellationToken)).PolicyRevision.ShouldBe("good");
            }
        }

        // Not asked again for a while, either.
        broken.ShouldBe(1);
    }

    [Fact]
    public async Task An_instance_that_hangs_is_passed_over_for_a_while_and_then_tried_again()
    {
        var time = new FakeTimeProvider();
        var hangs = true;
        var asked = 0;
        await using var good = await Instances.StartAsync("good");
        await using var slow = await Instances.StartAsync(new PolicyDouble(async (_, ct) =>
        {
            Interlocked.Increment(ref asked);
            if (Volatile.Read(ref hangs))
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return PolicyDouble.Allowed("slow");
        }));
        using var client = Instances.Client(time, good.Address, slow.Address);
        await Instances.ConnectAsync(client, 2);
        await AskUntilAsync(1);
        await AskAsync(10);
        asked.ShouldBe(1);

        time.Advance(CallTraces.Suspicion);
        Volatile.Write(ref hangs, false);
        await AskAsync(10);
        asked.ShouldBe(6);

        async Task AskUntilAsync(int number)
        {
            while (Volatile.Read(ref asked) < number)
            {
                using var patience = new CancellationTokenSource();
                var call = client.Get<IPolicyModule>().DecideAsync(Instances.Question, patience.Token);
                while (!call.IsCompleted && Volatile.Read(ref asked) < number)
                {
                    await Task.Yield();
                }

                if (!call.IsCompleted)
                {
                    await patience.CancelAsync();
                    await Should.ThrowAsync<OperationCanceledException>(() => call);
                }
            }
        }

        async Task AskAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                (await client.Get<IPolicyModule>().DecideAsync(Instances.Question, TestContext.Current.CancellationToken)).Permits.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void With_every_instance_under_suspicion_all_are_asked()
    {
        var time = new FakeTimeProvider();
        var traces = new CallTraces(time);
        traces.Failed(new CallTrace { Instance = "a:1" });
        traces.IsSuspect("a:1").ShouldBeTrue();
        traces.IsSuspect("b:1").ShouldBeFalse();
        traces.Answered(new CallTrace { Instance = "a:1" });
        traces.IsSuspect("a:1").ShouldBeFalse();
        traces.Failed(new CallTrace());
        for (var i = 0; i < 1_000; i++)
        {
            traces.Failed(new CallTrace { Instance = $"pod-{i}:1" });
        }

        traces.IsSuspect("pod-999:1").ShouldBeTrue();
        traces.IsSuspect("pod-0:1").ShouldBeFalse();
        time.Advance(CallTraces.Suspicion);
        traces.IsSuspect("pod-999:1").ShouldBeFalse();
    }
}
