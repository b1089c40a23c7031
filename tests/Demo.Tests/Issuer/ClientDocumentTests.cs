using System.Net;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Clients whose id is the URL of their metadata document: read from the web, or known beforehand.</summary>
public sealed class ClientDocumentTests : ClientDocumentSuite
{
    [Fact]
    public async Task A_client_signs_in_by_its_document_which_is_read_once()
    {
        var client = new IssuerClient(Http, Id, Redirect);
        var browser = new IssuerBrowser(Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "alice");
        page.Html.ShouldContain("proved by a document at app.example");
        page.Html.ShouldContain("Example App");
        var (status, json) = await client.RedeemAsync(client.Answer((await browser.AllowAsync(page)).Location!)["code"]);
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        new Microsoft.IdentityModel.JsonWebTokens.JsonWebToken(json["access_token"]!.GetValue<string>()).GetPayloadValue<string>("client_id").ShouldBe(Id);
        Fetches.ShouldBe(1);
        Connected.ShouldBe([new IPEndPoint(Public, 443)]);
    }

    [Fact]
    public async Task An_error_goes_to_a_client_by_itself_only_once_somebody_let_it_in()
    {
        var client = new IssuerClient(Http, Id, Redirect);
        var browser = new IssuerBrowser(Http);
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
        var client = new IssuerClient(Http, Id, Redirect);
        (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        Answer = Json($$"""{"client_id":"{{Id}}","client_name":"Example App","redirect_uris":["https://app.example/new"]}""");
        Time.Advance(TimeSpan.FromMinutes(59));
        (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        Fetches.ShouldBe(1);
        Time.Advance(TimeSpan.FromMinutes(2));
        (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, Id, "https://app.example/new").AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        Fetches.ShouldBe(2);
    }

    [Fact]
    public async Task A_server_that_is_away_takes_no_sign_in_away_for_a_day()
    {
        var client = new IssuerClient(Http, Id, Redirect);
        (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        Answer = Status(500);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            Time.Advance(TimeSpan.FromHours(2));
            (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
            (await new IssuerBrowser(Http).OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_person").ShouldBeTrue();
        }

        // Asked once for each time that it was due, and not for each sign-in.
        Fetches.ShouldBe(3);
        Time.Advance(TimeSpan.FromDays(1));
        await RefusedAsync(Id, "500");
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
        var client = new IssuerClient(Http, id, redirect);
        client.Answer((await new IssuerBrowser(Http).SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location.ShouldNotBeNull()).ShouldContainKey("code");
        Fetches.ShouldBe(0);
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
        var shown = await new IssuerBrowser(Http).OpenAsync(new IssuerClient(Http, id, redirect).AuthorizeUrl("calendar:read"));
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
        (Fetches, Connected.Count).ShouldBe((0, 0));
    }
}
