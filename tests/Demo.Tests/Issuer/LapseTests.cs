using System.Net;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>What lapses with time at the issuer: sign-ins, forms, codes.</summary>
public sealed class LapseTests : ClientDocumentSuite
{
    [Fact]
    public async Task A_client_whose_token_ran_out_has_the_person_asked_for_the_part_that_is_theirs()
    {
        var client = new IssuerClient(Http, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(Http);
        client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "nora")).Location!).ShouldContainKey("code");
        client.Answer((await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Location!)["error"].ShouldBe("access_denied");
        Time.Advance(TimeSpan.FromMinutes(11));
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Has("demo_decision").ShouldBeTrue();
        Time.Advance(TimeSpan.FromHours(8));
        (await browser.OpenAsync(client.AuthorizeUrl("calendar:read calendar:write"))).Has("demo_person").ShouldBeTrue();
    }

    [Fact]
    public async Task Codes_of_devices_that_ran_out_are_not_kept()
    {
        var device = await DeviceTests.AskAsync(Http);
        Time.Advance(TimeSpan.FromMinutes(20));
        (await DeviceTests.PollAsync(Http, device)).Json["error"]!.GetValue<string>().ShouldBe("expired_token");
        Time.Advance(TimeSpan.FromHours(3));
        (await DeviceTests.PollAsync(Http, device)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Fact]
    public async Task A_form_and_a_code_do_not_lie_around()
    {
        var client = new IssuerClient(Http, "demo-cli", "http://127.0.0.1/callback");
        var browser = new IssuerBrowser(Http);
        var page = await browser.PickAsync(await browser.OpenAsync(client.AuthorizeUrl("calendar:read")), "alice");
        Time.Advance(TimeSpan.FromMinutes(31));
        (await browser.AllowAsync(page)).Status.ShouldBe(HttpStatusCode.BadRequest);
        var code = client.Answer((await browser.SignInAsync(client.AuthorizeUrl("calendar:read"), "alice")).Location!)["code"];
        Time.Advance(TimeSpan.FromMinutes(3));
        (await client.RedeemAsync(code)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }
}
