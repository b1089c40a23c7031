using GatewayStack.Router.Doors;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Tests.Doors;

public sealed class ListenAddressesTests
{
    [Fact]
    public void Nothing_said_is_loopback()
    {
        var addresses = ListenAddresses.Read(null, null);
        addresses.Public.ShouldBe(["http://127.0.0.1:8080"]);
        addresses.Management.ShouldBe("http://127.0.0.1:8081");
        addresses.ManagementPort.ShouldBe(8081);
        ListenAddresses.Read(" ", null).Public.ShouldBe(["http://127.0.0.1:8080"]);
    }

    [Fact]
    public void Several_addresses_keep_their_order() =>
        ListenAddresses.Read("http://*:80/; https://[::]:443", "http://127.0.0.1:9").Public.ShouldBe(["http://*:80", "https://[::]:443"]);

    [Theory]
    [InlineData("http://127.0.0.1:0", "http://127.0.0.1:")]
    [InlineData("http://[::]:0/", "http://[::]:")]
    [InlineData("http://[fe80::0]:0", "http://[fe80::0]:")]
    [InlineData("http://*:0", "http://*:")]
    public void A_port_of_zero_becomes_a_free_one(string url, string start)
    {
        var concrete = ListenAddresses.Read(url, null).Public.ShouldHaveSingleItem();
        concrete.ShouldStartWith(start);
        BindingAddress.Parse(concrete).Port.ShouldBeGreaterThan(0);
        concrete.ShouldBe(start + BindingAddress.Parse(concrete).Port);
    }
}
