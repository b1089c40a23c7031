using System.Security.Authentication;
using GatewayStack.Contracts.Router;
using GatewayStack.Wire.Channels;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What an instance that stops or starts may do to a call: none of it says that it is wired wrongly, and what nobody has is offered to another one.</summary>
public sealed class GivenUpCallTests
{
    /// <summary>How often a call is offered, and whose fault it is when all offers end alike.</summary>
    public static TheoryData<string, bool, int, ModuleFault> Ends => new()
    {
        { "closed before its first call", false, 3, ModuleFault.Broken },
        { "closed before its first call", true, 1, ModuleFault.Broken },
        { "refused", false, 3, ModuleFault.NeverReached },
        { "reset", false, 3, ModuleFault.NeverReached },
        { "reset", true, 1, ModuleFault.Broken },
        { "no handshake", false, 3, ModuleFault.NeverReached },
        { "no handshake", true, 1, ModuleFault.Broken },
        { "stream refused", false, 3, ModuleFault.NeverReached },
        { "late", false, 1, ModuleFault.Broken },
        { "not believed", false, 1, ModuleFault.Wiring },
        { "another protocol", false, 1, ModuleFault.Wiring },
        { "HTTP/1", false, 1, ModuleFault.Wiring },
        { "a fault of the call's", false, 1, ModuleFault.Wiring },
        { "nothing said", false, 1, ModuleFault.Wiring },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task A_call_is_offered_while_nobody_has_it(string end, bool sent, int offers, ModuleFault fault)
    {
        using var client = new WireClient("policy", b => b.AddPolicyClient(), RawServer.Closed());
        var made = 0;
        var failure = await Should.ThrowAsync<ModuleCallException>(() => AskAsync(client, _ =>
        {
            made++;
            return (End(end), sent);
        }));
        failure.Fault.ShouldBe(fault);
        made.ShouldBe(offers);
    }

    [Fact]
    public async Task Nobody_notices_a_connection_that_was_closed_before_its_first_call()
    {
        using var client = new WireClient("policy", b => b.AddPolicyClient(), RawServer.Closed());
        (await AskAsync(client, offer => (offer == 1 ? End("closed before its first call") : null, false))).ShouldBe("2 by b:1");
        client.Services.GetRequiredKeyedService<ModuleChannel>("policy").Traces.IsSuspect("a:1").ShouldBeTrue();
    }

    private static Task<string> AskAsync(WireClient client, Func<int, (Exception? End, bool Sent)> end)
    {
        var traces = client.Services.GetRequiredKeyedService<ModuleChannel>("policy").Traces;
        var offer = 0;
        return client.Services.GetRequiredKeyedService<ModuleCaller>("policy").AskAsync<string, string>(
            (_, _) =>
            {
                var (failed, sent) = end(++offer);
                traces.Picked(offer == 1 ? "a:1" : "b:1");
                traces.Current!.Sent = sent;
                var reply = failed is null
                    ? Task.FromResult($"{offer} by {traces.Current.Instance}")
                    : Task.FromException<string>(new RpcException(new Status(failed is InvalidOperationException ? StatusCode.Internal : StatusCode.Unavailable, "no", failed.Data.Contains("none") ? null : failed)));
                return new AsyncUnaryCall<string>(reply, Task.FromResult(new Metadata()), () => Status.DefaultSuccess, () => [], () => { });
            },
            "question",
            assertion: null,
            TestContext.Current.CancellationToken);
    }

    private static Exception End(string how) => how switch
    {
        "closed before its first call" => new HttpRequestException("An HTTP/2 connection could not be established because the server did not complete the HTTP/2 handshake."),
        "refused" => new HttpRequestException(HttpRequestError.ConnectionError, "no", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)),
        "reset" => new HttpRequestException(HttpRequestError.Unknown, "no", new IOException("no", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionReset))),
        "no handshake" => new HttpRequestException(HttpRequestError.InvalidResponse, "no", new HttpIOException(HttpRequestError.InvalidResponse, "no", new IOException("no"))),
        "stream refused" => new HttpRequestException(HttpRequestError.HttpProtocolError, "no", new HttpProtocolException(0x7, "REFUSED_STREAM", null)),
        "late" => new OperationCanceledException("no", new TimeoutException("no")),
        "not believed" => new HttpRequestException(HttpRequestError.SecureConnectionError, "no", new AuthenticationException("no")),
        "another protocol" => new HttpRequestException(HttpRequestError.VersionNegotiationError, "no"),
        "HTTP/1" => new HttpRequestException(HttpRequestError.HttpProtocolError, "no", new HttpProtocolException(0xd, "HTTP_1_1_REQUIRED", null)),
        "a fault of the call's" => new InvalidOperationException("no"),
        "nothing said" => new InvalidOperationException("no") { Data = { ["none"] = true } },
        _ => throw new ArgumentOutOfRangeException(nameof(how)),
    };
}
