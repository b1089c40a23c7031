using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Gateway;

/// <summary>How a gateway is started.</summary>
public sealed record GatewayLaunch
{
    public string Environment { get; init; } = "Development";

    /// <summary>Settings, as on the command line.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Folder of its data.</summary>
    public required string DataPath { get; init; }

    /// <summary>Where it listens; null for an address of its own at each launch.</summary>
    public string? Url { get; init; }

    public static GatewayLaunch At(string dataPath, params (string Key, string Value)[] settings) =>
        new() { DataPath = dataPath, Settings = settings.ToDictionary(s => s.Key, s => s.Value, StringComparer.Ordinal) };
}

/// <summary>The one-process gateway as its users run it: a process of its own, on free ports, with real sockets.</summary>
public sealed partial class GatewayProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(3);

    /// <summary>What of our own environment would change how it runs.</summary>
    internal static readonly string[] NotInherited =
    [
        "OPENAI_API_KEY", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "ASPNETCORE_ENVIRONMENT", "DOTNET_ENVIRONMENT", "OTEL_EXPORTER_OTLP_ENDPOINT", "DOTNET_STARTUP_HOOKS",
    ];

    private readonly ProcessOutput _output;
    private Process _process;

    private GatewayProcess(GatewayLaunch launch, ProcessOutput output, Process process, Uri address, Uri management)
    {
        Launch = launch;
        _output = output;
        _process = process;
        Address = address;
        Management = management;
    }

    public GatewayLaunch Launch { get; }

    public Uri Address { get; }

    public Uri Management { get; }

    /// <summary>All that it printed, over all its runs.</summary>
    public string Output => _output.Text;

    public static async Task<GatewayProcess> StartAsync(GatewayLaunch launch)
    {
        var output = new ProcessOutput();
        var (process, address, management) = await LaunchAsync(launch, output);
        return new GatewayProcess(launch, output, process, address, management);
    }

    /// <summary>Runs a gateway that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output)> RunToEndAsync(GatewayLaunch launch)
    {
        var output = new ProcessOutput();
        using var process = Process.Start(Command(launch))!;
        try
        {
            output.Attach(process);
            using var deadline = new CancellationTokenSource(LongestStart);
            await process.WaitForExitAsync(deadline.Token);
            return (process.ExitCode, output.Text);
        }
        finally
        {
            process.Kill();
        }
    }

    /// <summary>SIGKILL: nothing in the process runs any more.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
    }

    /// <summary>SIGTERM, as an orchestrator stops it.</summary>
    /// <returns>The exit code, once it has ended.</returns>
    public async Task<int> TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", _process.Id.ToString()]))
        {
            await kill.WaitForExitAsync(CancellationToken.None);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        return _process.ExitCode;
    }

    /// <summary>Starts it again, at the same addresses and on the same data.</summary>
    public async Task StartAgainAsync()
    {
        var settings = new Dictionary<string, string>(Launch.Settings, StringComparer.Ordinal) { ["Management:Url"] = Origin(Management) };
        (_process, _, _) = await LaunchAsync(Launch with { Url = Origin(Address), Settings = settings }, _output);
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                await KillAsync();
            }
        }
        catch (InvalidOperationException)
        {
            // Killed by the test, and not started again.
        }
    }

    private static async Task<(Process Process, Uri Address, Uri Management)> LaunchAsync(GatewayLaunch launch, ProcessOutput output)
    {
        var listening = output.LineAsync(line => line.StartsWith("GatewayStack listens on ", StringComparison.Ordinal));
        var process = Process.Start(Command(launch))!;
        output.Attach(process);
        using var deadline = new CancellationTokenSource(LongestStart);
        var ended = process.WaitForExitAsync(deadline.Token);
        if (await Task.WhenAny(listening, ended) != listening)
        {
            process.Kill();
            throw new InvalidOperationException("The gateway did not start:" + System.Environment.NewLine + output.Text);
        }

        var addresses = Listening().Match(await listening);
        var address = new Uri(addresses.Groups["door"].Value);
        using var http = new HttpClient { BaseAddress = address };
        (await Eventually.GetAsync(() => http.GetAsync("/health"), answer => answer.IsSuccessStatusCode)).EnsureSuccessStatusCode();
        return (process, address, new Uri(addresses.Groups["management"].Value));
    }

    private static ProcessStartInfo Command(GatewayLaunch launch)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = launch.DataPath,
        };
        Array.ForEach(NotInherited, name => start.Environment.Remove(name));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = launch.Environment;
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(BuildOutput.Gateway);
        var own = GatewayLaunch.At(launch.DataPath, ("urls", launch.Url ?? Origin(TestPorts.Address())), ("Management:Url", Origin(TestPorts.Address())), ("Data:Path", Path.Combine(launch.DataPath, "data")));
        foreach (var (key, value) in own.Settings.Concat(Patience.Settings).Concat(launch.Settings))
        {
            start.ArgumentList.Add($"--{key}={value}");
        }

        return start;
    }

    private static string Origin(Uri address) => address.GetLeftPart(UriPartial.Authority);

    [GeneratedRegex(@"listens on (?<door>\S+?)(,.*)? \(administration on (?<management>\S+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listening();
}
