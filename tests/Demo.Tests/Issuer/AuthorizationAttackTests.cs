using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>What is tried with authorization and token requests: refused, and nothing is granted.</summary>
public sealed class AuthorizationAttackTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private const string Redirect = "http://127.0.0.1:53219/callback";

    private IssuerClient Cli => new(demo.Http, "demo-cli", Redirect);

    private IssuerClient Ios => new(demo.Http, "clinic-ios", "https://clinic.example/ios/callback");

    private string Gateway => demo.Gateway.Address.GetLeftPart(UriPartial.Authority);

    [Theory]
    [InlineData("code_challenge", null, "invalid_request")]
    [InlineData("code_challenge_method", null, "invalid_request")]
    [InlineData("code_challenge_method", "plain", "invalid_request")]
    [InlineData("code_challenge_method", "s256", "invalid_request")]
    [InlineData("scope", "calendar:read root", "invalid_scope")]
    [InlineData("scope", "Calendar:read", "invalid_scope")]
    [InlineData("resource", "https://elsewhere.example/mcp/calendar", "invalid_target")]
    [InlineData("resource", "{gateway}/mcp/calendar#x", "invalid_request")]
    [InlineData("resource", "{gateway}/v1", "invalid_target")]
    [InlineData("prompt", "none", "login_required")]
    [InlineData("prompt", "none login", "invalid_request")]
    public async Task A_request_that_is_not_in_order_goes_back_with_its_error(string name, string? value, string error)
    {
        var client = Cli;
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(client.AuthorizeUrl("calendar:read", (name, value?.Replace("{gateway}", Gateway, StringComparison.Ordinal))));
        var answer = client.Answer(shown.Location.ShouldNotBeNull(shown.Html));
        answer["error"].ShouldBe(error);
        answer["state"].ShouldBe("s-1");
        answer["iss"].ShouldBe(demo.Server.Issuer);
        answer.ShouldNotContainKey("code");
    }

    [Theory]
    [InlineData("token")]
    [InlineData("code id_token")]
    [InlineData("none")]
    public async Task Nothing_but_a_code_is_answered(string type)
    {
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(Cli.AuthorizeUrl("calendar:read", ("response_type", type)));
        shown.Location.ShouldNotBeNull().OriginalString.ShouldMatch("^http://127\\.0\\.0\\.1:53219/callback[?#]error=unsupported_response_type&");
    }

    [Fact]
    public async Task One_resource_at_a_time()
    {
        var client = Cli;
        var url = client.AuthorizeUrl("calendar:read", ("resource", Gateway + "/mcp/calendar")) + "&resource=" + Uri.EscapeDataString(Gateway + "/mcp/other");
        client.Answer((await new IssuerBrowser(demo.Http).OpenAsync(url)).Location.ShouldNotBeNull())["error"].ShouldBe("invalid_target");
    }

    [Theory]
    [InlineData("http://127.0.0.1:53219/callback/")]
    [InlineData("http://127.0.0.1:53219/Callback")]
    [InlineData("http://127.0.0.1:53219/callback?next=1")]
    [InlineData("http://127.0.0.1:53219/callback#x")]
    [InlineData("http://127.0.0.1:53219/x/../callback")]
    [InlineData("http://127.0.0.1:53219/%63allback")]
    [InlineData("http://127.0.0.1:53219@evil.example/callback")]
    [InlineData("http://127.0.0.1@evil.example/callback")]
    [InlineData("http://user@127.0.0.1:53219/callback")]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1:53219\\@evil.example/callback")]
    [InlineData("http://127.0.0.2:53219/callback")]
    [InlineData("http://127.1:53219/callback")]
    [InlineData("http://0x7f000001/callback")]
    [InlineData("http://localhost.evil.example/callback")]
    [InlineData("http://LOCALHOST/callback")]
    [InlineData("https://127.0.0.1:53219/callback")]
    [InlineData("http://evil.example/callback")]
    [InlineData("//evil.example/callback")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData(" http://127.0.0.1:53219/callback")]
    [InlineData("")]
    public async Task A_redirect_that_is_not_the_registered_one_gets_a_page_and_no_redirect(string redirect)
    {
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(Cli.AuthorizeUrl("calendar:read", ("redirect_uri", redirect)));
        shown.Status.ShouldBe(HttpStatusCode.BadRequest);
        shown.Location.ShouldBeNull();
        shown.Html.ShouldContain("cannot go on");
        shown.Html.ShouldNotContain("evil.example");
    }

    [Theory]
    [InlineData("http://127.0.0.1/callback")]
    [InlineData("http://127.0.0.1:1/callback")]
    [InlineData("http://localhost:65535/callback")]
    [InlineData("http://[::1]:8085/callback")]
    public async Task A_native_client_may_use_any_port(string redirect)
    {
        var client = new IssuerClient(demo.Http, "demo-cli", redirect);
        client.Answer((await new IssuerBrowser(demo.Http).SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location.ShouldNotBeNull()).ShouldContainKey("code");
    }

    [Theory]
    [InlineData("https://clinic.example:8443/ios/callback")]
    [InlineData("https://clinic.example/ios/callback?x=1")]
    [InlineData("https://CLINIC.example/ios/callback")]
    [InlineData("https://clinic.example.evil.example/ios/callback")]
    [InlineData("http://clinic.example/ios/callback")]
    public async Task Any_other_redirect_is_the_same_to_the_letter(string redirect)
    {
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(Ios.AuthorizeUrl("calendar:read", ("redirect_uri", redirect)));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("")]
    [InlineData("DEMO-CLI")]
    [InlineData("<script>alert(1)</script>")]
    public async Task An_unknown_client_gets_a_page_and_no_redirect(string id)
    {
        var shown = await new IssuerBrowser(demo.Http).OpenAsync(Cli.AuthorizeUrl("calendar:read", ("client_id", id)));
        (shown.Status, shown.Location).ShouldBe((HttpStatusCode.BadRequest, null));
        shown.Html.ShouldNotContain("<script", Case.Insensitive);
    }

    [Theory]
    [InlineData("code_verifier", "0123456789012345678901234567890123456789012", "invalid_grant")]
    [InlineData("code_verifier", null, "invalid_request")]
    [InlineData("redirect_uri", "http://127.0.0.1:53220/callback", "invalid_grant")]
    [InlineData("redirect_uri", null, "invalid_request")]
    [InlineData("client_id", "clinic-ios", "invalid_grant")]
    [InlineData("client_id", "nobody", "invalid_client")]
    [InlineData("client_id", null, "invalid_request")]
    [InlineData("client_secret", "x", "invalid_client")]
    [InlineData("resource", "{gateway}/mcp/other", "invalid_target")]
    [InlineData("resource", "https://elsewhere.example", "invalid_target")]
    [InlineData("code", "nonsense", "invalid_grant")]
    [InlineData("grant_type", "password", "unsupported_grant_type")]
    [InlineData("grant_type", "client_credentials", "unsupported_grant_type")]
    public async Task A_code_is_good_for_its_client_redirect_verifier_and_resource(string name, string? value, string error)
    {
        var client = Cli;
        var code = await CodeAsync(client);
        var (status, json) = await client.RedeemAsync(code, (name, value?.Replace("{gateway}", Gateway, StringComparison.Ordinal)));
        ((int)status).ShouldBeInRange(400, 401);
        json["error"]!.GetValue<string>().ShouldBe(error);
        json.ShouldNotContainKey("access_token");
    }

    [Fact]
    public async Task A_code_that_comes_twice_takes_back_what_came_of_it()
    {
        var client = Cli;
        var code = await CodeAsync(client);
        var first = await client.RedeemAsync(code);
        first.Status.ShouldBe(HttpStatusCode.OK);
        (await client.RedeemAsync(code)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await client.RefreshAsync(first.Json["refresh_token"]!.GetValue<string>())).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_code_that_is_redeemed_at_the_same_time_is_redeemed_once()
    {
        var client = Cli;
        var code = await CodeAsync(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.RedeemAsync(code)));
        answers.Count(a => a.Status == HttpStatusCode.OK).ShouldBeLessThanOrEqualTo(1);
        answers.ShouldAllBe(a => (int)a.Status < 500);
    }

    [Fact]
    public async Task Refresh_tokens_rotate_and_one_that_comes_twice_ends_the_chain()
    {
        var client = Cli;
        var first = (await client.RedeemAsync(await CodeAsync(client))).Json["refresh_token"]!.GetValue<string>();
        var (status, second) = await client.RefreshAsync(first);
        status.ShouldBe(HttpStatusCode.OK, second.ToJsonString());
        second["refresh_token"]!.GetValue<string>().ShouldNotBe(first);
        (await client.RefreshAsync(first)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await client.RefreshAsync(second["refresh_token"]!.GetValue<string>())).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_refresh_may_narrow_and_never_widen()
    {
        var client = Cli;
        var refresh = (await client.RedeemAsync(await CodeAsync(client))).Json["refresh_token"]!.GetValue<string>();
        (await client.RefreshAsync(refresh, ("scope", "calendar:read calendar:write"))).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        (await client.RefreshAsync(refresh, ("resource", Gateway + "/mcp/other"))).Json["error"]!.GetValue<string>().ShouldBe("invalid_target");
        (await Ios.RefreshAsync(refresh)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
        var (status, json) = await client.RefreshAsync(refresh, ("scope", "calendar:read"), ("resource", Gateway + "/mcp/calendar"));
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        new JsonWebToken(json["access_token"]!.GetValue<string>()).GetPayloadValue<string>("scope").ShouldBe("calendar:read");
        json["scope"]!.GetValue<string>().ShouldBe("calendar:read");
    }

    [Fact]
    public async Task Without_offline_access_there_is_nothing_to_renew_with()
    {
        var client = Cli;
        var answer = client.Answer((await new IssuerBrowser(demo.Http).SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!);
        (await client.RedeemAsync(answer["code"])).Json.ShouldNotContainKey("refresh_token");
    }

    [Theory]
    [InlineData("refresh_token")]
    [InlineData("access_token")]
    public async Task A_token_that_was_taken_back_is_no_good(string kind)
    {
        var client = Cli;
        var tokens = (await client.RedeemAsync(await CodeAsync(client))).Json;
        using var response = await demo.Http.PostAsync(
            "/demo/connect/revoke",
            new FormUrlEncodedContent([KeyValuePair.Create("token", tokens[kind]!.GetValue<string>()), KeyValuePair.Create("client_id", "demo-cli")]),
            TestContext.Current.CancellationToken);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var again = await client.RefreshAsync(tokens["refresh_token"]!.GetValue<string>());
        again.Status.ShouldBe(kind == "refresh_token" ? HttpStatusCode.BadRequest : HttpStatusCode.OK);
    }

    private async Task<string> CodeAsync(IssuerClient client)
    {
        var shown = await new IssuerBrowser(demo.Http).SignInAsync(client.AuthorizeUrl("calendar:read offline_access", ("resource", Gateway + "/mcp/calendar")), "alice");
        return client.Answer(shown.Location.ShouldNotBeNull(shown.Html))["code"];
    }
}
