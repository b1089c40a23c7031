using System.Net.Sockets;
using System.Security.Authentication;
using GatewayStack.Contracts.Policy;
using GatewayStack.Contracts.Router;
using GatewayStack.Policy.Tests.Model;
using GatewayStack.TestServers;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Whose fault the end of a call is, over real connections.</summary>
public sealed class ModuleFaultTests
{
    private static readonly PolicyQuestion Question = Policies.Person().Asks("m");
    private static readonly PolicyQuestion LargeQuestion = Question with { Purpose = new string('x', 100_000) };

    public static TheoryData<StatusCode, ModuleFault> Statuses => new()
    {
        { StatusCode.InvalidArgument, ModuleFault.Request },
        { StatusCode.FailedPrecondition, ModuleFault.Request },
        { StatusCode.OutOfRange, ModuleFault.Request },
        { StatusCode.ResourceExhausted, ModuleFault.Request },
        { StatusCode.Unknown, ModuleFault.Broken },
        { StatusCode.Internal, ModuleFault.Broken },
        { StatusCode.Unavailable, ModuleFault.Broken },
        { StatusCode.DeadlineExceeded, ModuleFault.Broken },
        { StatusCode.Aborted, ModuleFault.Broken },
        { StatusCode.DataLoss, ModuleFault.Broken },
        { StatusCode.Cancelled, ModuleFault.Broken },
        { StatusCode.Unauthenticated, ModuleFault.Wiring },
        { StatusCode.PermissionDenied, ModuleFault.Wiring },
        { StatusCode.Unimplemented, ModuleFault.Wiring },
        { StatusCode.NotFound, ModuleFault.Wiring },
        { StatusCode.AlreadyExists, ModuleFault.Wiring },
        { (StatusCode)99, ModuleFault.Wiring },
    };

    [Theory]
    [MemberData(nameof(Statuses))]
    public async Task What_a_module_says_is_judged_by_its_status(StatusCode status, ModuleFault fault)
    {
        var asked = 0;
        await using var server = await StartAsync(new PolicyDouble((_, _) =>
        {
            Interlocked.Increment(ref asked);
            throw new RpcException(new Status(status, "so"));
        }));
        using var client = Client(server.Address);
        (await FaultAsync(client)).ShouldBe(fault);
        // Nothing is repeated here.
        asked.ShouldBe(1);
    }

    [Fact]
    public void Every_status_has_a_row() =>
        Enum.GetValues<StatusCode>().Except([StatusCode.OK]).Except(Statuses.Select(s => s.Data.Item1)).ShouldBeEmpty();

    [Fact]
    public async Task A_module_that_throws_is_broken()
    {
        await using var server = await StartAsync(new PolicyDouble((_, _) => throw new InvalidOperationException("a fault of its own")));
        using var client = Client(server.Address);
        (await FaultAsync(client)).ShouldBe(ModuleFault.Broken);
        (await FaultAsync(client)).ShouldBe(ModuleFault.Broken);
    }

    [Fact]
    public async Task A_closed_port_was_never_reached()
    {
        using var client = Client(RawServer.Closed());
        (await FaultAsync(client)).ShouldBe(ModuleFault.NeverReached);
        (await FaultAsync(client)).ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task A_module_that_goes_away_between_two_calls_was_never_reached_and_is_found_again()
    {
        var port = TestPorts.Free();
        var server = await StartAsync(new PolicyDouble(), port);
        using var client = Client(server.Address);
        (await DecideAsync(client, Question)).Permits.ShouldBeTrue();
        await server.StopAsync();
        await server.DisposeAsync();
        var fault = await FaultAsync(client);
        if (fault == ModuleFault.Broken)
        {
            // It was written to a connection whose end had not been noticed yet.
            fault = await FaultAsync(client);
        }

        fault.ShouldBe(ModuleFault.NeverReached);

        await using var again = await StartAsync(new PolicyDouble(), port);
        while (true)
        {
            try
            {
                (await DecideAsync(client, Question)).Permits.ShouldBeTrue();
                return;
            }
            catch (ModuleCallException e) when (e.Fault == ModuleFault.NeverReached)
            {
                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }
    }

    [Fact]
    public async Task A_module_that_is_killed_while_it_works_is_broken()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(new PolicyDouble(async (_, ct) =>
        {
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, ct);
            throw new InvalidOperationException("never reached");
        }));
        using var client = Client(server.Address);
        var fault = FaultAsync(client);
        await asked.Task.WaitAsync(TestContext.Current.CancellationToken);
        await server.AbortAsync();
        (await fault).ShouldBe(ModuleFault.Broken);
    }

    [Fact]
    public async Task A_connection_that_is_cut_behind_the_message_is_broken()
    {
        using var server = new RawServer(RawServer.ResetAfterMessage);
        using var client = Client(server.Address);
        (await FaultAsync(client, LargeQuestion)).ShouldBe(ModuleFault.Broken);
    }

