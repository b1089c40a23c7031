using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace GatewayStack.Limits.Tests.Redis;

/// <summary>Stands in front of a Redis and says that it is version 5.</summary>
internal sealed partial class OldVersionProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;

    public OldVersionProxy(int target)
    {
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync(target);
    }

    public int Port { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    [GeneratedRegex(@"(?<before>redis_version:|version\r\n\$\d+\r\n)\d", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex MajorVersion();

    private async Task AcceptAsync(int target)
    {
        var pumps = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, target, _stop.Token);
                pumps.Add(PumpAsync(client, server, text => text));
                pumps.Add(PumpAsync(server, client, text => MajorVersion().Replace(text, "${before}5")));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(pumps);
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to, Func<string, string> change)
    {
        using (from)
        {
            try
            {
                var buffer = new byte[64 * 1024];
                for (int read; (read = await from.GetStream().ReadAsync(buffer, _stop.Token)) > 0;)
                {
                    await to.GetStream().WriteAsync(Encoding.Latin1.GetBytes(change(Encoding.Latin1.GetString(buffer, 0, read))), _stop.Token);
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
            {
                // One side is gone.
            }
        }
    }
}
