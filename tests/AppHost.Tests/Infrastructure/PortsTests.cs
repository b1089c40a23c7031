using System.Net;
using System.Net.Sockets;
using GatewayStack.AppHost.Infrastructure;
using GatewayStack.TestServers;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Tests.Infrastructure;

public sealed class PortsTests
{
    [Fact]
    public void A_taken_port_is_one_line_that_names_it_and_the_setting()
    {
        var port = TestPorts.Pair() + 1;
        using var taken = new TcpListener(IPAddress.Loopback, port);
        taken.Start();
        var free = TestPorts.Pair();

        Refused(new FrontDoor(port)).ShouldBe($"port {port}, for the front door, is taken: end the program that has it, or choose another with --FrontDoorPort=N.");
        Refused(new FrontDoor(port - 1)).ShouldContain($"port {port}, for the management address,");
        Refused(new FrontDoor(free), ("ASPNETCORE_URLS", $"http://127.0.0.1:{port}")).ShouldContain("the dashboard, is taken");
        Refused(new FrontDoor(free), ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", $"http://127.0.0.1:{port}")).ShouldContain("telemetry");
        Refused(new FrontDoor(free), ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", $"http://127.0.0.1:{port}")).ShouldContain("resources");
    }

    [Fact]
    public void Free_ports_pass() => Ports.Check(new FrontDoor(TestPorts.Pair()), Configuration(("ASPNETCORE_URLS", "http://127.0.0.1:0;nonsense")));

    private static string Refused(FrontDoor frontDoor, params (string Key, string Value)[] settings) =>
        Should.Throw<StackRefusedException>(() => Ports.Check(frontDoor, Configuration(settings))).Message;

    private static IConfiguration Configuration(params (string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create<string, string?>(s.Key, s.Value))).Build();
}
