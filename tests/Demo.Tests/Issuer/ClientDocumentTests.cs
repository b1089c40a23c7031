using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Client id metadata documents from servers that behave and from those that do not.</summary>
public sealed class ClientDocumentTests : IAsyncLifetime
{
    private const string Id = "https://app.example/oauth/client.json";
    private const string Redirect = "https://app.example/cb";

    private static readonly IPAddress Public = IPAddress.Parse("93.184.215.14");

    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private readonly List<IPEndPoint> _connected = [];
    private Func<string, IPAddress[]> _resolve = _ => [Public];
    private RequestDelegate _answer = Json($$"""{"client_id":"{{Id}}","client_name":"Example App","redirect_uris":["{{Redirect}}"],"token_endpoint_auth_method":"none"}""");
    private int _fetches;
    private WebApplication? _web;
    private DemoServer? _demo;
    private HttpClient? _http;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        var certificate = Certificate();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        builder.Services.AddRoutingCore();
        _web = builder.Build();
        _web.Run(context =>
        {
            Interlocked.Increment(ref _fetches);
            return _answer(context);
        });
        await _web.StartAsync(CancellationToken.None);
        var port = new Uri(_web.Urls.First()).Port;
        _demo = await DemoServer.StartAsync(
            new DemoServerOptions
            {
                GatewayUrl = new Uri("http://127.0.0.1:1"),
                TimeProvider = _time,
                DocumentTransport = new DocumentTransport
                {
                    Timeout = TimeSpan.FromSeconds(2),
                    ResolveAsync = (host, _) => Task.FromResult(_resolve(host)),
                    CertificateValidation = (_, presented, _, _) => presented!.GetCertHashString() == certificate.GetCertHashString(),
                    ConnectAsync = async (address, cancellationToken) =>
                    {
                        _connected.Add(address);
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        await socket.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                },
            },
            CancellationToken.None);
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = _demo.Address };
    }

    public async ValueTask DisposeAsync()
    {
        _http?.Dispose();
        await _demo!.DisposeAsync();
        await _web!.DisposeAsync();
    }

    [Fact]
    public async Task A_client_signs_in_by_its_document_which_is_read_once()
    {
        var client = new IssuerClient(_http!, Id, Redirect);
        var browser = new IssuerBrowser(_http!);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "alice");
        page.Html.ShouldContain("proved by a document at app.example");
        page.Html.ShouldContain("Example App");
        var (status, json) = await client.RedeemAsync(client.Answer((await browser.AllowAsync(page)).Location!)["code"]);
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(json["access_token"]!.GetValue<string>()).GetPayloadValue<string>("client_id").ShouldBe(Id);
        _fetches.ShouldBe(1);
        _connected.ShouldBe([new IPEndPoint(Public, 443)]);
    }

    [Fact]
    public async Task An_error_goes_to_a_client_by_itself_only_once_somebody_let_it_in()
    {
        var client = new IssuerClient(_http!, Id, Redirect);
        var browser = new IssuerBrowser(_http!);
        foreach (var url in new[] { client.AuthorizeUrl("root"), client.AuthorizeUrl("calendar:read", ("prompt", "none")) })
        {
            var shown = await browser.OpenAsync(url);
            (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null), shown.Html);
            shown.Html.ShouldContain($"<a href=\"{Redirect}?error=");
        }

        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("root"))).Location.ShouldNotBeNull())["error"].ShouldBe("invalid_scope");
    }

    [Fact]
    public async Task A_document_is_read_again_after_an_hour_and_counts_as_it_is_then()
    {
        var client = new IssuerClient(_http!, Id, Redirect);
        (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        _answer = Json($$"""{"client_id":"{{Id}}","client_name":"Example App","redirect_uris":["https://app.example/new"]}""");
        _time.Advance(TimeSpan.FromMinutes(59));
        (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        _fetches.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(2));
        (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, Id, "https://app.example/new").AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        _fetches.ShouldBe(2);
    }

    [Fact]
    public async Task A_strangers_slow_server_holds_up_no_client_of_a_shape_that_is_shipped()
    {
        using var gate = new ManualResetEventSlim();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _resolve = _ =>
        {
            asked.TrySetResult();
            gate.Wait(Cancel);
            return [Public];
        };
        var stranger = new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, Id, Redirect).AuthorizeUrl("calendar:read"));
        try
        {
            await asked.Task.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
            var shipped = new IssuerClient(_http!, "https://chatgpt.com/oauth/conn-7/client.json", "https://chatgpt.com/connector_platform_oauth_redirect");
            var shown = await new IssuerBrowser(_http!).OpenAsync(shipped.AuthorizeUrl("calendar:read")).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
            shown.Has("demo_person").ShouldBeTrue();
            stranger.IsCompleted.ShouldBeFalse();
        }
        finally
        {
            gate.Set();
        }

        await stranger;
    }

    [Fact]
    public async Task A_client_whose_token_ran_out_has_the_person_asked_for_the_part_that_is_theirs()
    {
        var client = new IssuerClient(_http!, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(_http!);
        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "nora")).Location!).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Location!)["error"].ShouldBe("access_denied");
        _time.Advance(TimeSpan.FromMinutes(11));
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Has("demo_decision").ShouldBeTrue();
        _time.Advance(TimeSpan.FromHours(8));
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Has("demo_person").ShouldBeTrue();
    }

    [Fact]
    public async Task A_server_that_is_away_takes_no_sign_in_away_for_a_day()
    {
        var client = new IssuerClient(_http!, Id, Redirect);
        (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        _answer = Status(500);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            _time.Advance(TimeSpan.FromHours(2));
            (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
            (await new IssuerBrowser(_http!).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        }

        // Asked once for each time that it was due, and not for each sign-in.
        _fetches.ShouldBe(3);
        _time.Advance(TimeSpan.FromDays(1));
        await RefusedAsync(Id, "500");
    }

    [Fact]
    public async Task Codes_of_devices_that_ran_out_are_not_kept()
    {
        var device = await DeviceTests.AskAsync(_http!);
        _time.Advance(TimeSpan.FromMinutes(20));
        (await DeviceTests.PollAsync(_http!, device)).Json["error"]!.GetValue<string>().ShouldBe("expired_token");
        _time.Advance(TimeSpan.FromHours(3));
        (await DeviceTests.PollAsync(_http!, device)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_form_and_a_code_do_not_lie_around()
    {
        var client = new IssuerClient(_http!, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(_http!);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "alice");
        _time.Advance(TimeSpan.FromMinutes(31));
        (await browser.AllowAsync(page)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var code = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!)["code"];
        _time.Advance(TimeSpan.FromMinutes(3));
        (await client.RedeemAsync(code)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/api/mcp/auth_callback")]
    [InlineData("https://claude.ai/oauth/claude-code-client-metadata", "http://localhost:61234/callback")]
    [InlineData("https://claude.ai/oauth/claude-code-client-metadata", "http://127.0.0.1:61234/callback")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "http://127.0.0.1:61234/callback")]
    [InlineData("https://chatgpt.com/oauth/conn_1-2/client.json", "https://chatgpt.com/connector/oauth/cb_9-X")]
    [InlineData("https://chatgpt.com/oauth/conn_1-2/client.json", "https://chatgpt.com/connector_platform_oauth_redirect")]
    public async Task Those_that_are_known_beforehand_need_no_fetch(string id, string redirect)
    {
        var client = new IssuerClient(_http!, id, redirect);
        client.Answer((await new IssuerBrowser(_http!).SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location.ShouldNotBeNull()).ShouldContainKey("code");
        _fetches.ShouldBe(0);
    }

    [Theory]
    [InlineData("https://claude.ai/oauth/claude-code-client-metadata", "https://localhost/callback")]
    [InlineData("https://claude.ai/oauth/claude-code-client-metadata", "http://localhost:1/callback/x")]
    [InlineData("https://chatgpt.com/oauth/codex/client.json", "https://chatgpt.com/connector/oauth/x")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com/connector/oauth/")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com/connector/oauth/a/b")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com/connector/oauth/a?x=1")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com.evil.example/connector/oauth/a")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com@evil.example/connector/oauth/a")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com/connector/oauth/%2e%2e")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "https://chatgpt.com/connector/oauth/{callback_id}")]
    [InlineData("https://chatgpt.com/oauth/c/client.json", "http://chatgpt.com/connector/oauth/a")]
    public async Task Their_answers_go_to_their_own_addresses(string id, string redirect)
    {
        var shown = await new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, id, redirect).AuthorizeUrl("calendar:read"));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
    }

    [Theory]
    [InlineData("http://app.example/oauth/client.json")]
    [InlineData("https://app.example")]
    [InlineData("https://app.example/")]
    [InlineData("https://app.example/a/../client.json")]
    [InlineData("https://app.example/./client.json")]
    [InlineData("https://APP.example/client.json")]
    [InlineData("HTTPS://app.example/client.json")]
    [InlineData("https://app.example:443/client.json")]
    [InlineData("https://user@app.example/client.json")]
    [InlineData("https://app.example/client.json#x")]
    [InlineData("https://app.example\\client.json")]
    [InlineData("https://{connector}/client.json")]
    [InlineData("https://chatgpt.com/oauth/a/b/client.json/..")]
    public async Task An_id_that_is_no_plain_https_address_is_not_even_asked(string id)
    {
        await RefusedAsync(id, "plain form");
        (_fetches, _connected.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.1.2.3")]
    [InlineData("172.20.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("169.254.169.254")]
    [InlineData("100.64.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("2001:db8::1")]
    [InlineData("2001::1")]
    [InlineData("fe80::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("ff02::1")]
    public async Task A_name_that_leads_off_the_public_network_is_not_followed(string address)
    {
        foreach (var addresses in (IPAddress[][])[[IPAddress.Parse(address)], [Public, IPAddress.Parse(address)]])
        {
            _resolve = _ => addresses;
            await RefusedAsync($"https://app.example/{addresses.Length}", "not public");
        }

        (_fetches, _connected.Count).ShouldBe((0, 0));
    }

    [Theory]
    [InlineData("https://127.0.0.1/client.json")]
    [InlineData("https://[::1]/client.json")]
    [InlineData("https://[::ffff:169.254.169.254]/client.json")]
    public async Task Nor_is_an_address_in_place_of_a_name(string id)
    {
        _resolve = host => [IPAddress.Parse(host.Trim('[', ']'))];
        var shown = await new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, id, Redirect).AuthorizeUrl("calendar:read"));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        (_fetches, _connected.Count).ShouldBe((0, 0));
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_connected_where_it_was_judged()
    {
        var asked = 0;
        _resolve = _ => [asked++ == 0 ? Public : IPAddress.Loopback];
        await new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, Id, Redirect).AuthorizeUrl("calendar:read"));
        asked.ShouldBe(1);
        _connected.ShouldBe([new IPEndPoint(Public, 443)]);
    }

    public static TheoryData<string, string> Misbehaviour => new()
    {
        { "redirect", "302" },
        { "not found", "404" },
        { "error", "500" },
        { "html", "no JSON" },
        { "broken", "no JSON" },
        { "array", "another application" },
        { "duplicate", "no JSON" },
        { "large", "too large" },
        { "large without length", "too large" },
        { "slow", "in time" },
        { "slow body", "in time" },
        { "compressed", "no JSON" },
        { "other id", "another application" },
        { "id with slash", "another application" },
        { "no id", "another application" },
        { "secret", "shared secret" },
        { "bad redirect", "not fit" },
        { "cut off", "could not be fetched" },
    };

    [Theory]
    [MemberData(nameof(Misbehaviour))]
    public async Task A_document_that_is_not_in_order_is_said_to_be(string how, string says)
    {
        string Document(string id, string more = "") => $$"""{"client_id":"{{id}}","redirect_uris":["{{Redirect}}"]{{more}}}""";
        _answer = how switch
        {
            "redirect" => Redirecting,
            "not found" => Status(404),
            "error" => Status(500),
            "html" => Json(Document(Id), "text/html"),
            "broken" => Json("{"),
            "array" => Json("[]"),
            "duplicate" => Json($$"""{"client_id":"{{Id}}","client_id":"{{Id}}","redirect_uris":["{{Redirect}}"]}"""),
            "large" => Json(Document(Id, $",\"x\":\"{new string('x', 65 * 1024)}\"")),
            "large without length" => EndlessAsync,
            "slow" => context => Task.Delay(Timeout.Infinite, context.RequestAborted),
            "slow body" => HaltingAsync,
            "compressed" => context => Compressed(context, Document(Id)),
            "other id" => Json(Document("https://other.example/oauth/client.json")),
            "id with slash" => Json(Document(Id + "/")),
            "no id" => Json($$"""{"redirect_uris":["{{Redirect}}"]}"""),
            "secret" => Json(Document(Id, ",\"token_endpoint_auth_method\":\"client_secret_post\"")),
            "bad redirect" => Json($$"""{"client_id":"{{Id}}","redirect_uris":["javascript:alert(1)"]}"""),
            _ => CutOff,
        };
        await RefusedAsync(Id, says);
        _connected.Count.ShouldBe(1);

        // It is not asked again at once: nobody hammers somebody through us.
        await RefusedAsync(Id, says);
        _connected.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_certificate_that_is_not_good_ends_it()
    {
        await using var strict = await DemoServer.StartAsync(
            new DemoServerOptions
            {
                GatewayUrl = new Uri("http://127.0.0.1:1"),
                DocumentTransport = new DocumentTransport
                {
                    ResolveAsync = (_, _) => Task.FromResult<IPAddress[]>([Public]),
                    ConnectAsync = async (_, cancellationToken) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                        await socket.ConnectAsync(IPAddress.Loopback, new Uri(_web!.Urls.First()).Port, cancellationToken);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                },
            },
            Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = strict.Address };
        (await new IssuerBrowser(http).OpenAsync(new IssuerClient(http, Id, Redirect).AuthorizeUrl("calendar:read"))).Html.ShouldContain("could not be fetched");
        _fetches.ShouldBe(0);
    }

    private static Task Redirecting(HttpContext context)
    {
        context.Response.Redirect("https://169.254.169.254/");
        return Task.CompletedTask;
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        for (var i = 0; i < 2000; i++)
        {
            await context.Response.WriteAsync(new string(' ', 1024), context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static async Task HaltingAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("{", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await Task.Delay(Timeout.Infinite, context.RequestAborted);
    }

    private static Task Compressed(HttpContext context, string text)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        return Json(text)(context);
    }

    private static Task CutOff(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static RequestDelegate Json(string text, string type = "application/json") => context =>
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(text), context.RequestAborted).AsTask();
    };

    private static RequestDelegate Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=app.example", key, HashAlgorithmName.SHA256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private async Task RefusedAsync(string id, string says)
    {
        var shown = await new IssuerBrowser(_http!).OpenAsync(new IssuerClient(_http!, id, Redirect).AuthorizeUrl("calendar:read"));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        shown.Html.ShouldContain(says);
        shown.Html.ShouldContain("invalid_client");
    }
}
