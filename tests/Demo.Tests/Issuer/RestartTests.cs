using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using GatewayStack.Demo.Server;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>What stays over a restart, what ends with a session, and what is never written down.</summary>
public sealed class RestartTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keys_registrations_consent_and_refresh_tokens_stay_over_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("gatewaystack-demo-");
        try
        {
            var options = new DemoServerOptions { Issuer = "http://127.0.0.1:8080/demo/", GatewayUrl = new Uri("http://127.0.0.1:8080"), KeyFolder = Path.Combine(folder.FullName, "demo") };
            string id, refresh, keys;
            Dictionary<string, string> cookies;
            await using (var server = await DemoServer.StartAsync(options, Cancel))
            {
                using var http = Http(server);
                id = (await RegistrationTests.RegisterAsync(http, """{"redirect_uris":["https://app.example/cb"]}""")).Json["client_id"]!.GetValue<string>();
                var client = new IssuerClient(http, id, "https://app.example/cb");
                var browser = new IssuerBrowser(http);
                var answer = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read offline_access"), "alice")).Location!);
                answer["iss"].ShouldBe("http://127.0.0.1:8080/demo/");
                refresh = (await client.RedeemAsync(answer["code"])).Json["refresh_token"]!.GetValue<string>();
                cookies = browser.Cookies;
                keys = await http.GetStringAsync("/demo/jwks", Cancel);
            }

            if (!OperatingSystem.IsWindows())
            {
                foreach (var file in Directory.GetFiles(options.KeyFolder))
                {
                    File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
                }
            }

            await using var again = await DemoServer.StartAsync(options, Cancel);
            using var second = Http(again);
            (await second.GetStringAsync("/demo/jwks", Cancel)).ShouldBe(keys);
            var same = new IssuerClient(second, id, "https://app.example/cb");
            var (status, json) = await same.RefreshAsync(refresh);
            status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
            (await same.RefreshAsync(refresh)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
            var known = new IssuerBrowser(second);
            foreach (var (name, value) in cookies)
            {
                known.Cookies[name] = value;
            }

            same.Answer((await known.OpenAsync(same.AuthorizeUrl("calendar:read offline_access", ("prompt", "none")))).Location!).ShouldContainKey("code");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Who_signs_out_is_signed_out_of_what_they_signed_in_with()
    {
        await using var gateway = await StubGateway.StartAsync();
        await using var server = await DemoServer.StartAsync(new DemoServerOptions { GatewayUrl = gateway.Address }, Cancel);
        using var http = Http(server);
        var client = new IssuerClient(http, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(http);
        var answer = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read offline_access"), "alice")).Location!);
        var refresh = (await client.RedeemAsync(answer["code"])).Json["refresh_token"]!.GetValue<string>();
        var kept = browser.Cookies["__Host-demo-session"];
        var page = await browser.OpenAsync("/demo/connect/logout");
        (await browser.PressAsync(page, "x", "y", change: (fields, request) =>
        {
            request.Headers.Remove("Sec-Fetch-Site");
            request.Headers.Add("Sec-Fetch-Site", "cross-site");
        })).Status.ShouldBe(HttpStatusCode.BadRequest);
        browser.Cookies.ShouldContainKey("__Host-demo-session");

        (await browser.PressAsync(page, "x", "y")).Html.ShouldContain("You are signed out");
        browser.Cookies.ShouldNotContainKey("__Host-demo-session");
        browser.Cookies["__Host-demo-session"] = kept;
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        (await client.RefreshAsync(refresh)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task Nothing_secret_is_logged_and_refusals_are_counted()
    {
        using var logs = new Lines();
        using var listener = new MeterListener();
        ConcurrentQueue<string> counted = [];
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "gatewaystack.demo.issuer_refusals")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) => counted.Enqueue(string.Join(' ', tags.ToArray().Select(t => t.Value))));
        listener.Start();
        using var factory = LoggerFactory.Create(l => l.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
        await using var server = await DemoServer.StartAsync(new DemoServerOptions { GatewayUrl = new Uri("http://127.0.0.1:1"), LoggerFactory = factory }, Cancel);
        using var http = Http(server);
        var client = new IssuerClient(http, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(http);
        var code = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read offline_access"), "alice")).Location!)["code"];
        var (_, tokens) = await client.RedeemAsync(code);
        await client.RefreshAsync(tokens["refresh_token"]!.GetValue<string>());
        await client.RedeemAsync(code);
        await browser.PressAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "demo_decision", "allow", change: (fields, _) => fields.Remove("demo_ticket"));

        string[] secrets = [code, client.Verifier, tokens["access_token"]!.GetValue<string>(), tokens["refresh_token"]!.GetValue<string>(), .. browser.Cookies.Values];
        var text = string.Join('\n', logs.All);
        foreach (var secret in secrets)
        {
            text.ShouldNotContain(secret);
        }

        counted.ShouldContain("token invalid_grant");
        counted.ShouldContain("authorize not_our_form");
    }

    private static HttpClient Http(DemoServer server) => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server.Address };

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> All { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            All.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
