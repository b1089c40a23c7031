using GatewayStack.Wire.Channels;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Platform.Tests.Wire;

public sealed class ModuleAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:5001")]
    [InlineData("http://a:1", "http://b:2")]
    [InlineData("https://a:1", "https://b:2")]
    [InlineData("dns:///policy.gateway.svc:5122")]
    public void Addresses_of_one_kind_are_good(params string[] addresses)
    {
        var sut = Addresses(addresses);
        sut.Check().ShouldBeEmpty();
        sut.Read().Length.ShouldBe(addresses.Length);
    }

    [Theory]
    [InlineData("services:policy:grpc:0")]
    [InlineData("services:policy:grpc:0", "nowhere")]
    [InlineData("services:policy:grpc:0", "ftp://a:1")]
    [InlineData("services:policy:grpc:0", "dns:///policy")]
    [InlineData("services:policy:grpc:0", "dns:///")]
    [InlineData("services:policy:grpc:0", "dns://server/policy:5122")]
    [InlineData("services:policy:grpc:1", "http://a:1", "b:2")]
    [InlineData("services:policy:grpc", "http://a:1", "https://b:2")]
    [InlineData("services:policy:grpc", "http://a:1", "dns:///b:2")]
    [InlineData("services:policy:grpc", "dns:///a:1", "dns:///b:2")]
    public void Missing_odd_or_mixed_ones_are_an_error_at_the_start(string key, params string[] addresses) =>
        Addresses(addresses).Check().ShouldHaveSingleItem().Key.ShouldBe(key);

    [Fact]
    public void A_name_is_split_from_its_port()
    {
        var endpoints = ModuleEndpoints.From(Addresses("dns:///policy.gateway.svc:5122").Read());
        endpoints.Fixed.ShouldBeEmpty();
        (endpoints.Name!.Host, endpoints.Name.Port).ShouldBe(("policy.gateway.svc", 5122));
    }

    private static ModuleAddresses Addresses(params string[] addresses) => new(
        new ConfigurationBuilder().AddInMemoryCollection(addresses.Select((a, i) => KeyValuePair.Create($"services:policy:grpc:{i}", (string?)a))).Build(), "policy");
}
