using System.Net;
using System.Net.Sockets;
using GatewayStack.TestServers;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>A port that accepts connections and does with each what a test says.</summary>
internal sealed class RawServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<Socket, Task> _serve;
    private readonly List<Socket> _accepted = [];
    private readonly Task _running;

    public RawServer(Func<Socket, Task> serve)
    {
        _serve = serve;
        _listener.Start();
        Address = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";
        _running = RunAsync();
    }

    public string Address { get; }

    /// <summary>A port on which nobody listens.</summary>
    public static string Closed() => $"http://127.0.0.1:{TestPorts.Free()}";

    /// <summary>Reads what comes and says nothing.</summary>
    public static async Task SayNothing(Socket socket)
    {
        var buffer = new byte[4096];
        while (await socket.ReceiveAsync(buffer) > 0)
        {
        }
    }

    /// <summary>Waits for the first message and cuts the connection.</summary>
    public static async Task ResetAfterMessage(Socket socket)
    {
        var seen = 0;
        var buffer = new byte[64 * 1024];
        // The preface, settings and headers of a call are well below, a question of this size is above.
        while (seen < 8_000)
        {
            var read = await socket.ReceiveAsync(buffer);
            if (read == 0)
            {
                return;
            }

            seen += read;
        }

        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    public void Dispose()
    {
        _listener.Stop();
        lock (_accepted)
        {
            _accepted.ForEach(s => s.Dispose());
        }
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync();
                lock (_accepted)
                {
                    _accepted.Add(socket);
                }

                _ = ServeAsync(socket);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        try
        {
            await _serve(socket);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
        }
    }
}
