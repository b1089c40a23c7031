using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>One instance of a host as its users run it: a process of its own, at addresses it keeps over restarts.</summary>
public sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    private readonly ProcessOutput _output = new();
    private readonly string _assembly;
    private readonly string _folder;
    private readonly string _ready;
    private readonly IReadOnlyDictionary<string, string> _settings;
    private Process? _process;

    /// <param name="name">Name of the instance, such as <c>policy-2</c>.</param>
    /// <param name="assembly">The host's assembly.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="health">Its health address.</param>
    /// <param name="ready">A part of the line by which it says that it listens.</param>
    /// <param name="settings">Its settings, as on the command line.</param>
    public ServiceProcess(string name, string assembly, string folder, Uri health, string ready, IReadOnlyDictionary<string, string> settings)
    {
        Name = name;
        _assembly = assembly;
        _folder = folder;
        Health = health;
        _ready = ready;
        _settings = settings;
    }

    public string Name { get; }

    public Uri Health { get; }

    /// <summary>All that it printed, over all its runs.</summary>
    public string Output => _output.Text;

    public bool IsRunning => _process is { HasExited: false };

    public int ProcessId => _process!.Id;

    /// <summary>Starts it, again where it ran before, and waits until it listens.</summary>
    public async Task StartAsync()
    {
        var listening = _output.LineAsync(line => line.Contains(_ready, StringComparison.Ordinal));
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _folder };
        Array.ForEach(GatewayProcess.NotInherited, name => start.Environment.Remove(name));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";

        // Nobody looks into it, and one that is killed would leave the pipes for that in the temporary folder.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(_assembly);
        foreach (var (key, value) in _settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        _process = Process.Start(start)!;
        _output.Attach(_process);
        using var deadline = new CancellationTokenSource(LongestStart);
        if (await Task.WhenAny(listening, _process.WaitForExitAsync(deadline.Token)) != listening)
        {
            _process.Kill();
            throw new InvalidOperationException($"{Name} did not start:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>Starts it where it ran before, and waits until it is ready.</summary>
    public async Task StartAgainAsync()
    {
        await StartAsync();
        await BecomeHealthyAsync();
    }

    /// <summary>Waits until it says that it is ready.</summary>
    public async Task BecomeHealthyAsync()
    {
        var believed = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        if (_settings.TryGetValue("Service:Tls:Authority", out var authority))
        {
            believed.CustomTrustStore.ImportFromPemFile(authority);
        }

        using var http = new HttpClient(new SocketsHttpHandler { SslOptions = { CertificateChainPolicy = believed } });
        var healthy = await Eventually.GetAsync(async () =>
        {
            try
            {
                using var answer = await http.GetAsync(Health);
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        }, ready => ready || !IsRunning);
        if (!healthy)
        {
            throw new InvalidOperationException($"{Name} does not become healthy:{Environment.NewLine}{Output}");
        }
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>SIGTERM, as an orchestrator stops it; waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> TerminateAsync()
    {
        await SignalAsync("TERM");
        await _process!.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    /// <summary>Sends a signal, such as <c>STOP</c> or <c>CONT</c>.</summary>
    public async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, ProcessId.ToString()]);
        await kill.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process?.Dispose();
    }
}
