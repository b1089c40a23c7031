using System.Diagnostics;
using GatewayStack.Platform.Tests.Architecture;

namespace GatewayStack.Platform.Tests.Hosts;

/// <summary>One of the hosts as a process of its own, from the build's output.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly List<string> _lines = [];
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private HostProcess(Process process)
    {
        _process = process;
        _error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        process.OutputDataReceived += (_, line) => Take(line.Data);
        process.BeginOutputReadLine();
    }

    /// <summary>What it printed so far, but for errors.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static HostProcess Start(string service, IEnumerable<KeyValuePair<string, string?>> settings, params ReadOnlySpan<string> arguments)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var assembly = Repository.PathOf($"services/GatewayStack.{service}.Service/bin/{configuration}/net10.0/GatewayStack.{service}.Service.dll");
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = Path.GetTempPath() };
        foreach (var name in start.Environment.Keys.Where(k => k.Contains("__", StringComparison.Ordinal) || k.StartsWith("ASPNETCORE_", StringComparison.Ordinal) || k.StartsWith("OTEL_", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(assembly);
        foreach (var (key, value) in settings)
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new HostProcess(Process.Start(start)!);
    }

    /// <summary>Waits for the line that says where it listens.</summary>
    public async Task ListenAsync()
    {
        if (await Task.WhenAny(_listening.Task, _process.WaitForExitAsync(TestContext.Current.CancellationToken)).WaitAsync(Longest, TestContext.Current.CancellationToken) != _listening.Task)
        {
            throw new InvalidOperationException("It does not listen: " + Output + await _error);
        }
    }

    /// <summary>Waits for a line.</summary>
    public async Task SayAsync(string part)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Longest);
        while (!Output.Contains(part, StringComparison.Ordinal))
        {
            await Task.Delay(50, limit.Token);
        }
    }

    /// <summary>Waits for its end.</summary>
    /// <returns>Its exit code, and what it said went wrong.</returns>
    public async Task<(int Code, string Error)> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Longest, TestContext.Current.CancellationToken);
        return (_process.ExitCode, (await _error).Trim());
    }

    /// <summary>Stops it as an orchestrator does.</summary>
    public async Task<(int Code, string Error)> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        lock (_lines)
        {
            _lines.Add(line);
        }

        if (line.StartsWith("GatewayStack ", StringComparison.Ordinal) && line.Contains(" listens on ", StringComparison.Ordinal))
        {
            _listening.TrySetResult();
        }
    }
}
