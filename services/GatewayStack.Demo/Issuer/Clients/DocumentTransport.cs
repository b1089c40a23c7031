using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>The way to client id metadata documents: how a name becomes addresses, and how an address is connected to.</summary>
internal sealed record DocumentTransport
{
    /// <summary>Addresses of a host.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>> ResolveAsync { get; init; } = (host, cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);

    /// <summary>Connects to an address that was found to be public.</summary>
    public Func<IPEndPoint, CancellationToken, Task<Stream>> ConnectAsync { get; init; } = ConnectSocketAsync;

    /// <summary>Judges certificates; null leaves it to the system.</summary>
    public RemoteCertificateValidationCallback? CertificateValidation { get; init; }

    /// <summary>How long a document may take from its first address to its last byte.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    private static async Task<Stream> ConnectSocketAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
