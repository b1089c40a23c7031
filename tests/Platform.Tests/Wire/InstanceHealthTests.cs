using GatewayStack.Contracts.Router;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Whether a module is well, where it has several instances.</summary>
public sealed class InstanceHealthTests
{
    [Fact]
    public async Task One_instance_that_serves_is_enough_to_be_well()
    {
        await using var well = await Instances.StartAsync("well");
        await using var ill = await WireServer.StartAsync(
            b => b.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Unhealthy()),
            _ => { });
        using (var client = Instances.Client(well.Address, ill.Address, RawServer.Closed()))
        {
            await Instances.ConnectAsync(client, 2);
            for (var i = 0; i < 6; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Instances.Client(ill.Address))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }

        using (var client = Instances.Client(RawServer.Closed()))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task An_instance_that_keeps_its_health_to_itself_does_not_hide_another_one()
    {
        await using var well = await Instances.StartAsync("well");
        using var silent = new RawServer(RawServer.SayNothing);
        using (var client = Instances.Client(well.Address, silent.Address))
        {
            for (var i = 0; i < 4; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Instances.Client(silent.Address))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
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
        using var client = Instances.Client(server.Address);
        (await ProbeAsync(client)).ShouldBeTrue();
        Volatile.Write(ref healthy, false);
        (await ProbeAsync(client)).ShouldBeFalse();
        Volatile.Write(ref healthy, true);
        (await ProbeAsync(client)).ShouldBeTrue();
    }

    private static Task<bool> ProbeAsync(WireClient client) => client.Get<IModuleProbe>().ProbeAsync(TestContext.Current.CancellationToken);
}
