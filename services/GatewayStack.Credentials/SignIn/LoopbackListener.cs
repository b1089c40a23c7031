using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GatewayStack.Credentials.SignIn;

/// <summary>Waits on this machine for the browser's answer (RFC 8252, 7.3). Takes one answer; whatever else comes is turned away, and the wait goes on.</summary>
internal sealed class LoopbackListener : IDisposable
{
    private const int MostBytes = 16 * 1024;
    private const int MostAtOnce = 16;
    private static readonly TimeSpan LongestRequest = TimeSpan.FromSeconds(10);

    private readonly List<TcpListener> _listeners;
    private readonly SemaphoreSlim _room = new(MostAtOnce);

    private LoopbackListener(List<TcpListener> listeners, Uri redirect)
    {
        _listeners = listeners;
        Redirect = redirect;
    }

    /// <summary>Where the browser is to come back to.</summary>
    public Uri Redirect { get; }

    /// <summary>A redirect as it is registered: a native client may come back on any port (RFC 8252, 7.3).</summary>
    public static string Registered(Uri redirect) => redirect.Port == 0 ? new UriBuilder(redirect) { Port = -1 }.Uri.AbsoluteUri : redirect.AbsoluteUri;

    /// <summary>Listens.</summary>
    /// <exception cref="CredentialException">It is no address of this machine, or the port is taken.</exception>
    public static LoopbackListener Start(Uri redirect)
    {
        if (redirect is not { Scheme: "http", Query: "", Fragment: "", UserInfo: "" } || !SafeAddress.IsThisMachine(redirect))
        {
            throw new CredentialException(CredentialFault.Refused, "the browser comes back to an http address of this machine, such as http://127.0.0.1:0/callback");
        }

        var named = IPAddress.TryParse(redirect.IdnHost, out var address);
        var listeners = new List<TcpListener>();
        try
        {
            var port = Listen(listeners, named ? address! : IPAddress.Loopback, redirect.Port);
            if (!named && Socket.OSSupportsIPv6)
            {
                // A browser takes either for localhost. Where another program has the other one, this one is enough for most.
                TryListen(listeners, IPAddress.IPv6Loopback, port);
            }

            return new LoopbackListener(listeners, new UriBuilder(redirect) { Port = port }.Uri);
        }
        catch (SocketException e)
        {
            listeners.ForEach(l => l.Dispose());
            throw new CredentialException(CredentialFault.Unreachable, $"port {redirect.Port} of {redirect.Host} cannot be listened on: it may be taken", e);
        }
    }

    /// <summary>Waits for the answer to a state.</summary>
    /// <param name="state">The state that was sent.</param>
    /// <param name="isGood">Which of two pages the person is shown.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<AuthorizationAnswer> AnswerAsync(string state, Func<AuthorizationAnswer, bool> isGood, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answer = new TaskCompletionSource<AuthorizationAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepting = _listeners.ConvertAll(listener => AcceptAsync(listener, state, isGood, answer, stop.Token));
        try
        {
            return await answer.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync();
            Dispose();
            await Task.WhenAll(accepting);
        }
    }

    public void Dispose() => _listeners.ForEach(l => l.Dispose());

    private static int Listen(List<TcpListener> listeners, IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        listeners.Add(listener);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void TryListen(List<TcpListener> listeners, IPAddress address, int port)
    {
        var listener = new TcpListener(address, port);
        try
        {
            listener.Start();
            listeners.Add(listener);
        }
        catch (SocketException)
        {
            listener.Dispose();
        }
    }

    private async Task AcceptAsync(
        TcpListener listener, string state, Func<AuthorizationAnswer, bool> isGood, TaskCompletionSource<AuthorizationAnswer> answer, CancellationToken stop)
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                await _room.WaitAsync(stop);
                var client = await listener.AcceptTcpClientAsync(stop);
                open.RemoveAll(t => t.IsCompleted);
                open.Add(ServeAsync(client, state, isGood, answer, stop));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client, string state, Func<AuthorizationAnswer, bool> isGood, TaskCompletionSource<AuthorizationAnswer> answer, CancellationToken stop)
    {
        using var own = client;
        using var longest = CancellationTokenSource.CreateLinkedTokenSource(stop);
        longest.CancelAfter(LongestRequest);
        AuthorizationAnswer? taken = null;
        try
        {
            var stream = client.GetStream();
            var request = LoopbackRequest.Parse(await ReadAsync(stream, longest.Token));
            taken = request is { Method: "GET" } && request.Path == Redirect.AbsolutePath && request.Host == Redirect.Authority ? AuthorizationAnswer.Read(request.Query, state) : null;
            await stream.WriteAsync(taken is null ? LoopbackPage.NotFound : isGood(taken) ? LoopbackPage.Done : LoopbackPage.Failed, longest.Token);
            client.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Whoever went away, or took too long: the next one.
        }
        finally
        {
            _room.Release();
            if (taken is not null)
            {
                answer.TrySetResult(taken);
            }
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostBytes];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Encoding.ASCII.GetString(buffer, 0, end);
            }

            if (read == 0)
            {
                break;
            }
        }

        return string.Empty;
    }
}
