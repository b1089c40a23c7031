using System.Collections.Concurrent;
using System.Net;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.TestServers;
using GatewayStack.Wire.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Several instances of a module: calls are spread, and one that goes or comes is not noticed.</summary>
public sealed class InstancesTests
{
    private static readonly PolicyQuestion Question = Policies.Person().Asks("m");

    [Fact]
    public async Task Calls_are_spread_evenly()
    {
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        using var client = Client(one.Address, two.Address);
        await ConnectAsync(client, 2);
        var answers = new ConcurrentBag<string>();
        await Parallel.ForAsync(0, 100, TestContext.Current.CancellationToken, async (_, ct) => answers.Add((await client.Get<IPolicyModule>().DecideAsync(Question, ct)).PolicyRevision));
        answers.CountBy(a => a).OrderBy(a => a.Key, StringComparer.Ordinal).ShouldBe([KeyValuePair.Create("one", 50), KeyValuePair.Create("two", 50)]);
    }

    [Fact]
    public async Task No_call_fails_while_instances_are_stopped_and_started_one_after_the_other()
    {
        var servers = new[] { await StartAsync("one", TestPorts.Free()), await StartAsync("two", TestPorts.Free()) };
        using var client = Client(servers[0].Address, servers[1].Address);
        await ConnectAsync(client, 2);
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
            servers[index] = await StartAsync("again", port);
            // The other one must not go before this one is found again, as in any rollout.
            await ConnectAsync(client, 2);
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
        var servers = new[] { await StartAsync("one", TestPorts.Free()), await StartAsync("two", TestPorts.Free()) };
        using var client = Client(servers[0].Address, servers[1].Address);
        await ConnectAsync(client, 2);
        for (var round = 0; round < 4; round++)
        {
            var (back, last) = (round % 2, 1 - (round % 2));
            var port = new Uri(servers[back].Address).Port;
            await servers[back].StopAsync();
            await servers[back].DisposeAsync();

            // Long enough that the pauses between attempts to reach it have become as long as they get.
            await Task.Delay(ModuleChannel.LastReconnect * 2.5, TestContext.Current.CancellationToken);
            servers[back] = await StartAsync("back", port);
            port = new Uri(servers[last].Address).Port;
            await servers[last].StopAsync();
            await servers[last].DisposeAsync();
            (await DecideAsync(client.Get<IPolicyModule>())).PolicyRevision.ShouldBe("back");
            servers[last] = await StartAsync("two", port);
            await ConnectAsync(client, 2);
        }

        await servers[0].DisposeAsync();
        await servers[1].DisposeAsync();
    }

    [Fact]
    public async Task A_second_attempt_gets_another_instance()
    {
        await using var good = await StartAsync("good");
        await using var bad = await StartAsync(new PolicyDouble((_, _) => throw new InvalidOperationException("broken")));
        using var client = Client(good.Address, bad.Address);
        await ConnectAsync(client, 2);
        var broken = 0;
        for (var i = 0; i < 20; i++)
        {
            try
            {
                await client.Get<IPolicyModule>().DecideAsync(Question, TestContext.Current.CancellationToken);
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.Broken)
            {
                broken++;
                (await client.Get<IPolicyModule>().DecideAsync(Question, TestContext.Current.CancellationToken)).PolicyRevision.ShouldBe("good");
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
        await using var good = await StartAsync("good");
        await using var slow = await StartAsync(new PolicyDouble(async (_, ct) =>
        {
            Interlocked.Increment(ref asked);
            if (Volatile.Read(ref hangs))
            {
                await Task.Delay(Timeout.Infinite, ct);
            }

            return PolicyDouble.Allowed("slow");
        }));
        using var client = Client(time, good.Address, slow.Address);
        await ConnectAsync(client, 2);
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
                var call = client.Get<IPolicyModule>().DecideAsync(Question, patience.Token);
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
                (await client.Get<IPolicyModule>().DecideAsync(Question, TestContext.Current.CancellationToken)).Permits.ShouldBeTrue();
            }
        }
    }

