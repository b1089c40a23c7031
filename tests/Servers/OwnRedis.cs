using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GatewayStack.TestServers;

/// <summary>A Redis of a test's own, in a temporary folder, that the test may stop, kill and start again.</summary>
/// <remarks>Skipped (or failed, with CI=true) where the shared server is missing, because then Redis is not installed.</remarks>
internal sealed class OwnRedis : IAsyncDisposable
{
    public const string Password = "own-redis-password";

    private readonly string _folder = Directory.CreateTempSubdirectory("gs-redis-").FullName;
    private readonly string[] _settings;
    private Process? _process;

    private OwnRedis(string[] settings) => _settings = settings;

    public int Port { get; } = TestPorts.Free();

    /// <summary>Connection string, for StackExchange.Redis.</summary>
    public string Connection => $"127.0.0.1:{Port},password={Password}";

    /// <summary>Starts a server with further settings, such as <c>--appendonly yes</c>; without any it keeps nothing on disk.</summary>
    public static async Task<OwnRedis> StartNewAsync(params string[] settings)
    {
        _ = Servers.Redis;
        var redis = new OwnRedis(settings);
        await redis.StartAsync();
        return redis;
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder, "--requirepass", Password, "--save", string.Empty, "--enable-debug-command", "yes", .. _settings,
        ];
        _process = Process.Start(new ProcessStartInfo("redis-server", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if (await ExecuteAsync("PING") == "+PONG")
                {
                    return;
                }

                await Task.Delay(50);
            }
            catch (SocketException) when (attempt < 1200 && !_process.HasExited)
            {
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Runs one command on a connection of its own. Gives the first line of the answer as it came, such as <c>+OK</c>.</summary>
    public async Task<string> ExecuteAsync(params string[] command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Request("AUTH", Password) + Request(command)));
        await reader.ReadLineAsync();
        return await reader.ReadLineAsync() ?? string.Empty;
    }

    /// <summary>Ends it at once, as the kernel does (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Freezes it: connections stay, and new ones are made, but nothing is answered.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    /// <summary>Lets it go on.</summary>
    public Task ThawAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static string Request(params string[] parts) => $"*{parts.Length}\r\n" + string.Concat(parts.Select(p => $"${p.Length}\r\n{p}\r\n"));
}
