using System.Net;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>The pages against those who frame them, post to them from elsewhere, or write into them.</summary>
public sealed class PageTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private IssuerClient Cli => new(demo.Http, "demo-cli", "http://127.0.0.1:7/callback");

    [Fact]
    public async Task Nobody_can_frame_them_keep_them_or_learn_from_where_they_lead()
    {
        var browser = new IssuerBrowser(demo.Http);
        var who = await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read"));
        var consent = await browser.PickAsync(who, "alice");
        foreach (var page in new[] { who, consent, await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read", ("client_id", "x"))), await browser.OpenAsync("/demo/device") })
        {
            page.Headers["Content-Security-Policy"].ShouldContain("default-src 'none'");
            page.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
            page.Headers["X-Frame-Options"].ShouldBe("DENY");
            page.Headers["Referrer-Policy"].ShouldBe("no-referrer");
            page.Headers["Cache-Control"].ShouldContain("no-store");
            page.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            page.Html.ShouldNotContain("<script");
            page.Html.ShouldNotContain(" style=");
            page.Html.ShouldContain("<html lang=\"en\">");
            page.Html.ShouldContain("<main>");
        }

        consent.Headers["Content-Security-Policy"].ShouldContain("form-action 'self' http://127.0.0.1:7;");
        (await browser.AllowAsync(consent)).Headers["Cache-Control"].ShouldContain("no-store");
        browser.SetCookies.ShouldAllBe(c => c.StartsWith("__Host-") && c.Contains("secure") && c.Contains("httponly") && c.Contains("samesite=lax") && c.Contains("path=/") && !c.Contains("domain"));
    }

    [Fact]
    public async Task No_cookie_says_who_somebody_is_before_they_said_so()
    {
        var browser = new IssuerBrowser(demo.Http);
        await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read"));
        browser.Cookies.Keys.ShouldBe(["__Host-demo-browser"]);
    }

    public static TheoryData<string> Forgeries =>
        ["cross-site", "same-site", "none", "other origin", "null origin", "no ticket", "two tickets", "broken ticket", "other browser's ticket", "no cookie", "ticket of another request", "ticket of another form"];

    [Theory]
    [MemberData(nameof(Forgeries))]
    public async Task A_decision_that_did_not_come_from_the_page_decides_nothing(string forgery)
    {
        var browser = new IssuerBrowser(demo.Http);
        var who = await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read"));
        var page = await browser.PickAsync(who, "alice");
        var other = new IssuerBrowser(demo.Http);
        var others = await other.PickAsync(await other.OpenAsync(Cli.AuthorizeUrl("calendar:read")), "alice");
        var kept = new Dictionary<string, string>(browser.Cookies, StringComparer.Ordinal);
        var shown = await browser.PressAsync(page, "demo_decision", "allow", change: (fields, request) =>
        {
            switch (forgery)
            {
                case "cross-site" or "same-site" or "none":
                    request.Headers.Remove("Sec-Fetch-Site");
                    request.Headers.Add("Sec-Fetch-Site", forgery);
                    break;
                case "other origin" or "null origin":
                    request.Headers.Remove("Sec-Fetch-Site");
                    request.Headers.Remove("Origin");
                    request.Headers.Add("Origin", forgery == "null origin" ? "null" : "http://127.0.0.1:1");
                    break;
                case "no ticket":
                    fields.Remove("demo_ticket");
                    break;
                case "two tickets":
                    fields["demo_ticket"].Add(fields["demo_ticket"][0]);
                    break;
                case "broken ticket":
                    fields["demo_ticket"][0] = fields["demo_ticket"][0][..^1] + (fields["demo_ticket"][0][^1] == 'A' ? 'B' : 'A');
                    break;
                case "other browser's ticket":
                    fields["demo_ticket"] = others.Fields()["demo_ticket"];
                    break;
                case "no cookie":
                    browser.Cookies.Remove("__Host-demo-browser");
                    break;
                case "ticket of another request":
                    fields["scope"] = ["calendar:read calendar:write"];
                    fields["demo_grant"] = ["calendar:read", "calendar:write"];
                    break;
                default:
                    fields["demo_ticket"] = who.Fields()["demo_ticket"];
                    break;
            }
        });
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        shown.Html.ShouldContain("Nothing was granted");

        // The right form is still good for one right answer.
        foreach (var (name, value) in kept)
        {
            browser.Cookies[name] = value;
        }

        Cli.Answer((await browser.AllowAsync(page)).Location.ShouldNotBeNull()).ShouldContainKey("code");
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("no ticket")]
    [InlineData("another way back")]
    [InlineData("nobody")]
    public async Task Nobody_is_signed_in_from_elsewhere(string forgery)
    {
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read"));
        var shown = await browser.PressAsync(page, "demo_person", forgery == "nobody" ? "mallory" : "alice", change: (fields, request) =>
        {
            switch (forgery)
            {
                case "cross-site":
                    request.Headers.Remove("Sec-Fetch-Site");
                    request.Headers.Add("Sec-Fetch-Site", "cross-site");
                    break;
                case "no ticket":
                    fields.Remove("demo_ticket");
                    break;
                case "another way back":
                    fields["demo_return"] = ["https://evil.example/"];
                    break;
                default:
                    break;
            }
        });
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        browser.Cookies.ShouldNotContainKey("__Host-demo-session");
    }

    [Fact]
    public async Task What_a_request_carries_is_text_on_the_page()
    {
        const string Hostile = "\"><script>alert(1)</script>";
        var browser = new IssuerBrowser(demo.Http);
        var url = Cli.AuthorizeUrl("calendar:read", ("state", Hostile)) + "&" + Uri.EscapeDataString(Hostile) + "=x";
        var who = await browser.OpenAsync(url);
        who.Html.ShouldNotContain("<script");
        var page = await browser.PickAsync(who, "alice");
        page.Html.ShouldNotContain("<script");
        Cli.Answer((await browser.AllowAsync(page)).Location!)["state"].ShouldBe(Hostile);
    }

    [Fact]
    public async Task A_cookie_that_was_made_up_or_kept_too_long_signs_nobody_in()
    {
        var browser = new IssuerBrowser(demo.Http);
        await browser.SignInAsync(Cli.AuthorizeUrl("calendar:read"), "alice");
        var good = browser.Cookies["__Host-demo-session"];
        foreach (var value in new[] { "alice", "", good[..^2] + "AA", browser.Cookies["__Host-demo-browser"] })
        {
            browser.Cookies["__Host-demo-session"] = value;
            (await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Scripts_of_other_origins_may_read_metadata_and_call_what_clients_call_and_not_the_pages()
    {
        foreach (var (path, may) in new[]
        {
            ("/.well-known/oauth-authorization-server/demo", true), ("/demo/.well-known/openid-configuration", true), ("/demo/jwks", true), ("/demo/connect/token", true),
            ("/demo/connect/register", true), ("/demo/authorize", false), ("/demo/device", false), ("/demo/token", false),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "https://app.example");
            using var response = await demo.Http.SendAsync(request, TestContext.Current.CancellationToken);
            response.Headers.Contains("Access-Control-Allow-Origin").ShouldBe(may, path);
            response.Headers.Contains("Access-Control-Allow-Credentials").ShouldBeFalse(path);
        }
    }

    [Theory]
    [InlineData("/demo/authorize")]
    [InlineData("/demo/connect/token")]
    [InlineData("/demo/connect/register")]
    [InlineData("/.well-known/oauth-authorization-server/demo")]
    public async Task A_name_that_is_not_this_machines_gets_nothing(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "rebound.example";
        using var response = await demo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Addresses_in_answers_are_the_configured_ones_whatever_name_was_called()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/demo/.well-known/openid-configuration");
        request.Headers.Host = "localhost:1";
        using var response = await demo.Http.SendAsync(request, TestContext.Current.CancellationToken);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldNotContain("localhost:1");
        using var head = await demo.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/demo/.well-known/openid-configuration"), TestContext.Current.CancellationToken);
        head.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
