using System.Net;
using System.Net.Sockets;
using GatewayStack.Platform.Tests.Security;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Hosts;

/// <summary>The six hosts as processes: how they refuse, wait, become ready and stop. What they do together is the end-to-end suite's.</summary>
public sealed class HostTests : IDisposable
{
    private static readonly string[] All = ["Identity", "Transform", "Policy", "Limits", "Audit", "Router"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gatewaystack-hosts-");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Without_settings_they_say_everything_that_is_missing_and_touch_nothing()
    {
        foreach (var (service, (code, error)) in await EndAsync(All.Select(s => (s, Data(), Array.Empty<string>()))))
        {
            code.ShouldBe(2, service);
            var lines = error.Split('\n');
            lines[0].ShouldStartWith("GatewayStack does not start: ", customMessage: error);
            lines.Count(l => l.TrimStart().StartsWith("Service:Credential is missing", StringComparison.Ordinal)).ShouldBe(1, error);
            error.Contains("Service:Callers", StringComparison.Ordinal).ShouldBe(service != "Router", error);
            error.Contains("Identity:PublicUrl", StringComparison.Ordinal).ShouldBe(service != "Router", error);
            error.Contains("services:identity:http:0", StringComparison.Ordinal).ShouldBe(service != "Identity", error);
            error.Contains("services:policy:grpc:0", StringComparison.Ordinal).ShouldBe(service == "Router", error);
            error.ShouldNotContain("   at ");
        }

        _folder.GetFileSystemInfos("*", SearchOption.AllDirectories).ShouldBeEmpty();
    }

    [Fact]
    public async Task Started_to_migrate_they_ask_for_nothing_else_and_end()
    {
        foreach (var (service, (code, error)) in await EndAsync(All.Select(s => (s, Data(), (string[])["--migrate"]))))
        {
            (code, error).ShouldBe((0, string.Empty), service);
        }
    }

    [Fact]
    public async Task One_that_waits_for_Identity_can_be_stopped()
    {
        await using var policy = HostProcess.Start("Policy", Settings("policy", identity: new Uri("http://127.0.0.1:1")));
        await policy.SayAsync("Waiting for identity");
        (await policy.TerminateAsync()).ShouldBe((0, string.Empty));
    }

    [Fact]
    public async Task One_whose_credential_Identity_refuses_says_so_in_a_line()
    {
        await using var identity = await ModuleHost.StartAsync("identity");
        var settings = Settings("policy", identity.Http, identity.Grpc).Append(new("Service:Credential", new string('w', 40)));
        await using var policy = HostProcess.Start("Policy", settings);
        var (code, error) = await policy.EndAsync();
        code.ShouldBe(2);
        error.ShouldStartWith("GatewayStack does not start: identity refuses this service's calls.");
        error.ShouldNotContain("\n");
    }

    [Fact]
    public async Task One_is_ready_when_its_own_path_has_run_and_stops_when_told()
    {
        var (http, grpc, keys) = (TestPorts.Free(), TestPorts.Free(), TestPorts.Free());
        var settings = Settings("transform", new Uri($"http://127.0.0.1:{keys}"))
            .Concat([new("Kestrel:Endpoints:http:Url", $"http://127.0.0.1:{http}"), new("Kestrel:Endpoints:grpc:Url", $"http://127.0.0.1:{grpc}")]);
        await using var transform = HostProcess.Start("Transform", settings);
        await transform.ListenAsync();
        transform.Output.ShouldContain($"GatewayStack transform listens on http://127.0.0.1:{http}, http://127.0.0.1:{grpc}");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{http}") };
        (await client.GetStringAsync(new Uri("/alive", UriKind.Relative), Stop)).ShouldBe("alive");
        using (var before = await client.GetAsync(new Uri("/health", UriKind.Relative), Stop))
        {
            before.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await before.Content.ReadAsStringAsync(Stop)).ShouldBe("unhealthy");
        }

        // Identity comes up, and with it the keys that verify assertions.
        using var issuer = new TestAssertions();
        await using var identity = await PublishAsync(issuer, keys);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await HealthAsync(client) != HttpStatusCode.OK)
        {
            await Task.Delay(50, limit.Token);
        }