    [Fact]
    public async Task A_port_that_accepts_and_says_nothing_keeps_the_call_until_the_caller_gives_up()
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var server = new RawServer(socket =>
        {
            connected.TrySetResult();
            return RawServer.SayNothing(socket);
        });
        using var client = Client(server.Address);
        using var patience = new CancellationTokenSource();
        var decision = client.Get<IPolicyModule>().DecideAsync(Question, patience.Token);
        await connected.Task.WaitAsync(TestContext.Current.CancellationToken);
        decision.IsCompleted.ShouldBeFalse();
        await patience.CancelAsync();
        var ended = await Should.ThrowAsync<OperationCanceledException>(() => decision);
        ended.CancellationToken.ShouldBe(patience.Token);
    }

    [Fact]
    public async Task A_port_that_speaks_another_protocol_is_no_reason_to_go_on_without_the_module()
    {
        using var server = new RawServer(async socket =>
        {
            _ = await socket.ReceiveAsync(new byte[4096]);
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            await RawServer.SayNothing(socket);
        });
        using var client = Client(server.Address);
        (await FaultAsync(client)).ShouldNotBe(ModuleFault.NeverReached);
    }

    [Fact]
    public async Task A_caller_that_has_given_up_asks_nobody()
    {
        var asked = 0;
        await using var server = await StartAsync(new PolicyDouble((_, _) =>
        {
            Interlocked.Increment(ref asked);
            return Task.FromResult(PolicyDouble.Allowed("r"));
        }));
        using var client = Client(server.Address);
        await Should.ThrowAsync<OperationCanceledException>(() => client.Get<IPolicyModule>().DecideAsync(Question, new CancellationToken(canceled: true)));
        asked.ShouldBe(0);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_the_requests_fault()
    {
        await using var server = await StartAsync(new PolicyDouble());
        using var client = Client(server.Address);
        var question = Question with { Purpose = new string('x', ModuleChannel.MaxMessageBytes) };
        (await FaultAsync(client, question)).ShouldBe(ModuleFault.Request);
    }

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.OK)]
    public void Only_what_was_not_sent_was_never_reached(StatusCode status)
    {
        var cut = new HttpRequestException(HttpRequestError.Unknown, "no", new IOException("cut", new SocketException((int)SocketError.ConnectionReset)));
        CallFault.Of(new Status(status, "no", cut), new CallTrace { Instance = "a:1" }).ShouldBe(ModuleFault.NeverReached);
        CallFault.Of(new Status(status, "no", cut), new CallTrace { Instance = "a:1", Sent = true }).ShouldBe(ModuleFault.Broken);
        CallFault.Of(new Status(status, "no"), new CallTrace()).ShouldBe(ModuleFault.NeverReached);
        CallFault.Of(new Status(status, "no"), new CallTrace { Sent = true }).ShouldBe(ModuleFault.Broken);

        // How the transport says that a connection was not made in time: the module may be there, and busy.
        var late = new OperationCanceledException("no", new TimeoutException("no"));
        CallFault.Of(new Status(status, "no", late), new CallTrace { Instance = "a:1" }).ShouldBe(ModuleFault.Broken);
        CallFault.Of(new Status(status, "no", late), new CallTrace { Instance = "a:1", Sent = true }).ShouldBe(ModuleFault.Broken);

        // Refused unread by a server that stops, and no other connection to be had.
        var refused = new HttpRequestException(HttpRequestError.ConnectionError, "no", new SocketException((int)SocketError.ConnectionRefused));
        CallFault.Of(new Status(status, "no", refused), new CallTrace { Instance = "a:1", Sent = true }).ShouldBe(ModuleFault.NeverReached);
    }

    [Fact]
    public void A_connection_that_must_not_be_made_is_a_fault_of_wiring()
    {
        var trace = new CallTrace { Instance = "a:1" };
        var untrusted = new HttpRequestException(HttpRequestError.SecureConnectionError, "no", new AuthenticationException("not believed"));
        CallFault.Of(new Status(StatusCode.Unavailable, "no", untrusted), trace).ShouldBe(ModuleFault.Wiring);
        CallFault.Of(new Status(StatusCode.Internal, "no", new HttpRequestException(HttpRequestError.VersionNegotiationError, "no")), trace).ShouldBe(ModuleFault.Wiring);
        CallFault.Of(new Status(StatusCode.Internal, "no"), trace).ShouldBe(ModuleFault.Wiring);
        // A handshake that the other side broke off is a connection that broke.
        CallFault.Of(new Status(StatusCode.Internal, "no", new HttpRequestException(HttpRequestError.SecureConnectionError, "no", new IOException("eof"))), trace).ShouldBe(ModuleFault.NeverReached);
    }

    private static Task<WireServer> StartAsync(IPolicyModule policy, int port = 0) => WireServer.StartAsync(
        builder =>
        {
            builder.Services.AddSingleton(policy);
            builder.AddPolicyGrpc();
        },
        app => app.MapPolicyGrpc(),
        port);

    private static WireClient Client(params ReadOnlySpan<string> addresses) => new("policy", b => b.AddPolicyClient(), addresses);

    private static Task<PolicyDecision> DecideAsync(WireClient client, PolicyQuestion question) =>
        client.Get<IPolicyModule>().DecideAsync(question, TestContext.Current.CancellationToken);

    private static async Task<ModuleFault> FaultAsync(WireClient client, PolicyQuestion? question = null)
    {
        var failure = await Should.ThrowAsync<ModuleCallException>(() => DecideAsync(client, question ?? Question));
        failure.Module.ShouldBe("policy");
        return failure.Fault;
    }
}
