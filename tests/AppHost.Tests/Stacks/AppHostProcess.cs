using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using GatewayStack.TestServers;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>The AppHost as its user starts it: a process, with the dashboard, stopped by a signal.</summary>
internal sealed class AppHostProcess : IAsyncDisposable
{
    private const int Interrupt = 2;
    private const int Kill = 9;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    private readonly StringBuilder _output = new();
    private readonly TaskCompletionSource _up = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Process _process;

    private AppHostProcess(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public int Id => _process.Id;

    /// <summary>Everything it has printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it, with a dashboard on ports of its own.</summary>
    public static AppHostProcess Start(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "GatewayStack.AppHost.exe" : "GatewayStack.AppHost"), arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_ENVIRONMENT"] = "Development";
        start.Environment["ASPIRE_ALLOW_UNSECURED_TRANSPORT"] = "true";
        start.Environment["ASPNETCORE_URLS"] = $"http://127.0.0.1:{TestPorts.Pair()}";
        start.Environment["ASPIRE_DASHBOARD_OTLP_ENDPOINT_URL"] = $"http://127.0.0.1:{TestPorts.Pair()}";
        start.Environment["ASPIRE_RESOURCE_SERVICE_ENDPOINT_URL"] = $"http://127.0.0.1:{TestPorts.Pair()}";
        return new AppHostProcess(Process.Start(start)!);
    }

    /// <summary>Waits until it says where the demo is: its last words before it is left alone.</summary>
    public async Task WaitUntilUpAsync(CancellationToken cancellationToken)
    {
        var ended = _process.WaitForExitAsync(cancellationToken);
        var first = await Task.WhenAny(_up.Task, ended, Task.Delay(Limit, cancellationToken));
        (first == _up.Task).ShouldBeTrue("It is not up: " + Output);
    }

    /// <summary>Waits for its end.</summary>
    public async Task<int> WaitForExitAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken).WaitAsync(Limit, cancellationToken);
        return _process.ExitCode;
    }

    /// <summary>Ctrl-C.</summary>
    public void PressCtrlC() => Signal(Interrupt);

    /// <summary>A crash.</summary>
    public void Crash() => Signal(Kill);

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            Crash();
            await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Limit);
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (line?.Contains("be refused as Nora", StringComparison.Ordinal) == true)
        {
            _up.TrySetResult();
        }
    }

    private void Signal(int signal) => NativeMethods.kill(_process.Id, signal).ShouldBe(0);

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SYSLIB1054, IDE1006 // A generated import needs unsafe code, and the name is libc's.
        public static extern int kill(int pid, int signal);
#pragma warning restore SYSLIB1054, IDE1006
    }
}
