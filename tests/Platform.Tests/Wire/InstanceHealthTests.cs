using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Whether a module is well, where it has several instances. How long one takes is nobody's fault here: the clocks stand still.</summary>
public sealed class InstanceHealthTests
{
    [Fact]
    public async Task One_instance_that_serves_is_enough_to_be_well()
    {
        await using var well = await Instances.StartAsync("well");
        await using var ill = await WireServer.StartAsync(
            b => b.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Unhealthy()),
            _ => { });
        using (var client = Instances.Client(new FakeTimeProvider(), well.Address, ill.Address, RawServer.Closed()))
        {
            await Instances.ConnectAsync(client, 2);
            for (var i = 0; i < 6; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Instances.Client(new FakeTimeProvider(), ill.Address))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }

        using (var client = Instances.Client(new FakeTimeProvider(), RawServer.Closed()))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task An_instance_that_keeps_its_health_to_itself_does_not_hide_another_one()
    {
        await using var well = await Instances.StartAsync("well");
        using var silent = new RawServer(RawServer.SayNothing);
        var time = new Impatience();
        using (var client = Instances.Client(time, well.Address, silent.Address))
        {
            await AnsweredAsync(client);
            time.Advance(CallTraces.Suspicion);
            for (var i = 0; i < 4; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Instances.Client(time, silent.Address))
        {
            var probe = ProbeAsync(client);
            while (!probe.IsCompleted)
            {
                time.Advance(ModuleProbe.Timeout);
                await Task.Yield();
            }

            (await probe).ShouldBeFalse();
            await Should.ThrowAsync<OperationCanceledException>(() => client.Get<IModuleProbe>().ProbeAsync(new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public async Task Health_is_what_it_is_when_asked()
    {
        var healthy = true;
        await using var server = await WireServer.StartAsync(
            b => b.Services.AddHealthChecks().AddCheck("store", () => Volatile.Read(ref healthy) ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy()),
            _ => { });
        using var client = Instances.Client(new FakeTimeProvider(), server.Address);
        (await ProbeAsync(client)).ShouldBeTrue();
        Volatile.Write(ref healthy, false);
        (await ProbeAsync(client)).ShouldBeFalse();
        Volatile.Write(ref healthy, true);
        (await ProbeAsync(client)).ShouldBeTrue();
    }

    private static Task<bool> ProbeAsync(WireClient client) => client.Get<IModuleProbe>().ProbeAsync(TestContext.Current.CancellationToken);

    /// <summary>Waits until the one that answers is connected. The other one may have a call meanwhile, and keeps it.</summary>
    private static async Task AnsweredAsync(WireClient client)
    {
        while (true)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromSeconds(1));
            try
            {
                await client.Get<IPolicyModule>().DecideAsync(Instances.Question, patience.Token);
                return;
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                // Again.
            }
        }
    }

    /// <summary>The next instance is asked at once.</summary>
    private sealed class Impatience : FakeTimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == ModuleProbe.Patience)
            {
                Advance(dueTime);
            }

            return timer;
        }
    }
}
