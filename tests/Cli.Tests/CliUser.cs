using System.Diagnostics;
using System.Text;
using GatewayStack.Credentials.Logins;

namespace GatewayStack.Cli.Tests;

/// <summary>What a run printed, and how it ended.</summary>
internal sealed record CliRun(int Code, string Output, string Error);

/// <summary>Somebody with a folder of their own, and a browser that the test plays.</summary>
internal sealed class CliUser : IDisposable
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("gatewaystack-cli-");

    private LockedWriter _error = new();

    public CliUser() => Store = new LoginStore(Folder);

    /// <summary>Where sign-ins are kept; not there before the first.</summary>
    public string Folder => Path.Combine(_home.FullName, "gatewaystack");

    public string LoginFile => Path.Combine(Folder, "default.json");

    public LoginStore Store { get; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Follows the page to its end, as a browser does. Null: there is none.</summary>
    public Func<Uri, Task>? Browser { get; set; }

    /// <summary>What the run under way has said so far.</summary>
    public string Printed => _error.ToString();

    /// <summary>What the browser did last.</summary>
    public Task Browsing { get; private set; } = Task.CompletedTask;

    /// <summary>Runs a command in this process.</summary>
    public Task<CliRun> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public async Task<CliRun> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var stdout = new MemoryStream();
        var stderr = _error = new LockedWriter();
        var setting = new UserSetting { Logins = Store, Time = Time, Browser = Open };
        var code = await CommandLine.RunAsync(args, new Terminal(Stream.Null, stdout, stderr), setting, cancellationToken);
        return new CliRun(code, Encoding.UTF8.GetString(stdout.ToArray()), stderr.ToString());
    }

    /// <summary>Runs a command in a process of its own.</summary>
    public async Task<CliRun> RunProcessAsync(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", ["exec", Built.CommandLine, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false };
        start.Environment[LoginStore.FolderVariable] = Folder;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new CliRun(process.ExitCode, output, await error);
    }

    public void Dispose() => _home.Delete(recursive: true);

    private bool Open(Uri page)
    {
        if (Browser is null)
        {
            return false;
        }

        Browsing = Browser(page);
        return true;
    }
}
