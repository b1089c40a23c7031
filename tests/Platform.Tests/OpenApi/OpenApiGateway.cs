using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.Platform.Tests.Architecture;
using GatewayStack.TestServers;

namespace GatewayStack.Platform.Tests.OpenApi;

/// <summary>The one-process gateway with its demo, and an issuer whose people may administer.</summary>
public sealed partial class OpenApiGateway : IAsyncLifetime
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("gatewaystack-openapi-");
    private readonly List<HttpClient> _clients = [];
    private TestIssuer? _issuer;
    private Process? _process;

    /// <summary>The front door.</summary>
    public HttpClient FrontDoor { get; private set; } = null!;

    /// <summary>The management address.</summary>
    public HttpClient Management { get; private set; } = null!;

    /// <summary>A token for the front door and administration, with these scopes.</summary>
    public string Token(string scopes) => _issuer!.Token(Caller.New(scopes));

    /// <summary>A token of one of the demo's people.</summary>
    /// <param name="user">The person.</param>
    /// <param name="mcp">The MCP server that it is for; null for the API.</param>
    public async Task<string> DemoTokenAsync(string user, string? mcp = null)
    {
        var resource = mcp is null ? string.Empty : $",\"resource\":\"{new Uri(FrontDoor.BaseAddress!, "mcp/" + mcp)}\"";
        using var body = new StringContent($"{{\"user\":\"{user}\"{resource}}}", new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/demo/token", UriKind.Relative)) { Content = body };
        request.Headers.Accept.ParseAdd("text/plain");
        using var answer = await FrontDoor.SendAsync(request, TestContext.Current.CancellationToken);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        var build = new DirectoryInfo(AppContext.BaseDirectory);
        var gateway = Repository.PathOf(Path.Combine("services/GatewayStack.Gateway/bin", build.Parent!.Name, build.Name, "GatewayStack.Gateway.dll"));
        // The demo's issuer is the first.
        var settings = _issuer.Settings(1).Select(s => $"--{s.Key}={s.Value}");
        string[] arguments = ["exec", gateway, $"--urls=http://127.0.0.1:{TestPorts.Free()}", $"--Management:Url=http://127.0.0.1:{TestPorts.Free()}", $"--Data:Path={_data.FullName}", .. settings, .. Patience.Arguments];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false, WorkingDirectory = _data.FullName };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment.Remove("OPENAI_API_KEY");
        start.Environment.Remove("ASPNETCORE_URLS");
        _process = Process.Start(start)!;
        var printed = new StringBuilder();
        while (await _process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            printed.AppendLine(line);
            if (Listens().Match(line) is { Success: true } match)
            {
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                FrontDoor = Client(match.Groups["door"].Value);
                Management = Client(match.Groups["management"].Value);
                await KnowIssuerAsync();
                return;
            }
        }

        throw new InvalidOperationException("The gateway did not start: " + printed);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        if (_process is not null)
        {
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
            _process.Dispose();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        _data.Delete(recursive: true);
    }

    // An issuer's keys are fetched when it is first seen, which on a busy machine takes longer than a request waits.
    private async Task KnowIssuerAsync()
    {
        for (var attempt = 0; attempt < 50; attempt++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("/me/limits", UriKind.Relative));
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token("chat:write"));
            using var answer = await FrontDoor.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                return;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    private HttpClient Client(string address)
    {
        var client = new HttpClient { BaseAddress = new Uri(address) };
        _clients.Add(client);
        return client;
    }

    [GeneratedRegex(@"^GatewayStack listens on (?<door>http://127\.0\.0\.1:\d+) \(administration on (?<management>http://127\.0\.0\.1:\d+)\)", RegexOptions.ExplicitCapture)]
    private static partial Regex Listens();
}
