using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace GatewayStack.TestServers;

/// <summary>Ports for servers whose address must be known before they listen, or kept while they do not. Who can listen on port 0 at once should.</summary>
/// <remarks>
/// Not from the range out of which the system serves outgoing connections and port 0: there, any connection takes a port that was free a moment ago. Each process of tests
/// takes blocks of ports, each claimed by a UDP socket that stays open, so that two of them hand out different ones.
/// </remarks>
internal static class TestPorts
{
    // Above those that browsers and Node refuse to speak HTTP to.
    private const int Lowest = 11_000;
    private const int BlockSize = 50;
    private const string OutgoingRange = "/proc/sys/net/ipv4/ip_local_port_range";

    private static readonly Lock Locked = new();
    private static readonly List<Socket> Claims = [];
    private static int _next;
    private static int _end;

    /// <summary>A free port, given to nobody else.</summary>
    public static int Free() => Take(1);

    /// <summary>A free port with another free one after it, given to nobody else.</summary>
    public static int Pair() => Take(2);

    /// <summary>An address on such a port.</summary>
    public static Uri Address() => new($"http://127.0.0.1:{Free()}");

    private static int Take(int count)
    {
        lock (Locked)
        {
            while (true)
            {
                if (_next + count > _end)
                {
                    ClaimBlock();
                }

                var port = _next;
                _next += count;
                if (Enumerable.Range(port, count).All(IsFree))
                {
                    return port;
                }
            }
        }
    }

    private static void ClaimBlock()
    {
        // Elsewhere than on Linux it is the range that IANA sets aside.
        var highest = File.Exists(OutgoingRange) ? int.Parse(File.ReadAllText(OutgoingRange).Split('\t', ' ')[0], CultureInfo.InvariantCulture) : 49_152;
        var blocks = (highest - Lowest) / BlockSize;
        for (var attempt = 0; attempt < 1000; attempt++)
        {
            var first = Lowest + (Random.Shared.Next(Math.Max(blocks, 100)) * BlockSize);
            var claim = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                claim.Bind(new IPEndPoint(IPAddress.Loopback, first));
                Claims.Add(claim);
                (_next, _end) = (first, first + BlockSize);
                return;
            }
            catch (SocketException)
            {
                claim.Dispose();
            }
        }

        throw new InvalidOperationException("No block of ports is free.");
    }

    private static bool IsFree(int port) => CanListen(IPAddress.Loopback, port) && CanListen(IPAddress.Any, port);

    private static bool CanListen(IPAddress address, int port)
    {
        using var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
