using System.Diagnostics;
using System.Net;
using GatewayStack.Demo.Tests.Issuer;
using GatewayStack.TestServers;

namespace GatewayStack.Cli.Tests.Gateway;

/// <summary>The one-process gateway with its demo, in a process of its own. Its access tokens live for seconds, and are refused the moment they end.</summary>
public sealed class RealGateway : IAsyncLifetime
{
    // The demo's sixty requests a minute would have a client wait for the next one.
    private const string Limits = """
        { "apiVersion": "gateway.limits/v1", "limits": [{ "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 }] }
        """;

    private static readonly string[] NotInherited = ["OPENAI_API_KEY", "ASPNETCORE_URLS", "ASPNETCORE_HTTP_PORTS", "DOTNET_ENVIRONMENT", "OTEL_EXPORTER_OTLP_ENDPOINT"];

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gatewaystack-cli-gateway-");
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _printed = new();
    private Process? _process;

    public const int TokenSeconds = 12;

    public Uri Address { get; } = TestPorts.Address();

    public Uri Management { get; } = TestPorts.Address();

    /// <summary>All that it printed.</summary>
    public string Output => string.Join('\n', _printed);

    private string Origin => Address.GetLeftPart(UriPartial.Authority);

    public async ValueTask InitializeAsync()
    {
        var limits = Path.Combine(_data.FullName, "limits.json");
        await File.WriteAllTextAsync(limits, Limits);
        string[] settings =
        [
            $"--urls={Origin}", $"--Management:Url={Management.GetLeftPart(UriPartial.Authority)}", $"--Data:Path={Path.Combine(_data.FullName, "data")}",
            $"--Demo:AccessTokenSeconds={TokenSeconds}", "--Identity:Issuers:0:ClockSkewSeconds=0", $"--Limits:File={limits}",
            .. Patience.Arguments,
        ];
        var start = new ProcessStartInfo("dotnet", ["exec", Built.Gateway, .. settings]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false, WorkingDirectory = _data.FullName };
        Array.ForEach(NotInherited, name => start.Environment.Remove(name));
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Print(line.Data);
        _process.ErrorDataReceived += (_, line) => Print(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var longest = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        if (await Task.WhenAny(_listening.Task, _process.WaitForExitAsync(longest.Token)) != _listening.Task)
        {
            throw new InvalidOperationException("The gateway did not start:" + Environment.NewLine + Output);
        }

        using var http = new HttpClient { BaseAddress = Address };
        while (!(await http.GetAsync("/health", longest.Token)).IsSuccessStatusCode)
        {
            await Task.Delay(50, longest.Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _data.Delete(recursive: true);
    }

    /// <summary>A browser in which somebody signs in at the demo issuer's page, allows everything, and goes back to the application.</summary>
    public Func<Uri, Task> Browser(string person) => async page =>
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false }) { BaseAddress = Address };
        var shown = await new IssuerBrowser(http).SignInAsync(page.AbsoluteUri, person);
        if (shown.Location is { } back)
        {
            using var answer = await http.GetAsync(back);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
    };

    /// <summary>Signs somebody in by the command line.</summary>
    internal async Task<CliRun> LoginAsync(CliUser user, string person, params string[] more)
    {
        user.Browser = Browser(person);
        var run = await user.RunAsync(["login", "--gateway", Origin, .. more]);
        run.Code.ShouldBe(0, run.Error);
        return run;
    }

    private void Print(string? line)
    {
        if (line is null)
        {
            return;
        }

        _printed.Enqueue(line);
        if (line.StartsWith("GatewayStack listens on ", StringComparison.Ordinal))
        {
            _listening.TrySetResult();
        }
    }
}

/// <summary>One gateway for all that need one.</summary>
[CollectionDefinition(Name)]
public sealed class RealGateways : ICollectionFixture<RealGateway>
{
    public const string Name = "gateway";
}
