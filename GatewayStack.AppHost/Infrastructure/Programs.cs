using System.ComponentModel;
using System.Diagnostics;

namespace GatewayStack.AppHost.Infrastructure;

/// <summary>Runs a program that prepares a server's data.</summary>
internal static class Programs
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Runs it to its end.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="StackRefusedException">It cannot be started, failed, or took more than a minute.</exception>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments)
    {
        // Another user that it becomes may not be able to stand where this one does.
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = "/" };
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var process = Process.Start(start) ?? throw new StackRefusedException($"{program} cannot be started.");
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(limit.Token);
                var error = process.StandardError.ReadToEndAsync(limit.Token);
                await process.WaitForExitAsync(limit.Token);
                var told = (await error).Split('\n', StringSplitOptions.RemoveEmptyEntries);
                return process.ExitCode == 0
                    ? await output
                    : throw new StackRefusedException($"{program} failed with {process.ExitCode}: {(told.Length == 0 ? (await output).Trim() : told[^1])}");
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw new StackRefusedException($"{program} did not end within {Limit.TotalSeconds} s.");
            }
        }
        catch (Win32Exception e)
        {
            throw new StackRefusedException($"{program} cannot be started: {e.Message}");
        }
    }
}
