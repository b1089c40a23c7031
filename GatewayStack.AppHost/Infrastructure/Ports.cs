using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>Fixed addresses must be free: found out before anything starts, because the orchestrator would start the rest.</summary>
internal static class Ports
{
    /// <summary>Checks the front door's two addresses and the dashboard's.</summary>
    /// <exception cref="StackRefusedException">One of them is taken.</exception>
    public static void Check(FrontDoor frontDoor, IConfiguration configuration)
    {
        Check(frontDoor.Url, "the front door", "--FrontDoorPort=N");
        Check(frontDoor.ManagementUrl, "the management address", "--FrontDoorPort=N, which is the port before it");
        foreach (var (key, what) in new[]
        {
            ("ASPNETCORE_URLS", "the dashboard"),
            ("ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL", "the dashboard's telemetry"),
            ("ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL", "the dashboard's resources"),
        })
        {
            foreach (var url in (configuration[key] ?? string.Empty).Split(';', StringSplitOptions.RemoveEmptyEntries))
            {
                Check(url, what, key);
            }
        }
    }

    private static void Check(string url, string what, string setting)
    {
        // Port 0 takes a free one, and what is no URL is not ours to judge.
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Port == 0)
        {
            return;
        }

        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, address.Port);
            listener.Start();
        }
        catch (SocketException)
        {
            throw new StackRefusedException($"port {address.Port}, for {what}, is taken: end the program that has it, or choose another with {setting}.");
        }
    }
}
