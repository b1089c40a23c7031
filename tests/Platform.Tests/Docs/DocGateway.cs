using System.Diagnostics;
using System.Text.RegularExpressions;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.TestServers;

namespace GatewayStack.Platform.Tests.Docs;

/// <summary>A fresh gateway with the demo, as a newcomer starts it, on a free port.</summary>
internal sealed partial class DocGateway : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _data;

    private DocGateway(Process process, DirectoryInfo data, string address, string management)
    {
        _process = process;
        _data = data;
        Address = address;
        Management = management;
    }

    public string Address { get; }

    public string Management { get; }

    /// <summary>The command line as it was built, where a page runs it from its source; a page's gateway administers at the usual address.</summary>
    public string CommandLine => $"dotnet exec {Built("services/GatewayStack.Cli/bin", "gatewaystack.dll")} \"$@\" --management {Management}";

    public static async Task<DocGateway> StartAsync(CancellationToken cancellationToken)
    {
        var gateway = Built("services/GatewayStack.Gateway/bin", "GatewayStack.Gateway.dll");
        var management = $"http://127.0.0.1:{TestPorts.Free()}";
        var data = Directory.CreateTempSubdirectory("gatewaystack-docs-");
        string[] arguments = ["exec", gateway, $"--urls=http://127.0.0.1:{TestPorts.Free()}", $"--Management:Url={management}", $"--Data:Path={data.FullName}", .. Patience.Arguments];
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = data.FullName,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment.Remove("ASPNETCORE_URLS");
        var process = Process.Start(start)!;
        var printed = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            printed.Add(line);
            if (Listens().Match(line) is { Success: true } match)
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                return new DocGateway(process, data, match.Groups["url"].Value, management);
            }
        }

        process.Dispose();
        data.Delete(recursive: true);
        throw new InvalidOperationException("The gateway did not start: " + string.Join('\n', printed));
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        _data.Delete(recursive: true);
    }

    // The same configuration and framework as this test was built for.
    private static string Built(string folder, string assembly)
    {
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        return Repository.PathOf(Path.Combine(folder, build.Parent!.Name, build.Name, assembly));
    }

    [GeneratedRegex(@"^GatewayStack listens on (?<url>http://127\.0\.0\.1:\d+)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listens();
}
