using System.Net;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Whom the page asks for what, and what it remembers.</summary>
public sealed class ConsentTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private IssuerClient Cli => new(demo.Http, "demo-cli", "http://localhost:7/callback");

    private IssuerClient Claude => new(demo.Http, "https://claude.ai/oauth/mcp-oauth-client-metadata", "https://claude.ai/api/mcp/auth_callback");

    private string Calendar => demo.Gateway.Address.GetLeftPart(UriPartial.Authority) + "/mcp/calendar";

    [Fact]
    public async Task The_page_says_who_asks_for_what()
    {
        var browser = new IssuerBrowser(demo.Http);
        var who = await browser.OpenAsync(Claude.AuthorizeUrl("calendar:read calendar:write", ("resource", Calendar), ("prompt", "consent")));
        who.Html.ShouldContain("no password");
        who.Html.ShouldContain("may grant a part of this");
        var page = await browser.PickAsync(who, "alice");
        page.Html.ShouldContain("Claude asks for access");
        page.Html.ShouldContain("published by claude.ai");
        page.Html.ShouldContain(Calendar);
        page.Html.ShouldContain("<dd>claude.ai</dd>");
        page.Html.ShouldContain("See the events of your calendar.");
        page.Html.ShouldNotContain("(this computer)");
        var local = await browser.OpenAsync(Cli.AuthorizeUrl("calendar:read", ("resource", Calendar)));
        local.Html.ShouldContain("localhost:7 (this computer)");
        local.Html.ShouldContain("any program can call itself");
    }

    [Fact]
    public async Task A_part_may_be_granted_and_never_more_than_was_asked()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write", ("resource", Calendar))), "alice");
        var answer = client.Answer((await browser.AllowAsync(page, "calendar:read", "medical:write", "admin:limits")).Location!);
        var (_, json) = await client.RedeemAsync(answer["code"]);
        new JsonWebToken(json["access_token"]!.GetValue<string>()).GetPayloadValue<string>("scope").ShouldBe("calendar:read");
        json["scope"]!.GetValue<string>().ShouldBe("calendar:read");
    }

    [Theory]
    [InlineData("allow")]
    [InlineData("refuse")]
    [InlineData("anything")]
    public async Task Who_grants_nothing_has_refused(string decision)
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("prompt", "consent"))), "alice");
        client.Answer((await browser.PressAsync(page, "demo_decision", decision, scopes: [])).Location!)["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task What_a_person_may_not_have_is_refused_without_asking()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var shown = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:write offline_access", ("resource", Calendar))), "nora");
        client.Answer(shown.Location.ShouldNotBeNull(shown.Html))["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task A_step_up_asks_for_what_is_new_and_ends_where_there_is_nothing_new()
    {
        var client = Claude;
        foreach (var (person, ends) in new[] { ("alice", false), ("nora", true) })
        {
            var browser = new IssuerBrowser(demo.Http);
            client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read", ("resource", Calendar)), person)).Location!).ShouldContainKey("code");
            var shown = await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write", ("resource", Calendar)));
            if (ends)
            {
                client.Answer(shown.Location.ShouldNotBeNull(shown.Html))["error"].ShouldBe("access_denied");
                continue;
            }

            shown.Fields()["demo_grant"].ShouldBe(["calendar:write"]);
            shown.Html.ShouldContain("Allowed before");
            var (_, json) = await client.RedeemAsync(client.Answer((await browser.AllowAsync(shown)).Location!)["code"]);
            json["scope"]!.GetValue<string>().ShouldBe("calendar:read calendar:write");
        }
    }

    [Fact]
    public async Task Somebody_who_may_give_a_part_is_asked_for_it_when_the_client_holds_no_token()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write")), "nora");
        page.Html.ShouldContain("not yours to give");
        page.Fields()["demo_grant"].ShouldBe(["calendar:read"]);
        client.Answer((await browser.AllowAsync(page)).Location!).ShouldContainKey("code");

        // The client has just got a token: it steps up, and there is nothing to step up to, whatever it would have the person asked.
        var again = await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write", ("prompt", "consent")));
        client.Answer(again.Location.ShouldNotBeNull(again.Html))["error"].ShouldBe("access_denied");
    }

    [Fact]
    public async Task Consent_is_remembered_for_person_client_resource_and_scopes()
    {
        var client = Claude;
        var browser = new IssuerBrowser(demo.Http);
        string Ask(string scope = "calendar:read", string? resource = null, string? prompt = null) =>
            client.AuthorizeUrl(scope, ("resource", resource ?? Calendar), ("prompt", prompt));
        client.Answer((await browser.SignInAsync(Ask(), "frank")).Location!)["error"].ShouldBe("access_denied");
        var page = await browser.PressAsync(await browser.OpenAsync(Ask("chat:write")), "demo_decision", "switch");
        client.Answer((await browser.AllowAsync(await browser.PickAsync(page, "alice"), "chat:write")).Location!).ShouldContainKey("code");

        client.Answer((await browser.OpenAsync(Ask("chat:write"))).Location.ShouldNotBeNull()).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(Ask("chat:write", prompt: "none"))).Location.ShouldNotBeNull()).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(Ask("chat:write medical:write", prompt: "none"))).Location!)["error"].ShouldBe("consent_required");
        client.Answer((await browser.OpenAsync(Ask("chat:write", Calendar + "2", "none"))).Location!)["error"].ShouldBe("consent_required");
        (await browser.OpenAsync(Ask("chat:write", prompt: "consent"))).Fields()["demo_grant"].ShouldBe(["chat:write"]);
        (await browser.OpenAsync(Ask("chat:write", prompt: "login"))).Has("demo_person").ShouldBeTrue();
        (await browser.OpenAsync(Ask("chat:write", prompt: "select_account"))).Has("demo_person").ShouldBeTrue();
        (await browser.OpenAsync(new IssuerClient(demo.Http, "clinic-ios", "https://clinic.example/ios/callback").AuthorizeUrl("chat:write", ("resource", Calendar)))).Has("demo_grant").ShouldBeTrue();

        // Unticked again, it is forgotten.
        var again = await browser.OpenAsync(Ask("chat:write medical:write", prompt: "consent"));
        await browser.AllowAsync(again, "medical:write");
        client.Answer((await browser.OpenAsync(Ask("chat:write", prompt: "none"))).Location!)["error"].ShouldBe("consent_required");
    }

    [Fact]
    public async Task A_program_on_this_machine_gets_nothing_without_somebody_looking()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read"))).Has("demo_decision").ShouldBeTrue();
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("prompt", "none")))).Location!)["error"].ShouldBe("consent_required");
    }

    [Fact]
    public async Task Nor_does_a_client_that_does_not_say_where_to()
    {
        var client = new IssuerClient(demo.Http, "clinic-ios", "https://clinic.example/ios/callback");
        var browser = new IssuerBrowser(demo.Http);
        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("calendar:read"))).Location.ShouldNotBeNull()).ShouldContainKey("code");
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("redirect_uri", null)))).Has("demo_decision").ShouldBeTrue();
    }

    [Fact]
    public async Task Nor_does_an_address_that_has_only_the_shape_of_a_registered_one()
    {
        const string Id = "https://chatgpt.com/oauth/conn-1/client.json";
        var browser = new IssuerBrowser(demo.Http);
        foreach (var callback in new[] { "one", "one", "two" })
        {
            var open = new IssuerClient(demo.Http, Id, "https://chatgpt.com/connector/oauth/" + callback);
            open.Answer((await browser.SignInAsync(open.AuthorizeUrl("calendar:read"), "alice")).Location!).ShouldContainKey("code");
            (await browser.OpenAsync(open.AuthorizeUrl("calendar:read"))).Has("demo_decision").ShouldBeTrue();
        }

        var whole = new IssuerClient(demo.Http, Id, "https://chatgpt.com/connector_platform_oauth_redirect");
        whole.Answer((await browser.OpenAsync(whole.AuthorizeUrl("calendar:read"))).Location.ShouldNotBeNull()).ShouldContainKey("code");
    }

    [Fact]
    public async Task Without_scopes_a_person_is_asked_for_what_they_usually_have()
    {
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(Cli.AuthorizeUrl(scope: null)), "frank");
        page.Fields()["demo_grant"].ShouldBe(["chat:write", "finance:read"]);
    }

    [Fact]
    public async Task A_client_may_want_a_fresh_sign_in()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("max_age", "0"))), "alice");
        client.Answer((await browser.AllowAsync(page)).Location.ShouldNotBeNull()).ShouldContainKey("code");
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("max_age", "3600")))).Has("demo_decision").ShouldBeTrue();
        page = await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("prompt", "login consent")));
        page.Has("demo_person").ShouldBeTrue();
        (await browser.PickAsync(page, "alice")).Has("demo_decision").ShouldBeTrue();
    }

    [Fact]
    public async Task An_id_token_names_the_person_and_their_sign_in()
    {
        var client = Cli;
        var browser = new IssuerBrowser(demo.Http);
        var answer = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("openid profile calendar:read", ("nonce", "n-1")), "alice")).Location!);
        var (_, json) = await client.RedeemAsync(answer["code"]);
        var id = new JsonWebToken(json["id_token"]!.GetValue<string>());
        var access = new JsonWebToken(json["access_token"]!.GetValue<string>());
        id.Issuer.ShouldBe(demo.Server.Issuer);
        id.Audiences.ShouldBe(["demo-cli"]);
        id.Subject.ShouldBe("demo-alice");
        id.GetPayloadValue<string>("nonce").ShouldBe("n-1");
        id.GetPayloadValue<string>("name").ShouldBe("Dr. Alice Smith");
        id.GetPayloadValue<string>("sid").ShouldBe(access.GetPayloadValue<string>("sid"));
        id.GetPayloadValue<long>("auth_time").ShouldBe(access.GetPayloadValue<long>("auth_time"));

        using var asked = new HttpRequestMessage(HttpMethod.Get, "/demo/connect/userinfo");
        asked.Headers.Add("Authorization", "Bearer " + json["access_token"]!.GetValue<string>());
        using var told = await demo.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        told.StatusCode.ShouldBe(HttpStatusCode.OK);
        System.Text.Json.Nodes.JsonNode.Parse(await told.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["sub"]!.GetValue<string>().ShouldBe("demo-alice");

        // A client that means somebody else than who is signed in has them asked.
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read", ("id_token_hint", json["id_token"]!.GetValue<string>())))).Has("demo_decision").ShouldBeTrue();
        var other = new IssuerBrowser(demo.Http);
        await other.SignInAsync(client.AuthorizeUrl("chat:write"), "nora");
        (await other.OpenAsync(client.AuthorizeUrl("calendar:read", ("id_token_hint", json["id_token"]!.GetValue<string>())))).Has("demo_person").ShouldBeTrue();
    }

    [Fact]
    public async Task A_token_that_was_signed_in_for_has_the_claims_of_one_that_was_not()
    {
        var client = Cli;
        var (_, json) = await client.RedeemAsync(client.Answer((await new IssuerBrowser(demo.Http).SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!)["code"]);
        using var response = await demo.Http.PostAsync("/demo/token", new StringContent("""{"user":"alice","scope":"calendar:read"}"""), TestContext.Current.CancellationToken);
        var other = System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        var (one, two) = (new JsonWebToken(json["access_token"]!.GetValue<string>()), new JsonWebToken(other["access_token"]!.GetValue<string>()));
        string[] fleeting = ["iat", "exp", "jti", "sid", "auth_time"];
        one.Claims.Select(c => c.Type).ShouldBe(two.Claims.Select(c => c.Type));
        one.Claims.Where(c => !fleeting.Contains(c.Type)).Select(c => (c.Type, c.Value)).ShouldBe(two.Claims.Where(c => !fleeting.Contains(c.Type)).Select(c => (c.Type, c.Value)));
        one.Kid.ShouldBe(two.Kid);
    }
}
