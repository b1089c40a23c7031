using System.Collections;
using System.Reflection;
using GatewayStack.Contracts.Policy;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Grpc.Net.Client.Balancer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>
/// A connection that is cut in the moment at which it was made is forgotten by the client library: nobody makes another one. Done here to its private parts, since by
/// chance it takes a minute.
/// </summary>
public sealed class ForgottenConnectionTests
{
    /// <summary>Time enough for a connection to be made.</summary>
    private const int CallsOfSilence = 500;

    private static readonly PolicyQuestion Question = Policies.Person().Asks("m");

    [Fact]
    public async Task The_other_instance_has_all_calls_and_the_forgotten_one_comes_back()
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        using var client = Client(time, one.Address, two.Address);
        await SeenAsync(client, null, "one", "two");
        await ForgetAsync(client, one.Address);
        for (var i = 0; i < 20; i++)
        {
            (await DecideAsync(client)).ShouldBe("two");
        }

        await SeenAsync(client, time, "one", "two");
    }

    [Fact]
    public async Task The_only_instance_comes_back()
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync("one");
        using var client = Client(time, one.Address);
        (await DecideAsync(client)).ShouldBe("one");
        await ForgetAsync(client, one.Address);
        (await AnsweredAsync(DecideAsync(client), time)).ShouldBe("one");
    }

    /// <summary>
    /// The library changes a state and what it knows of the socket in two steps, and tells of it in a third, each under a lock of its own: where a connection ends while the next
    /// one is made, the steps of both may mix.
    /// </summary>
    [Theory]
    [InlineData(Mixed.ConnectedAndNotReady)]
    [InlineData(Mixed.ReadyAndNotConnected)]
    [InlineData(Mixed.ReadyAndTakenForIdle)]
    [InlineData(Mixed.ConnectingAndTakenForReady)]
    [InlineData(Mixed.ConnectingWithAddressAndTakenForReady)]
    public async Task An_instance_comes_back_whatever_the_library_takes_it_for(Mixed mixed)
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync("one");
        await using var two = await StartAsync("two");
        using var client = Client(time, one.Address, two.Address);
        await SeenAsync(client, null, "one", "two");
        Mix(client, one.Address, mixed);
        await SeenAsync(client, time, "one", "two");
        using var only = Client(time, one.Address);
        (await DecideAsync(only)).ShouldBe("one");
        Mix(only, one.Address, mixed);
        (await AnsweredAsync(DecideAsync(only), time)).ShouldBe("one");
    }

    [Fact]
    public async Task An_instance_that_goes_before_it_has_answered_is_connected_to_again_at_once()
    {
        await using var one = await StartAsync("one");

        // No silence ends here: this clock stands still.
        using var client = Client(new FakeTimeProvider(), one.Address);
        await client.Channel.ConnectAsync(TestContext.Current.CancellationToken);
        var subchannel = Subchannel(client, one.Address);
        var attempt = Private(subchannel, "_connectContext");
        var isOver = attempt.GetType().GetProperty("Disposed")!;
        while (!(bool)isOver.GetValue(attempt)!)
        {
            await Task.Yield();
        }

        Call(Private(subchannel, "_transport"), "Disconnect");
        (await DecideAsync(client)).ShouldBe("one");
    }

    [Fact]
    public async Task Whoever_is_connected_or_on_the_way_is_left_alone()
    {
        var time = new FakeTimeProvider();
        await using var one = await StartAsync("one");
        using var client = Client(time, one.Address, RawServer.Closed());
        (await DecideAsync(client)).ShouldBe("one");
        var changes = 0;
        using var watched = Subchannel(client, one.Address).OnStateChanged(_ => Interlocked.Increment(ref changes));
        for (var i = 0; i < 20; i++)
        {
            time.Advance(InstanceConnection.Silence);
            (await DecideAsync(client)).ShouldBe("one");
        }

        changes.ShouldBe(0);
    }

    private static void Mix(WireClient client, string address, Mixed mixed)
    {
        var subchannel = Subchannel(client, address);
        var transport = Private(subchannel, "_transport");
        if (mixed is Mixed.ReadyAndNotConnected or Mixed.ConnectingAndTakenForReady)
        {
            Call(transport, "DisconnectUnsynchronized");
        }

        if (mixed is Mixed.ConnectedAndNotReady or Mixed.ConnectingAndTakenForReady or Mixed.ConnectingWithAddressAndTakenForReady)
        {
            // An attempt that has not quite ended: the next one leaves it at that.
            var attempt = subchannel.GetType().GetField("_connectContext", BindingFlags.Instance | BindingFlags.NonPublic)!;
            attempt.SetValue(subchannel, Activator.CreateInstance(attempt.FieldType, Timeout.InfiniteTimeSpan));
            Call(subchannel, "UpdateConnectivityState", ConnectivityState.Idle, Status.DefaultSuccess);
        }

        if (mixed is Mixed.ConnectingAndTakenForReady or Mixed.ConnectingWithAddressAndTakenForReady or Mixed.ReadyAndTakenForIdle)
        {
            var told = mixed == Mixed.ReadyAndTakenForIdle ? ConnectivityState.Idle : ConnectivityState.Ready;
            Call(Private(subchannel, "_manager"), "OnSubchannelStateChange", subchannel, told, Status.DefaultSuccess);
        }
    }

    private static void Call(object of, string method, params object[] arguments) => of.GetType()
        .GetMethod(method, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public, [.. arguments.Select(a => a.GetType())])!
        .Invoke(of, arguments);

    /// <summary>Cuts the connection to an instance as soon as there is one, until that is forgotten.</summary>
    private static async Task ForgetAsync(WireClient client, string address)
    {
        var subchannel = Subchannel(client, address);
        var transport = Private(subchannel, "_transport");
        var disconnect = transport.GetType().GetMethod("Disconnect")!;
        do
        {
            var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var watched = subchannel.OnStateChanged(state =>
            {
                if (state.State == ConnectivityState.Ready && cut.TrySetResult())
                {
                    disconnect.Invoke(transport, null);
                    // Time for the next attempt to see that the one which succeeded has not ended yet, and to leave it at that.
                    _ = TestContext.Current.CancellationToken.WaitHandle.WaitOne(50);
                }
            });
            disconnect.Invoke(transport, null);
            await cut.Task.WaitAsync(TestContext.Current.CancellationToken);
            do
            {
                await Task.Delay(200, TestContext.Current.CancellationToken);
            }
            while (IsTried(subchannel));
        }
        while (subchannel.CurrentAddress is not null);
    }

    /// <summary>True while somebody connects, which looks from the outside as if nobody did.</summary>
    private static bool IsTried(Subchannel subchannel)
    {
        var attempt = Private(subchannel, "_connectContext");
        return !(bool)attempt.GetType().GetProperty("Disposed")!.GetValue(attempt)!;
    }

    private static Subchannel Subchannel(WireClient client, string address)
    {
        var manager = client.Channel.GetType().GetProperty("ConnectionManager", BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(client.Channel)!;
        return ((IEnumerable)Private(manager, "_subchannels")).Cast<Subchannel>().Single(s => s.GetAddresses()[0].EndPoint.Port == new Uri(address).Port);
    }

    private static object Private(object of, string field) => of.GetType().GetField(field, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(of)!;

    /// <summary>Asks until all have answered. Where a clock is given, it goes on meanwhile: what the library tells late begins another silence.</summary>
    private static async Task SeenAsync(WireClient client, FakeTimeProvider? time, params IReadOnlyList<string> revisions)
    {
        var unseen = revisions.ToHashSet(StringComparer.Ordinal);
        for (var calls = 0; unseen.Count > 0; calls++)
        {
            if (calls % CallsOfSilence == 0)
            {
                time?.Advance(InstanceConnection.Silence);
            }

            unseen.Remove(await DecideAsync(client));
        }
    }

    /// <summary>The answer to a call that waits for a connection, while the clock goes on.</summary>
    private static async Task<string> AnsweredAsync(Task<string> call, FakeTimeProvider time)
    {
        while (!call.IsCompleted)
        {
            time.Advance(InstanceConnection.Silence);
            await Task.WhenAny(call, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        return await call;
    }

    private static async Task<string> DecideAsync(WireClient client) =>
        (await client.Get<IPolicyModule>().DecideAsync(Question, TestContext.Current.CancellationToken)).PolicyRevision;

    private static WireClient Client(TimeProvider time, params ReadOnlySpan<string> addresses) => new(
        "policy",
        b =>
        {
            b.Services.AddSingleton(time);
            b.AddPolicyClient();
        },
        addresses);

    private static Task<WireServer> StartAsync(string revision) => WireServer.StartAsync(
        b =>
        {
            b.Services.AddSingleton<IPolicyModule>(new PolicyDouble((_, _) => Task.FromResult(PolicyDouble.Allowed(revision))));
            b.AddPolicyGrpc();
        },
        app => app.MapPolicyGrpc());

    /// <summary>What the library believes of an instance, and what its balancer was told last.</summary>
    public enum Mixed
    {
        /// <summary>There is a socket, and nobody says that it may be used.</summary>
        ConnectedAndNotReady,

        /// <summary>Ready without a socket.</summary>
        ReadyAndNotConnected,

        /// <summary>The end of the connection before was told after the beginning of this one.</summary>
        ReadyAndTakenForIdle,

        /// <summary>The beginning of a connection was told after its end, and nobody makes another one.</summary>
        ConnectingAndTakenForReady,

        /// <summary>The same, with a socket that nobody may use.</summary>
        ConnectingWithAddressAndTakenForReady,
    }
}
