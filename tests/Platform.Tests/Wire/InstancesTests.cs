using System.Collections.Concurrent;
using System.Net;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.TestServers;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Several instances of a module: calls are spread, and one that goes or comes is not noticed.</summary>
public sealed class InstancesTests
{
    [Fact]
    public async Task Calls_are_spread_evenly()
    {
        await using var one = await Instances.StartAsync("one");
        await using var two = await Instances.StartAsync("two");
        using var client = Instances.Client(one.Address, two.Address);
        await Instances.ConnectAsync(client, 2);
        var answers = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 100, TestContext.Current.CancellationToken, async (_, ct) => answers.Add((await client.Get<IPolicyModule>().DecideAsync(Instances.Question, ct)).PolicyRevision));
        answers.CountBy(a => a).OrderBy(a => a.Key, StringComparer.Ordinal).ShouldBe([KeyValuePair.Create("one", 50), KeyValuePair.Create("two", 50)]);
    }

    [Fact]
    public async Task No_call_fails_while_instances_are_stopped_and_started_one_after_the_other()
    {
        var servers = new[] { await Instances.StartAsync("one", TestPorts.Free()), await Instances.StartAsync("two", TestPorts.Free()) };
        using var client = Instances.Client(servers[0].Address, servers[1].Address);
        await Instances.ConnectAsync(client, 2);
        using var enough = new CancellationTokenSource();
        var answered = 0;
        var load = Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!enough.IsCancellationRequested)
            {
                (await DecideAsync(client.Get<IPolicyModule>())).Permits.ShouldBeTrue();
                Interlocked.Increment(ref answered);
            }
        }).ToArray();

        for (var round = 0; round < 6; round++)
        {
            var index = round % 2;
            var port = new Uri(servers[index].Address).Port;
            await servers[index].StopAsync();
            await servers[index].DisposeAsync();
            await ProgressAsync(load, () => Volatile.Read(ref answered), 100);
            servers[index] = await Instances.StartAsync("again", port);
            // The other one must not go before this one is found again, as in any rollout.
            await Instances.ConnectAsync(client, 2);
        }

        await enough.CancelAsync();
        await Task.WhenAll(load);
        answered.ShouldBeGreaterThan(600);
        await servers[0].DisposeAsync();
        await servers[1].DisposeAsync();
    }

    [Fact]
    public async Task An_instance_that_came_back_is_found_at_once_when_the_last_other_one_goes()
    {
        var servers = new[] { await Instances.StartAsync("one", TestPorts.Free()), await Instances.StartAsync("two", TestPorts.Free()) };
        using var client = Instances.Client(servers[0].Address, servers[1].Address);
        await Instances.ConnectAsync(client, 2);
        for (var round = 0; round < 4; round++)
        {
            var (back, last) = (round % 2, 1 - (round % 2));
            var port = new Uri(servers[back].Address).Port;
            await servers[back].StopAsync();
            await servers[back].DisposeAsync();

            // Long enough that the pauses between attempts to reach it have become as long as they get.
            await Task.Delay(ModuleChannel.LastReconnect * 2.5, TestContext.Current.CancellationToken);
            servers[back] = await Instances.StartAsync("back", port);
            port = new Uri(servers[last].Address).Port;
            await servers[last].StopAsync();
            await servers[last].DisposeAsync();
            (await DecideAsync(client.Get<IPolicyModule>())).PolicyRevision.ShouldBe("back");
            servers[last] = await Instances.StartAsync("two", port);
            await Instances.ConnectAsync(client, 2);
        }

        await servers[0].DisposeAsync();
        await servers[1].DisposeAsync();
    }

    [Fact]
    public async Task The_addresses_of_a_name_are_followed()
    {
        var time = new FakeTimeProvider();
        var port = TestPorts.Free();
        await using var one = await Instances.StartAsync("one", port);
        IPAddress[] addresses = [IPAddress.Loopback];
        var lookups = 0;
        var endpoints = new ModuleEndpoints([], new DnsEndPoint("policy.test", port))
        {
            LookUpAsync = (name, _) =>
            {
                name.ShouldBe("policy.test");
                Interlocked.Increment(ref lookups);
                return Task.FromResult(Volatile.Read(ref addresses));
            },
        };
        using var channel = new ModuleChannel(endpoints, tls: null, time);
        var client = new GatewayStack.Wire.Policy.V1.PolicyModule.PolicyModuleClient(channel.Channel);
        var message = GatewayStack.Wire.Policy.PolicyMapper.ToMessage(Instances.Question);
        (await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision.ShouldBe("one");
        lookups.ShouldBe(1);

        // The same port on another loopback address: an instance that came.
        await using var two = await Instances.StartAsync("two", port, "127.0.0.2");
        Volatile.Write(ref addresses, [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]);
        await LookUpAsync();
        await SeenAsync("two");
        Volatile.Write(ref addresses, [IPAddress.Parse("127.0.0.2")]);
        await LookUpAsync();
        for (var same = 0; same < 4;)
        {
            same = (await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision == "two" ? same + 1 : 0;
        }

        // While one look-up is not quite over, the next one is left out.
        async Task LookUpAsync()
        {
            for (var before = Volatile.Read(ref lookups); Volatile.Read(ref lookups) == before;)
            {
                time.Advance(ModuleResolver.Interval);
                await Task.Yield();
            }
        }

        async Task SeenAsync(string revision)
        {
            while ((await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision != revision)
            {
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task Whoever_is_connected_stays_while_the_name_cannot_be_looked_up()
    {
        var time = new FakeTimeProvider();
        var port = TestPorts.Free();
        await using var one = await Instances.StartAsync("one", port);
        using var failed = new SemaphoreSlim(0);
        var known = true;
        var endpoints = new ModuleEndpoints([], new DnsEndPoint("policy.test", port))
        {
            LookUpAsync = (_, _) =>
            {
                if (Volatile.Read(ref known))
                {
                    return Task.FromResult<IPAddress[]>([IPAddress.Loopback]);
                }

                failed.Release();
                throw new System.Net.Sockets.SocketException(11001);
            },
        };
        using var channel = new ModuleChannel(endpoints, tls: null, time);
        var client = new GatewayStack.Wire.Policy.V1.PolicyModule.PolicyModuleClient(channel.Channel);
        var message = GatewayStack.Wire.Policy.PolicyMapper.ToMessage(Instances.Question);
        await DecideAsync();
        Volatile.Write(ref known, false);

        // The second one begins when what came of the first has been heard.
        for (var failures = 0; failures < 2;)
        {
            time.Advance(ModuleResolver.Interval);
            failures += await failed.WaitAsync(TimeSpan.FromMilliseconds(10), TestContext.Current.CancellationToken) ? 1 : 0;
        }

        await DecideAsync();

        async Task DecideAsync() => (await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision.ShouldBe("one");
    }

    [Fact]
    public async Task A_name_without_an_address_was_never_reached()
    {
        var endpoints = new ModuleEndpoints([], new DnsEndPoint("policy.test", 1)) { LookUpAsync = (_, _) => throw new System.Net.Sockets.SocketException(11001) };
        using var channel = new ModuleChannel(endpoints, tls: null, TimeProvider.System);
        var client = new GatewayStack.Wire.Policy.V1.PolicyModule.PolicyModuleClient(channel.Channel);
        var trace = channel.Traces.Begin();
        var failure = await Should.ThrowAsync<Grpc.Core.RpcException>(async () => await client.DecideAsync(new(), cancellationToken: TestContext.Current.CancellationToken));
        CallFault.Of(failure.Status, trace).ShouldBe(ModuleFault.NeverReached);
    }

    // As the pipeline asks: the socket of an instance that goes may break in the middle of a write, and another one is asked, once.
    private static async Task<PolicyDecision> DecideAsync(IPolicyModule module)
    {
        try
        {
            return await module.DecideAsync(Instances.Question, TestContext.Current.CancellationToken);
        }
        catch (ModuleCallException e) when (e.Fault == ModuleFault.Broken)
        {
            return await module.DecideAsync(Instances.Question, TestContext.Current.CancellationToken);
        }
    }

    private static async Task ProgressAsync(Task[] load, Func<int> answered, int more)
    {
        var target = answered() + more;
        while (answered() < target)
        {
            // A call that failed ends the test here, not at its end.
            if (load.FirstOrDefault(t => t.IsFaulted) is { } failed)
            {
                await failed;
            }

            await Task.Delay(1, TestContext.Current.CancellationToken);
        }
    }
}
