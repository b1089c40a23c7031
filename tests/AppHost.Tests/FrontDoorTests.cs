using Aspire.Hosting;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests;

public sealed class FrontDoorTests
{
    [Theory]
    [InlineData(null, "http://127.0.0.1:8080", "http://127.0.0.1:8081")]
    [InlineData("9000", "http://127.0.0.1:9000", "http://127.0.0.1:9001")]
    public void Stands_where_it_was_told(string? port, string url, string management)
    {
        var frontDoor = FrontDoor.From(Configuration(port));
        frontDoor.Url.ShouldBe(url);
        frontDoor.ManagementUrl.ShouldBe(management);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65535")]
    [InlineData("-1")]
    [InlineData("http")]
    [InlineData("")]
    public void What_is_no_port_is_refused(string port) => Should.Throw<DistributedApplicationException>(() => FrontDoor.From(Configuration(port))).Message.ShouldContain("FrontDoorPort");

    private static IConfiguration Configuration(string? port) =>
        new ConfigurationBuilder().AddInMemoryCollection(port is null ? [] : [new("FrontDoorPort", port)]).Build();
}
