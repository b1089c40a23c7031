using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>An address here that leads elsewhere without anybody's doing would lend every application that registers itself our good name.</summary>
public sealed partial class ErrorRedirectTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Redirect = "https://app.example/cb";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string, string?, string> Bad => new()
    {
        { "code_challenge", null, "invalid_request" },
        { "code_challenge_method", "plain", "invalid_request" },
        { "scope", "calendar:read root", "invalid_scope" },
        { "resource", "https://elsewhere.example/mcp/calendar", "invalid_target" },
        { "response_type", "token", "unsupported_response_type" },
        { "prompt", "none", "login_required" },
        { "prompt", "none login", "invalid_request" },
    };

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task A_registered_client_whose_request_is_not_in_order_is_not_told_by_itself(string name, string? value, string error)
    {
        var client = await RegisterAsync();
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(client.AuthorizeUrl("calendar:read", (name, value)));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null), shown.Html);
        shown.Html.ShouldContain(error);
        shown.Html.ShouldContain("<strong>app.example</strong>");

        // Whoever follows the link tells it what it would have been told.
        var told = Link(shown);
        told.OriginalString.ShouldStartWith(Redirect + "?");
        var query = System.Web.HttpUtility.ParseQueryString(told.Query);
        (query["error"], query["state"], query["iss"], query["code"]).ShouldBe((error, "s-1", demo.Server.Issuer, null));
        shown.Headers["Content-Security-Policy"].ShouldContain("frame-ancestors 'none'");
    }

    [Fact]
    public async Task Nor_is_one_that_somebody_who_is_signed_in_never_let_in()
    {
        var (client, other) = (await RegisterAsync(), await RegisterAsync());
        var browser = new IssuerBrowser(demo.Http);
        other.Answer((await browser.SignInAsync(other.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
        foreach (var url in new[] { client.AuthorizeUrl("calendar:read", ("prompt", "none")), client.AuthorizeUrl("root"), client.AuthorizeUrl("finance:read") })
        {
            var shown = await browser.OpenAsync(url);
            (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null), shown.Html);
        }

        // To the one that was let in, it goes as ever; and for somebody else who sits here it does not.
        other.Answer((await browser.OpenAsync(other.AuthorizeUrl("root"))).Location.ShouldNotBeNull())["error"].ShouldBe("invalid_scope");
        var more = await browser.OpenAsync(other.AuthorizeUrl("calendar:read chat:write", ("prompt", "none")));
        other.Answer(more.Location.ShouldNotBeNull())["error"].ShouldBe("consent_required");
        var nora = new IssuerBrowser(demo.Http);
        client.Answer((await nora.SignInAsync(client.AuthorizeUrl("calendar:read"), "nora")).Location!).ShouldContainKey("code");
        (await nora.OpenAsync(other.AuthorizeUrl("root"))).Location.ShouldBeNull();
    }

    [Fact]
    public async Task Who_is_told_no_by_a_button_is_told()
    {
        var client = await RegisterAsync();
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "alice");
        client.Answer((await browser.PressAsync(page, "demo_decision", "refuse")).Location.ShouldNotBeNull())["error"].ShouldBe("access_denied");

        // That was no consent.
        (await browser.OpenAsync(client.AuthorizeUrl("root"))).Location.ShouldBeNull();
    }

    [Fact]
    public async Task A_step_up_that_leads_nowhere_is_told_to_whom_was_let_in()
    {
        var client = await RegisterAsync();
        var browser = new IssuerBrowser(demo.Http);
        (await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:write")), "nora")).Location.ShouldBeNull();
        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "nora")).Location!).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Location.ShouldNotBeNull())["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task An_address_that_is_not_the_clients_gets_no_link()
    {
        var client = await RegisterAsync();
        foreach (var url in new[] { client.AuthorizeUrl("root", ("redirect_uri", "https://evil.example/cb")), client.AuthorizeUrl("root", ("client_id", "nobody")) })
        {
            var shown = await new IssuerBrowser(demo.Http).OpenAsync(url);
            (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
            shown.Html.ShouldNotContain("<a ");
            shown.Html.ShouldNotContain("evil.example");
        }
    }

    [Fact]
    public async Task Nothing_that_a_request_says_is_markup_on_the_page()
    {
        var client = await RegisterAsync();
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(client.AuthorizeUrl("root\"><b>x", ("state", "\"><script>alert(1)</script>")));
        shown.Html.ShouldNotContain("<script");
        shown.Html.ShouldNotContain("<b>");
        System.Web.HttpUtility.ParseQueryString(Link(shown).Query)["state"].ShouldBe("\"><script>alert(1)</script>");
    }

    private async Task<IssuerClient> RegisterAsync()
    {
        using var response = await demo.Http.PostAsync("/demo/connect/register", JsonContent.Create(new { client_name = "App", redirect_uris = new[] { Redirect } }), Cancel);
        var json = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        response.StatusCode.ShouldBe(HttpStatusCode.Created, json.ToJsonString());
        return new IssuerClient(demo.Http, json["client_id"]!.GetValue<string>(), Redirect);
    }

    private static Uri Link(IssuerBrowser.Shown shown) => new(WebUtility.HtmlDecode(Href().Match(shown.Html).Groups["v"].Value));

    [GeneratedRegex("<a href=\"(?<v>[^\"]*)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Href();
}
