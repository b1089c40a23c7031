using System.Net;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Demo.Tests.Server;

public sealed class LoopbackOnlyTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:8080", true)]
    [InlineData("127.9.9.9", "localhost:8080", true)]
    [InlineData("::1", "[::1]:8080", true)]
    [InlineData("::ffff:127.0.0.1", "gateway.localhost", true)]
    [InlineData("10.0.0.7", "127.0.0.1:8080", false)]
    [InlineData("2001:db8::1", "localhost", false)]
    [InlineData(null, "localhost", false)]
    [InlineData("127.0.0.1", "evil.example", false)]
    [InlineData("127.0.0.1", "localhost.evil.example", false)]
    [InlineData("127.0.0.1", "10.0.0.7", false)]
    [InlineData("127.0.0.1", "", false)]
    public async Task Lets_in_only_this_machine(string? remote, string host, bool letIn)
    {
        var context = new DefaultHttpContext { Connection = { RemoteIpAddress = remote is null ? null : IPAddress.Parse(remote) } };
        context.Request.Path = "/DEMO/token";
        context.Request.Host = new HostString(host);
        var reached = false;
        var middleware = new LoopbackOnly(
            _ =>
            {
                reached = true;
                return Task.CompletedTask;
            },
            NullLogger<LoopbackOnly>.Instance);
        await middleware.InvokeAsync(context);
        reached.ShouldBe(letIn);
        context.Response.StatusCode.ShouldBe(letIn ? 200 : 403);
    }
}
