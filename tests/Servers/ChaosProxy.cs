using System.Net;
using System.Net.Sockets;

namespace GatewayStack.TestServers;

/// <summary>What a proxy does to its connections.</summary>
internal enum Chaos
{
    /// <summary>Passes everything on.</summary>
    None,

    /// <summary>Ends open connections and resets new ones.</summary>
    Refuse,

    /// <summary>Takes connections and bytes, and passes nothing on.</summary>
    Hang,

    /// <summary>Passes on, late.</summary>
    Slow,

    /// <summary>Passes a few bytes on, then resets: cut in mid-message.</summary>
    Cut,
}

/// <summary>A TCP proxy on loopback that can be told to misbehave, at once and for all its connections.</summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private static readonly TimeSpan Lateness = TimeSpan.FromMilliseconds(300);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Link> _links = [];
    private readonly Task _accepting;
    private volatile IPEndPoint _target;
    private volatile byte[]? _poison;
    private int _mode;

    /// <param name="target">Port on loopback that it passes on to.</param>
    public ChaosProxy(int target)
    {
        _target = new IPEndPoint(IPAddress.Loopback, target);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    public Chaos Mode => (Chaos)Volatile.Read(ref _mode);

    /// <summary>Resets, from here on, every connection on which these bytes are sent to the target: as if they crashed it. Null: none.</summary>
    public void Poison(byte[]? bytes) => _poison = bytes;

    /// <summary>Changes what happens from here on. Connections that were open when it begins to refuse or cut are ended.</summary>
    public void Set(Chaos mode)
    {
        Volatile.Write(ref _mode, (int)mode);
        if (mode is Chaos.Refuse or Chaos.None)
        {
            // Connections that hung hold half a message: they are of no use to anybody after.
            foreach (var link in Links())
            {
                link.Reset();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        foreach (var link in Links())
        {
            link.Reset();
        }

        await _accepting;
        _stop.Dispose();
    }

    private Link[] Links()
    {
        lock (_lock)
        {
            return [.. _links];
        }
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                _ = RunAsync(await _listener.AcceptSocketAsync(_stop.Token));
            }
            catch (SocketException) when (!_stop.IsCancellationRequested)
            {
                // A caller that went before it was served, or no descriptor left for it: the next one may be served.
                await Task.Delay(TimeSpan.FromMilliseconds(20), CancellationToken.None);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task RunAsync(Socket client)
    {
        if (Mode == Chaos.Refuse)
        {
            Link.Reset(client);
            return;
        }

        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var link = new Link(client, server);
        lock (_lock)
        {
            _links.Add(link);
        }

        try
        {
            client.NoDelay = true;
            await server.ConnectAsync(_target, _stop.Token);
            await Task.WhenAny(PumpAsync(client, server, link), PumpAsync(server, client, link));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The target is away: the client sees its connection end.
        }
        finally
        {
            lock (_lock)
            {
                _links.Remove(link);
            }

            link.Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Link link)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;)
            {
                if (from == link.Client && _poison is { } poison && buffer.AsSpan(0, read).IndexOf(poison) >= 0)
                {
                    link.Reset();
                    return;
                }

                switch (Mode)
                {
                    case Chaos.Slow:
                        await Task.Delay(Lateness, _stop.Token);
                        break;
                    case Chaos.Cut:
                        await to.SendAsync(buffer.AsMemory(0, Math.Max(1, read / 2)), _stop.Token);
                        link.Reset();
                        return;
                }

                while (Mode == Chaos.Hang)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(20), _stop.Token);
                }

                for (var sent = 0; sent < read;)
                {
                    sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _stop.Token);
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One side is gone: so is the other.
        }
    }

    private sealed class Link(Socket client, Socket server)
    {
        public Socket Client => client;

        public static void Reset(Socket socket)
        {
            try
            {
                // A linger of 0 sends RST in place of FIN.
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Closed already.
            }

            socket.Dispose();
        }

        public void Reset()
        {
            Reset(client);
            Reset(server);
        }
    }
}