    [Fact]
    public async Task An_instance_that_has_just_started_has_one_call_until_it_has_answered()
    {
        var time = new FakeTimeProvider();
        var warm = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var arrived = new SemaphoreSlim(0);
        await using var old = await StartAsync("old");
        await using var started = await StartAsync(new PolicyDouble(async (_, ct) =>
        {
            arrived.Release();
            await warm.Task.WaitAsync(ct);
            return PolicyDouble.Allowed("started");
        }));
        using var client = Client(time, old.Address, started.Address);
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
            answers.Add((await client.Get<IPolicyModule>().DecideAsync(Question, TestContext.Current.CancellationToken)).PolicyRevision);
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
        await using var stopping = await StartAsync(new PolicyDouble((_, _) => throw new InvalidOperationException("broken")));
        await using var started = await StartAsync(new PolicyDouble(async (_, ct) =>
        {
            arrived.Release();
            await warm.Task.WaitAsync(ct);
            return PolicyDouble.Allowed("started");
        }));

        // No suspicion ends here: this clock stands still.
        using var client = Client(new FakeTimeProvider(), stopping.Address, started.Address);
        var asker = new Asker(client.Get<IPolicyModule>(), arrived);
        var broken = 0;
        while (broken == 0 || asker.Waiting.Count == 0)
        {
            await AskAsync();
        }

        for (var i = 0; i < 20; i++)
        {
            await AskAsync();
        }

        broken.ShouldBe(1);
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

    [Fact]
    public void Only_the_end_of_a_connection_that_had_served_is_a_reason_to_look_for_others()
    {
        var time = new FakeTimeProvider();
        var traces = new CallTraces(time);
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Disconnected("a:1").ShouldBeFalse();
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Answered(new CallTrace { Instance = "a:1" });
        traces.Disconnected("a:1").ShouldBeTrue();
        traces.IsSearching.ShouldBeTrue();
        time.Advance(CallTraces.Search);
        traces.IsSearching.ShouldBeFalse();
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

    [Fact]
    public async Task The_addresses_of_a_name_are_followed()
    {
        var time = new FakeTimeProvider();
        var port = TestPorts.Free();
        await using var one = await StartAsync("one", port);
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
        var message = GatewayStack.Wire.Policy.PolicyMapper.ToMessage(Question);
        (await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision.ShouldBe("one");
        lookups.ShouldBe(1);

        // The same port on another loopback address: an instance that came.
        await using var two = await StartAsync("two", port, "127.0.0.2");
        Volatile.Write(ref addresses, [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")]);
        time.Advance(ModuleResolver.Interval);
        await SeenAsync("two");
        Volatile.Write(ref addresses, [IPAddress.Parse("127.0.0.2")]);
        time.Advance(ModuleResolver.Interval);
        for (var same = 0; same < 4;)
        {
            same = (await client.DecideAsync(message, cancellationToken: TestContext.Current.CancellationToken)).PolicyRevision == "two" ? same + 1 : 0;
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
    public async Task A_name_without_an_address_was_never_reached()
    {
        var endpoints = new ModuleEndpoints([], new DnsEndPoint("policy.test", 1)) { LookUpAsync = (_, _) => throw new System.Net.Sockets.SocketException(11001) };
        using var channel = new ModuleChannel(endpoints, tls: null, TimeProvider.System);
        var client = new GatewayStack.Wire.Policy.V1.PolicyModule.PolicyModuleClient(channel.Channel);
        var trace = channel.Traces.Begin();
        var failure = await Should.ThrowAsync<Grpc.Core.RpcException>(async () => await client.DecideAsync(new(), cancellationToken: TestContext.Current.CancellationToken));
        CallFault.Of(failure.Status, trace).ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task One_instance_that_serves_is_enough_to_be_well()
    {
        await using var well = await StartAsync("well");
        await using var ill = await WireServer.StartAsync(
            b => b.Services.AddHealthChecks().AddCheck("store", () => HealthCheckResult.Unhealthy()),
            _ => { });
        using (var client = Client(well.Address, ill.Address, RawServer.Closed()))
        {
            await ConnectAsync(client, 2);
            for (var i = 0; i < 6; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Client(ill.Address))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }

        using (var client = Client(RawServer.Closed()))
        {
            (await ProbeAsync(client)).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task An_instance_that_keeps_its_health_to_itself_does_not_hide_another_one()
    {
        await using var well = await StartAsync("well");
        using var silent = new RawServer(RawServer.SayNothing);
        using (var client = Client(well.Address, silent.Address))
        {
            for (var i = 0; i < 4; i++)
            {
                (await ProbeAsync(client)).ShouldBeTrue();
            }
        }

        using (var client = Client(silent.Address))
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
        using var client = Client(server.Address);
        (await ProbeAsync(client)).ShouldBeTrue();
        Volatile.Write(ref healthy, false);
        (await ProbeAsync(client)).ShouldBeFalse();
        Volatile.Write(ref healthy, true);
        (await ProbeAsync(client)).ShouldBeTrue();
    }

    private static Task<bool> ProbeAsync(WireClient client) => client.Get<IModuleProbe>().ProbeAsync(TestContext.Current.CancellationToken);

    private static WireClient Client(params ReadOnlySpan<string> addresses) => new("policy", b => b.AddPolicyClient(), addresses);

    private static WireClient Client(TimeProvider time, params ReadOnlySpan<string> addresses) => new(
        "policy",
        b =>
        {
            b.Services.AddSingleton(time);
            b.AddPolicyClient();
        },
        addresses);

    private static Task<WireServer> StartAsync(string revision, int port = 0, string address = "127.0.0.1") =>
        StartAsync(new PolicyDouble((_, _) => Task.FromResult(PolicyDouble.Allowed(revision))), port, address);

    private static Task<WireServer> StartAsync(IPolicyModule policy, int port = 0, string address = "127.0.0.1") => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton(policy);
            b.AddPolicyGrpc();
        },
        app => app.MapPolicyGrpc(),
        port,
        address);

    /// <summary>Waits until as many instances are connected.</summary>
    private static async Task ConnectAsync(WireClient client, int instances)
    {
        var health = new Grpc.Health.V1.Health.HealthClient(client.Channel);
        var traces = client.Services.GetRequiredKeyedService<ModuleChannel>("policy").Traces;
        while (true)
        {
            var seen = new HashSet<string?>();
            for (var i = 0; i < instances * 2; i++)
            {
                seen.Add(await InstanceAsync(health, traces));
            }

            if (seen.Count(s => s is not null) >= instances)
            {
                return;
            }

            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    private static async Task<string?> InstanceAsync(Grpc.Health.V1.Health.HealthClient health, CallTraces traces)
    {
        var trace = traces.Begin();
        try
        {
            await health.CheckAsync(new(), cancellationToken: TestContext.Current.CancellationToken);
            traces.Answered(trace);
            return trace.Instance;
        }
        catch (Grpc.Core.RpcException)
        {
            return null;
        }
    }

    // As the pipeline asks: the socket of an instance that goes may break in the middle of a write, and another one is asked, once.
    private static async Task<PolicyDecision> DecideAsync(IPolicyModule module)
    {
        try
        {
            return await module.DecideAsync(Question, TestContext.Current.CancellationToken);
        }
        catch (ModuleCallException e) when (e.Fault == ModuleFault.Broken)
        {
            return await module.DecideAsync(Question, TestContext.Current.CancellationToken);
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

    /// <summary>Asks one call after another; those that an instance has and does not answer yet are kept.</summary>
    private sealed class Asker(IPolicyModule policy, SemaphoreSlim arrived)
    {
        private Task? _arrival;

        public List<Task<PolicyDecision>> Waiting { get; } = [];

        /// <returns>The call that has ended; null where it waits.</returns>
        public async Task<Task<PolicyDecision>?> AskAsync()
        {
            var call = policy.DecideAsync(Question, TestContext.Current.CancellationToken);
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
