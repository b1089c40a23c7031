using System.Diagnostics;
using Npgsql;

namespace GatewayStack.TestServers;

/// <summary>A Postgres of a test's own, in a temporary folder, that the test may stop, kill and start again.</summary>
/// <remarks>Skipped (or failed, with CI=true) where the shared server is missing, because then Postgres is not installed.</remarks>
internal sealed class OwnPostgres : IAsyncDisposable
{
    private readonly string _bin;
    private readonly string _folder;
    private readonly int _port;
    private Process? _process;

    private OwnPostgres(string bin, string folder, int port)
    {
        _bin = bin;
        _folder = folder;
        _port = port;
    }

    /// <summary>Connection string of the superuser, without a database.</summary>
    public string Superuser => $"Host=127.0.0.1;Port={_port};Username=postgres;Password=own;Timeout=5";

    /// <summary>Process id of the postmaster; 0 while it is down.</summary>
    public int ProcessId => _process?.Id ?? 0;

    /// <param name="certificates">With what it takes TLS connections, too; null for none.</param>
    public static async Task<OwnPostgres> StartNewAsync(TestCertificates? certificates = null)
    {
        _ = Servers.Postgres;
        var bin = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(d => int.TryParse(Path.GetFileName(d), out var v) ? v : 0).Select(d => Path.Combine(d, "bin")).First(d => File.Exists(Path.Combine(d, "initdb")))
            : string.Empty;
        var folder = Directory.CreateTempSubdirectory("gs-postgres-").FullName;
        var server = new OwnPostgres(bin, folder, TestPorts.Free());
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, "own");
        if (certificates is not null)
        {
            File.Copy(certificates.Certificate, server.Certificate);
            File.Copy(certificates.Key, server.Key);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(server.Key, UnixFileMode.UserRead);
            }
        }

        if (Environment.UserName == "root")
        {
            await RunAsync("chown", ["-R", "postgres:", folder]);
        }

        await server.RunServerToolAsync("initdb", ["-D", server.Data, "-U", "postgres", "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts the server and waits until it answers.</summary>
    public async Task StartAsync()
    {
        string[] tls = File.Exists(Key) ? ["-c", "ssl=on", "-c", "ssl_cert_file=" + Certificate, "-c", "ssl_key_file=" + Key] : [];
        string[] own = ["-D", Data, "-p", $"{_port}", "-h", "127.0.0.1", "-k", "", "-c", "fsync=off", "-c", "logging_collector=off", .. tls];
        _process = Process.Start(Command("postgres", own))!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{Superuser};Database=postgres;Pooling=false");
                await connection.OpenAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 1200 && !_process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    /// <summary>Kills the server and all its processes at once, as a lost machine would.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            var children = Children();

            // The children notice that the postmaster is gone, but only after a while: they must not answer in the meantime.
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();

            // And each has its end when a busy machine lets it run: until the last one has, the memory they share is in use, and no other postmaster starts.
            while (children.Any(IsRunning))
            {
                await Task.Delay(10);
            }

            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Ends the server in order, without waiting for its clients.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await RunAsync("kill", ["-INT", $"{process.Id}"]);
            await process.WaitForExitAsync();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Freezes the server, its children too: connections stay, nothing answers.</summary>
    public Task FreezeAsync() => SignalAllAsync("-STOP");

    /// <summary>Lets a frozen server go on.</summary>
    public Task ThawAsync() => SignalAllAsync("-CONT");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await ThawAsync();
        }

        await KillAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Data => Path.Combine(_folder, "data");

    private string Certificate => Path.Combine(_folder, "server.pem");

    private string Key => Path.Combine(_folder, "server.key");

    private async Task SignalAllAsync(string signal)
    {
        // The postmaster first: a frozen one makes no new children.
        await RunAsync("kill", [signal, $"{ProcessId}"]);
        var children = Children();
        if (children.Length > 0)
        {
            await RunAsync("kill", [signal, .. children], mayFail: true);
        }
    }

    // Where the system tells.
    private string[] Children() => Directory.Exists("/proc")
        ? [.. Directory.GetDirectories("/proc").Select(d => Path.GetFileName(d)).Where(d => int.TryParse(d, out _) && StatOf(d) is [_, var parent, ..] && parent == $"{ProcessId}")]
        : [];

    private static bool IsRunning(string process) => StatOf(process) is [not "Z", ..];

    // What stands behind the name: state, parent, and more.
    private static string[] StatOf(string process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private Task RunServerToolAsync(string tool, string[] arguments) => RunAsync(Command(tool, arguments), mayFail: false);

    // Postgres refuses to run as root.
    private ProcessStartInfo Command(string tool, string[] arguments) => Environment.UserName == "root"
        ? Info("setpriv", ["--reuid=postgres", "--regid=postgres", "--clear-groups", Path.Combine(_bin, tool), .. arguments])
        : Info(Path.Combine(_bin, tool), arguments);

    private static Task RunAsync(string file, string[] arguments, bool mayFail = false) => RunAsync(Info(file, arguments), mayFail);

    private static async Task RunAsync(ProcessStartInfo info, bool mayFail)
    {
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0 && !mayFail)
        {
            throw new InvalidOperationException($"{info.FileName} failed: {await errors}");
        }
    }

    private static ProcessStartInfo Info(string file, string[] arguments) =>
        new(file, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
}
