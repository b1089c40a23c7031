using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Dynamic registration, from the usual to the absurd.</summary>
public sealed class RegistrationTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_registered_client_signs_in_and_is_shown_as_unverified()
    {
        var (status, json) = await RegisterAsync(demo.Http, """
            {"client_name":"My Agent","redirect_uris":["http://localhost:3000/cb"],"grant_types":["authorization_code","refresh_token"],"response_types":["code"],
             "token_endpoint_auth_method":"client_secret_basic","scope":"calendar:read","logo_uri":"https://logo.example","software_id":"x"}
            """);
        status.ShouldBe(HttpStatusCode.Created, json.ToJsonString());
        json["token_endpoint_auth_method"]!.GetValue<string>().ShouldBe("none");
        json.ShouldNotContainKey("client_secret");
        json["redirect_uris"]!.AsArray().Select(u => u!.GetValue<string>()).ShouldBe(["http://localhost:3000/cb"]);
        var client = new IssuerClient(demo.Http, json["client_id"]!.GetValue<string>(), "http://localhost:4999/cb");
        var browser = new IssuerBrowser(demo.Http);

        // What it registered is what it asks for where it does not say, and no ceiling.
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl(scope: null)), "alice");
        page.Fields()["demo_grant"].ShouldBe(["calendar:read"]);
        page.Html.ShouldContain("unverified");
        page = await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write offline_access"));
        page.Fields()["demo_grant"].ShouldBe(["calendar:read", "calendar:write", "offline_access"]);
        var tokens = await client.RedeemAsync(client.Answer((await browser.AllowAsync(page)).Location!)["code"]);
        tokens.Status.ShouldBe(HttpStatusCode.OK);
        tokens.Json["refresh_token"].ShouldNotBeNull();
    }

    [Theory]
    [InlineData("""{"redirect_uris":["https://app.example/cb"]}""")]
    [InlineData("""{"redirect_uris":["http://127.0.0.1/cb","http://[::1]:9/cb","com.example.app:/cb"]}""")]
    [InlineData("""{"redirect_uris":["http://localhost/cb"],"grant_types":["urn:ietf:params:oauth:grant-type:device_code","authorization_code"]}""")]
    public async Task What_is_in_order_is_registered(string body) => (await RegisterAsync(demo.Http, body)).Status.ShouldBe(HttpStatusCode.Created);

    public static TheoryData<string, string> Absurd => new()
    {
        { "", "invalid_client_metadata" },
        { "[]", "invalid_client_metadata" },
        { "null", "invalid_client_metadata" },
        { "{}", "invalid_redirect_uri" },
        { """{"redirect_uris":[]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":"https://app.example/cb"}""", "invalid_redirect_uri" },
        { """{"redirect_uris":[1]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/cb"],"redirect_uris":["https://evil.example/cb"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["http://app.example/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://localhost.evil.example/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["http://localhost@evil.example/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://user:pass@app.example/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/cb#fragment"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/a/../cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/cb","javascript:alert(1)"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["data:text/html,x"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["file:///etc/passwd"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["about:blank"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["myapp:/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/{callback_id}"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/c b"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.exämple/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example\\@evil.example/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["/cb"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/LONG"]}""", "invalid_redirect_uri" },
        { """{"redirect_uris":["https://app.example/cb"],"client_name":7}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"client_name":"LONG"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"scope":["a"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"grant_types":["client_credentials"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"grant_types":"authorization_code"}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"response_types":["token"]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"x":[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]}""", "invalid_client_metadata" },
        { """{"redirect_uris":["https://app.example/cb"],"client_name":"\ud800"}""", "invalid_client_metadata" },
    };

    [Theory]
    [MemberData(nameof(Absurd))]
    public async Task What_is_absurd_is_refused(string body, string error)
    {
        var (status, json) = await RegisterAsync(demo.Http, body.Replace("LONG", new string('a', 1001), StringComparison.Ordinal));
        status.ShouldBe(HttpStatusCode.BadRequest);
        json["error"]!.GetValue<string>().ShouldBe(error);
        json["error_description"]!.GetValue<string>().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task What_is_too_large_or_no_JSON_is_refused()
    {
        (await RegisterAsync(demo.Http, $$"""{"redirect_uris":["https://app.example/cb"],"x":"{{new string('x', 17 * 1024)}}"}""")).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var response = await demo.Http.PostAsync(
            "/demo/connect/register", new StringContent("""{"redirect_uris":["https://app.example/cb"]}""", Encoding.UTF8, "text/plain"), Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("Claude\u202Eedualc", "Claudeedualc")]
    [InlineData("  My\u0000 \u200BAgent\r\n\t ", "My Agent")]
    [InlineData("<b>bold</b>", "<b>bold</b>")]
    [InlineData("\u200B\u2066", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [InlineData("Zoë e\u0301 日本語", "Zoë e\u0301 日本語")]
    [InlineData("a\u0300\u0300\u0300\u0300\u0300", "a\u0300\u0300")]
    public void Names_are_made_fit_to_be_shown(string? name, string? shown) => ClientName.Clean(name).ShouldBe(shown);

    [Fact]
    public void No_name_is_long() => ClientName.Clean(new string('x', 500))!.Length.ShouldBe(60);

    [Fact]
    public async Task A_name_is_text_on_the_page()
    {
        var (_, json) = await RegisterAsync(demo.Http, """{"client_name":"<img src=x onerror=alert(1)>","redirect_uris":["https://app.example/cb"]}""");
        var client = new IssuerClient(demo.Http, json["client_id"]!.GetValue<string>(), "https://app.example/cb");
        var browser = new IssuerBrowser(demo.Http);
        var who = await browser.OpenAsync(client.AuthorizeUrl("calendar:read"));
        var page = await browser.PickAsync(who, "alice");
        foreach (var shown in new[] { who, page })
        {
            shown.Html.ShouldNotContain("<img");
            shown.Html.ShouldContain("&lt;img");
        }
    }

    [Fact]
    public async Task A_flood_is_refused_and_what_is_kept_has_a_bound()
    {
        await using var server = await DemoServer.StartAsync(
            new DemoServerOptions { GatewayUrl = new Uri("http://127.0.0.1:1"), ClientBounds = new ClientBounds { Burst = 6, PerMinute = 0, Kept = 3 } }, Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server.Address };
        List<string> ids = [];
        for (var i = 0; i < 6; i++)
        {
            var (status, json) = await RegisterAsync(http, """{"redirect_uris":["https://app.example/cb"]}""");
            status.ShouldBe(HttpStatusCode.Created);
            ids.Add(json["client_id"]!.GetValue<string>());
            if (i == 0)
            {
                // Somebody signs in with the first: it stays while others go.
                var used = new IssuerClient(http, ids[0], "https://app.example/cb");
                used.Answer((await new IssuerBrowser(http).SignInAsync(used.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
            }
        }

        var (flooded, error) = await RegisterAsync(http, """{"redirect_uris":["https://app.example/cb"]}""");
        flooded.ShouldBe(HttpStatusCode.TooManyRequests);
        error["error"]!.GetValue<string>().ShouldBe("temporarily_unavailable");

        // Clients with a document are none the worse for it.
        var other = new IssuerClient(http, "https://chatgpt.com/oauth/conn-1/client.json", "https://chatgpt.com/connector/oauth/x");
        (await new IssuerBrowser(http).OpenAsync(other.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        List<string> kept = [];
        foreach (var id in ids)
        {
            var shown = await new IssuerBrowser(http).OpenAsync(new IssuerClient(http, id, "https://app.example/cb").AuthorizeUrl("calendar:read"));
            if (shown.Has("demo_person"))
            {
                kept.Add(id);
            }
        }

        // One of the three places went to the document.
        kept.Count.ShouldBe(2);
        kept.ShouldContain(ids[0]);
        (await new IssuerBrowser(http).OpenAsync(new IssuerClient(http, "demo-cli", "http://127.0.0.1/callback").AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
    }

    internal static async Task<(HttpStatusCode Status, JsonObject Json)> RegisterAsync(HttpClient http, string body)
    {
        using var response = await http.PostAsync("/demo/connect/register", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!);
    }
}
