using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Cli.Tests.Issuers;

namespace GatewayStack.Cli.Tests.SignIn;

/// <summary><c>gatewaystack login</c> with a browser.</summary>
public sealed class LoginTests : IAsyncLifetime
{
    private readonly CliUser _user = new() { Browser = StubIssuer.BrowseAsync };
    private StubIssuer _issuer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _issuer = await StubIssuer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _issuer.DisposeAsync();
        _user.Dispose();
    }

    [Fact]
    public async Task Signs_in_with_nothing_but_the_gateways_address()
    {
        var run = await LoginAsync();
        run.Code.ShouldBe(ExitCodes.Done, run.Error);
        run.Output.ShouldBeEmpty();
        run.Error.ShouldContain("Dr. Alice Smith");
        var asked = _issuer.Authorizations.Single();
        asked["response_type"].ShouldBe("code");
        asked["code_challenge_method"].ShouldBe("S256");
        asked["resource"].ShouldBe(_issuer.Origin);
        asked["scope"].Split(' ').ShouldBe(["chat:write", "calendar:read", "offline_access"]);
        var redirect = new Uri(asked["redirect_uri"]);
        redirect.Host.ShouldBe("127.0.0.1");
        redirect.Port.ShouldBeGreaterThan(0);
        var login = _user.Store.Read("default").ShouldNotBeNull();
        (login.Gateway, login.Issuer, login.ClientId).ShouldBe((_issuer.Origin, _issuer.Issuer, "registered-1"));
    }

    [Fact]
    public async Task The_files_are_the_users_own()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await LoginAsync();
        Modes.Of(_user.Folder).ShouldBe(Modes.OwnFolder);
        foreach (var file in Directory.GetFiles(_user.Folder))
        {
            Modes.Of(file).ShouldBe(Modes.OwnFile, file);
        }
    }

    [Fact]
    public async Task Nothing_secret_is_printed()
    {
        (string Verb, string[] Args)[] runs = [("login", ["login", "--gateway", _issuer.Origin]), ("whoami", ["whoami"]), ("whoami", ["whoami", "--json"]), ("logout", ["logout"])];
        foreach (var (verb, args) in runs)
        {
            var run = await _user.RunAsync(args);
            run.Code.ShouldBe(0, verb + run.Error);
            _issuer.Secrets.ShouldAllBe(secret => !run.Output.Contains(secret) && !run.Error.Contains(secret), verb);
        }
    }

    [Fact]
    public async Task Registers_once_for_any_port_and_keeps_the_id()
    {
        await LoginAsync();
        await LoginAsync();
        var registered = _issuer.Registrations.ShouldHaveSingleItem();
        registered["redirect_uris"]!.AsArray().Select(u => u!.ToString()).ShouldBe(["http://127.0.0.1/callback"]);
        registered["token_endpoint_auth_method"]!.ToString().ShouldBe("none");
        registered["application_type"]!.ToString().ShouldBe("native");
        _issuer.Authorizations.Select(a => a["client_id"]).ShouldBe(["registered-1", "registered-1"]);
        (await LoginAsync("--client", "https://tools.example.com/client.json")).Code.ShouldBe(0);
        _issuer.Authorizations.Last()["client_id"].ShouldBe("https://tools.example.com/client.json");
    }

    [Fact]
    public async Task Where_the_demo_issuer_is_the_client_is_known()
    {
        _issuer.Path = "/demo/";
        (await LoginAsync()).Code.ShouldBe(0);
        _issuer.Authorizations.Single()["client_id"].ShouldBe("demo-cli");
        _issuer.Registrations.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_issuer_does_not_list_is_not_asked()
    {
        _issuer.Edit = (name, document) => document["scopes_supported"] = name == "server" ? new JsonArray("openid") : document["scopes_supported"]?.DeepClone();
        await LoginAsync("--scope", "chat:write");
        _issuer.Authorizations.Single()["scope"].ShouldBe("chat:write");
    }

    [Fact]
    public async Task An_issuer_that_refuses_to_be_told_the_resource_is_not_told()
    {
        (await LoginAsync("--no-resource")).Code.ShouldBe(0);
        var login = _user.Store.Read("default")!;
        _user.Store.Write("default", login with { ExpiresAt = login.IssuedAt });
        (await _user.RunAsync("token")).Code.ShouldBe(0);
        _issuer.Authorizations.Single().ShouldNotContainKey("resource");
        _issuer.Forms.Count.ShouldBe(2);
        _issuer.Forms.ShouldAllBe(f => !f.Form.ContainsKey("resource"));
    }

    [Theory]
    [InlineData("http://127.0.0.1/idp")]
    [InlineData("HTTP://127.0.0.1/idp/")]
    [InlineData("https://other.example.com/")]
    [InlineData(null)]
    public async Task Metadata_of_another_issuer_is_not_used(string? issuer)
    {
        _issuer.Edit = (name, document) =>
        {
            if (name == "server")
            {
                document["issuer"] = issuer?.Replace("127.0.0.1", new Uri(_issuer.Origin).Authority, StringComparison.Ordinal);
            }
        };
        await RefusedAsync("it is not used");
        _issuer.Authorizations.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_gateway_that_calls_itself_otherwise_is_not_used()
    {
        _issuer.Edit = (name, document) => document["resource"] = name == "resource" ? "https://other.example.com" : null;
        await RefusedAsync("it is https://other.example.com");
    }

    [Theory]
    [InlineData("http://issuer.example.com/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://a@issuer.example.com/")]
    public async Task Nothing_is_sent_to_an_unsafe_issuer(string issuer)
    {
        _issuer.Edit = (name, document) => document["authorization_servers"] = name == "resource" ? new JsonArray(issuer) : null;
        await RefusedAsync("is not an https address");
    }

    [Theory]
    [InlineData("authorization_endpoint")]
    [InlineData("token_endpoint")]
    [InlineData("registration_endpoint")]
    public async Task Nothing_is_sent_to_an_unsafe_endpoint(string endpoint)
    {
        _issuer.Edit = (_, document) => document[endpoint] = "http://issuer.example.com/x";
        await RefusedAsync("is not an https address");
        _issuer.Forms.ShouldBeEmpty();
    }

    [Fact]
    public async Task Plain_PKCE_is_no_PKCE()
    {
        _issuer.Edit = (_, document) => document["code_challenge_methods_supported"] = new JsonArray("plain");
        await RefusedAsync("S256");
    }

    [Fact]
    public async Task An_answer_of_another_issuer_is_not_exchanged()
    {
        _issuer.EditAnswer = answer => answer["iss"] = "https://other.example.com/";
        await RefusedAsync("does not say that it comes from");
        _issuer.Forms.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_without_its_issuer_is_not_exchanged_where_the_issuer_says_it_sends_it()
    {
        _issuer.EditAnswer = answer => answer.Remove("iss");
        await RefusedAsync("does not say that it comes from");
        _issuer.Edit = (_, document) => document["authorization_response_iss_parameter_supported"] = false;
        (await LoginAsync()).Code.ShouldBe(0);
    }

    [Fact]
    public async Task A_refusal_is_told()
    {
        _issuer.EditAnswer = answer =>
        {
            answer.Remove("code");
            answer["error"] = "access_denied";
            answer["error_description"] = "no\u001b[31m thanks";
        };
        var run = await RefusedAsync("access_denied (no?[31m thanks)");
        run.Error.ShouldNotContain('\u001b');
    }

    [Fact]
    public async Task A_refusal_that_quotes_a_secret_is_cut()
    {
        _issuer.Token = form => StubIssuer.Refuse("invalid_grant", "unknown code " + form["code"]);
        var run = await RefusedAsync("invalid_grant");
        _issuer.Secrets.ShouldAllBe(secret => !run.Error.Contains(secret));
    }

    [Fact]
    public async Task Whatever_else_comes_to_the_port_is_turned_away_and_the_wait_goes_on()
    {
        var statuses = new List<HttpStatusCode>();
        _user.Browser = async page =>
        {
            var query = System.Web.HttpUtility.ParseQueryString(page.Query);
            var (redirect, state) = (new Uri(query["redirect_uri"]!), query["state"]!);
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            foreach (var wrong in (string[])["/", "/favicon.ico", "/callback", "/callback?code=x&state=y", $"/callback?code=x&state={state}&state={state}", $"/other?code=x&state={state}"])
            {
                statuses.Add((await http.GetAsync(new Uri(redirect, wrong))).StatusCode);
            }

            statuses.Add((await http.PostAsync(new Uri(redirect, $"/callback?code=x&state={state}"), content: null)).StatusCode);
            using var rebound = new HttpRequestMessage(HttpMethod.Get, new Uri(redirect, $"/callback?code=x&state={state}")) { Headers = { Host = "evil.example.com" } };
            statuses.Add((await http.SendAsync(rebound)).StatusCode);
            await SendAsync(redirect.Port, "nonsense\r\n\r\n");
            await SendAsync(redirect.Port, string.Empty);
            await StubIssuer.BrowseAsync(page);
        };
        (await LoginAsync()).Code.ShouldBe(0);
        await _user.Browsing;
        statuses.Count.ShouldBe(8);
        statuses.ShouldAllBe(s => s == HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_browser_is_told_that_it_is_over_and_the_page_is_inert()
    {
        var page = new TaskCompletionSource<HttpResponseMessage>();
        _user.Browser = async address =>
        {
            using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
            page.SetResult(await http.GetAsync(address, Cancel));
        };
        await LoginAsync();
        using var response = await page.Task;
        (await response.Content.ReadAsStringAsync(Cancel)).ShouldContain("You may close this page");
        response.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_who_signs_in_ends_the_wait()
    {
        _user.Browser = _ => Task.CompletedTask;
        var run = await LoginAsync("--timeout", "1s");
        run.Code.ShouldBe(ExitCodes.SignInNeeded);
        run.Error.ShouldContain("nobody signed in");
        File.Exists(_user.LoginFile).ShouldBeFalse();
    }

    [Fact]
    public async Task Without_a_browser_the_address_is_printed()
    {
        _user.Browser = null;
        using var stop = new CancellationTokenSource();
        var running = _user.RunAsync(stop.Token, "login", "--gateway", _issuer.Origin, "--no-browser", "--timeout", "1s");
        var run = await running;
        run.Error.ShouldContain(_issuer.Origin + "/authorize?response_type=code");
        run.Error.ShouldContain("--device");
    }

    [Theory]
    [InlineData("http://192.0.2.1:0/callback")]
    [InlineData("https://127.0.0.1:0/callback")]
    [InlineData("http://127.0.0.1.example.com:0/callback")]
    public async Task The_browser_comes_back_to_this_machine_only(string redirect) => await RefusedAsync("this machine", "--redirect", redirect);

    [Fact]
    public async Task A_registered_redirect_is_kept_to_the_letter()
    {
        var port = TestServers.TestPorts.Free();
        var redirect = $"http://localhost:{port}/signed-in";
        (await LoginAsync("--redirect", redirect, "--client", "mine")).Code.ShouldBe(0);
        _issuer.Authorizations.Single()["redirect_uri"].ShouldBe(redirect);
    }

    [Fact]
    public async Task A_gateway_that_is_not_there_is_named()
    {
        var run = await _user.RunAsync("login", "--gateway", TestServers.TestPorts.Address().AbsoluteUri);
        run.Code.ShouldBe(ExitCodes.Unreachable);
        run.Error.ShouldContain("nothing listens there");
    }

    [Fact]
    public async Task A_failed_sign_in_leaves_the_one_before()
    {
        await LoginAsync();
        var before = File.ReadAllText(_user.LoginFile);
        _issuer.EditAnswer = answer => answer["iss"] = "https://other.example.com/";
        await RefusedAsync("does not say");
        File.ReadAllText(_user.LoginFile).ShouldBe(before);
    }

    private Task<CliRun> LoginAsync(params string[] more) => _user.RunAsync(["login", "--gateway", _issuer.Origin, .. more]);

    private async Task<CliRun> RefusedAsync(string why, params string[] more)
    {
        var run = await LoginAsync(more);
        run.Code.ShouldBe(ExitCodes.Refused, run.Error);
        run.Error.ShouldContain(why);
        return run;
    }

    private static async Task SendAsync(int port, string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port, Cancel);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Cancel);
    }
}
