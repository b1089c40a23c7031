using System.Net;
using System.Net.Sockets;

namespace GatewayStack.AppHost.Tests;

internal static class FreePorts
{
    /// <summary>A port that is free together with the one after it: the front door and its management address.</summary>
    public static int Pair()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            if (port == IPEndPoint.MaxPort)
            {
                continue;
            }

            using var second = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken: try another pair.
            }
        }
    }
}