        (await transform.TerminateAsync()).ShouldBe((0, string.Empty));
    }

    [Fact]
    public async Task A_port_that_is_taken_and_a_folder_that_is_in_use_are_told_in_a_line()
    {
        await using var identity = await ModuleHost.StartAsync("identity");
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var settings = Settings("policy", identity.Http, identity.Grpc).ToList();
        await using (var policy = HostProcess.Start("Policy", settings.Append(new("Kestrel:Endpoints:http:Url", $"http://127.0.0.1:{((IPEndPoint)taken.LocalEndpoint).Port}"))))
        {
            var (code, error) = await policy.EndAsync();
            code.ShouldBe(2);
            error.ShouldContain("address already in use");
            error.ShouldNotContain("   at ");
        }

        await using var first = HostProcess.Start("Policy", settings);
        await first.ListenAsync();
        await using var second = HostProcess.Start("Policy", settings);
        var refused = await second.EndAsync();
        refused.Code.ShouldBe(2, refused.Error);
        refused.Error.ShouldStartWith("GatewayStack does not start: ");
        refused.Error.ShouldContain(Path.Combine(_folder.FullName, "policy"));
        refused.Error.ShouldNotContain("\n");
        (await first.TerminateAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task The_front_door_shows_nothing_internal()
    {
        await using var identity = await ModuleHost.StartAsync("identity");
        var (door, management) = (TestPorts.Free(), TestPorts.Free());
        var away = new Uri("http://127.0.0.1:1");
        var settings = Settings("router", identity.Http, identity.Grpc)
            .Concat(((string[])["transform", "policy", "limits", "audit"]).SelectMany(m => Addresses(m, away, away)))
            .Concat([new("urls", $"http://127.0.0.1:{door}"), new("Management:Url", $"http://127.0.0.1:{management}")]);
        await using var router = HostProcess.Start("Router", settings);
        await router.ListenAsync();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{door}") };
        (await client.GetStringAsync(new Uri("/alive", UriKind.Relative), Stop)).ShouldBe("alive");
        (await HealthAsync(client)).ShouldBe(HttpStatusCode.ServiceUnavailable);

        // A forwarded document, to show that the way in is there; then everything that must not be.
        (await client.GetStringAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), Stop)).ShouldStartWith("identity.jwks|GET|");
        var reached = identity.Seen.Count;
        var calls = identity.Doubles.Calls - identity.Doubles.Watches;
        foreach (var path in GatewayStack.Wire.Security.CallTable.Rows.Select(r => r.Call).Where(c => c.StartsWith('/')).Append("/grpc.health.v1.Health/Check")
            .Concat(Contracts.Router.FrontDoorRoutes.All.Where(r => r.Management).Select(r => r.Pattern)))
        {
            (await StatusAsync(client, path, grpc: true)).ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            (await StatusAsync(client, path, grpc: false)).ShouldBeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
        }

        // Not even with a good credential and the headers of an internal call.
        using var forged = new HttpRequestMessage(HttpMethod.Get, new Uri("/.well-known/jwks.json", UriKind.Relative));
        forged.Headers.Add("x-gateway-service", "router");
        forged.Headers.Add("x-gateway-service-credential", ModuleHost.SecretOf("router"));
        using var answer = await client.SendAsync(forged, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (identity.Seen.Count, identity.Doubles.Calls - identity.Doubles.Watches).ShouldBe((reached, calls));
        (await router.TerminateAsync()).Code.ShouldBe(0);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client, string path, bool grpc)
    {
        using var request = new HttpRequestMessage(grpc ? HttpMethod.Post : HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (grpc)
        {
            request.Content = new ByteArrayContent([0, 0, 0, 0, 0]);
            request.Content.Headers.ContentType = new System.Net.Http.Headers.MediaTypeHeaderValue("application/grpc");
        }

        using var answer = await client.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> HealthAsync(HttpClient client)
    {
        using var answer = await client.GetAsync(new Uri("/health", UriKind.Relative), Stop);
        return answer.StatusCode;
    }

    private static async Task<(string Service, (int Code, string Error) End)[]> EndAsync(IEnumerable<(string Service, IEnumerable<KeyValuePair<string, string?>> Settings, string[] Arguments)> starts) =>
        await Task.WhenAll(starts.Select(async s =>
        {
            await using var process = HostProcess.Start(s.Service, s.Settings, s.Arguments);
            return (s.Service, await process.EndAsync());
        }));

    private static async Task<WebApplication> PublishAsync(TestAssertions issuer, int port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapGet("/.well-known/jwks.json", async (HttpContext http) => await http.Response.WriteAsync(await issuer.GetAsync(http.RequestAborted)));
        await app.StartAsync(Stop);
        return app;
    }

    private static IEnumerable<KeyValuePair<string, string?>> Addresses(string module, Uri http, Uri grpc) =>
        [new($"services:{module}:http:0", http.GetLeftPart(UriPartial.Authority)), new($"services:{module}:grpc:0", grpc.GetLeftPart(UriPartial.Authority))];

    private IEnumerable<KeyValuePair<string, string?>> Data() => [new("Data:Path", _folder.FullName)];

    /// <summary>What a service needs beside its own module's settings.</summary>
    private IEnumerable<KeyValuePair<string, string?>> Settings(string service, Uri identity, Uri? identityGrpc = null)
    {
        IEnumerable<KeyValuePair<string, string?>> settings =
        [
            new("Data:Path", _folder.FullName),
            new("Service:Credential", ModuleHost.SecretOf(service)),
            new("Identity:PublicUrl", TestAssertions.Issuer),
            .. Addresses("identity", identity, identityGrpc ?? identity),
        ];
        return service == "router"
            ? settings
            : settings.Concat(
            [
                new("Service:Callers:router", ModuleHost.SecretOf("router")),
                new("Kestrel:Endpoints:http:Url", "http://127.0.0.1:0"),
                new("Kestrel:Endpoints:grpc:Url", "http://127.0.0.1:0"),
                .. Addresses("audit", new Uri("http://127.0.0.1:1"), new Uri("http://127.0.0.1:1")),
            ]);
    }
}
