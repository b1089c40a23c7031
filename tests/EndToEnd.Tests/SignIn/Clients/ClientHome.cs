using System.Diagnostics;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.SignIn.Browsing;

namespace GatewayStack.EndToEnd.Tests.SignIn.Clients;

/// <summary>A home folder for command-line clients, and the browser of the person at the keyboard.</summary>
internal sealed class ClientHome : IAsyncDisposable
{
    private const string Script = "/usr/bin/script";

    private readonly TempFolder _folder = new();
    private readonly BrowserSession _browser;

    public ClientHome(BrowserSession browser)
    {
        _browser = browser;

        // The clients say where to go as well; what they start by themselves is this.
        foreach (var name in (string[])["xdg-open", "open"])
        {
            var path = _folder.Write(name, "#!/bin/sh\nexit 0\n");
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }
        }
    }

    private static string Bin => Path.Combine(BuildOutput.NodeClients, "node_modules", ".bin");

    /// <summary>Skips the test where there is no pseudo-terminal to be had, unless nothing may be skipped.</summary>
    public static void RequireTerminal()
    {
        if (!File.Exists(Script))
        {
            const string Missing = "script (util-linux) is not installed.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") is "true", Missing);
            Assert.Fail(Missing);
        }
    }

    public void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_folder.Path, path))!);
        _folder.Write(path, text);
    }

    /// <summary>Runs a client; where it asks for a browser, the visitor answers the pages.</summary>
    public Task<ClientRun> RunAsync(string command, string[] arguments, Visitor? visitor = null, params (string Name, string Value)[] environment) =>
        ClientProcess.RunAsync(Start(Path.Combine(Bin, command), arguments, environment), Open(visitor));

    /// <summary>Runs it on a terminal of its own, wide enough for what it prints.</summary>
    public Task<ClientRun> RunOnTerminalAsync(string command, Visitor visitor) =>
        ClientProcess.RunAsync(Start(Script, ["-qfec", "stty cols 1000; exec " + command, "/dev/null"], []), Open(visitor), waitsForInput: true);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _folder.Dispose();
    }

    private Func<Uri, Task> Open(Visitor? visitor) => url => visitor is null
        ? throw new InvalidOperationException("Nobody was to sign in, and there it is sent: " + url.GetLeftPart(UriPartial.Path))
        : _browser.VisitAsync(url, visitor);

    private ProcessStartInfo Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = _folder.Path,
        };
        start.Environment["PATH"] = string.Join(Path.PathSeparator, _folder.Path, Bin, Environment.GetEnvironmentVariable("PATH"));
        start.Environment["HOME"] = _folder.Path;
        start.Environment["BROWSER"] = Path.Combine(_folder.Path, "xdg-open");
        start.Environment["CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC"] = "1";
        start.Environment["DISABLE_AUTOUPDATER"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return start;
    }
}
