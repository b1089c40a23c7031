using System.Net;
using System.Net.Sockets;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Doors;

/// <summary>Bytes that two servers in a row could read differently (request smuggling) end at the door.</summary>
public sealed class HttpTests : IAsyncLifetime
{
    private const string Head = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer alice\r\nContent-Type: application/json\r\nConnection: close\r\n";

    private StubServer _provider = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await StubServer.StartAsync();
        _gateway = await GatewayUnderTest.StartAsync("Router:Providers:p:BaseUrl=" + _provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p");
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Theory]
    [InlineData("X-A: 1\nX-User-Id: root\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}")]
    [InlineData("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;a\n\n{}\r\n0\r\n\r\n")]
    [InlineData("Content-Length : 2\r\n\r\n{}")]
    [InlineData("X-A: 1\r\n folded\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("X-A: 1\rX-B: 2\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("X-A: \0\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Host: y\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("Content-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("traceparent: a\r\ntraceparent: b\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("X-Gateway-Identity: x\r\nContent-Length: 2\r\n\r\n{}")]
    [InlineData("X_User_Id: x\r\nContent-Length: 2\r\n\r\n{}")]
    public async Task Ambiguous_bytes_are_a_bad_request(string rest)
    {
        (await RawAsync(Head + rest)).ShouldStartWith("HTTP/1.1 400 ");
        _provider.Requests.ShouldBeEmpty();
        _gateway.Journal.Lines.ShouldNotContain("decide");
    }

    [Theory]
    [InlineData(70, 10)]
    [InlineData(4, 10_000)]
    public async Task Headers_are_bounded(int count, int length)
    {
        var headers = string.Concat(Enumerable.Range(0, count).Select(i => $"X-H{i}: {new string('x', length)}\r\n"));
        (await RawAsync(Head + headers + "Content-Length: 2\r\n\r\n{}")).ShouldStartWith("HTTP/1.1 431 ");
    }

    [Fact]
    public async Task A_chunked_body_is_read_whole()
    {
        var body = Wire.Ask();
        (await RawAsync($"{Head}Transfer-Encoding: chunked\r\n\r\n5\r\n{body[..5]}\r\n{body.Length - 5:x}\r\n{body[5..]}\r\n0\r\nX-User-Id: root\r\n\r\n")).ShouldStartWith("HTTP/1.1 200 ");
        _provider.Only.Headers.ShouldNotContainKey("X-User-Id");
    }

    private async Task<string> RawAsync(string request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _gateway.Client.BaseAddress!.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Texts.Utf8(request), TestContext.Current.CancellationToken);
        return await stream.ReadUntilAsync("\r\n\r\n");
    }
}
