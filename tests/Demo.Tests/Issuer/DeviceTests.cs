using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Server;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace GatewayStack.Demo.Tests.Issuer;

/// <summary>Signing in a device that has no browser (RFC 8628).</summary>
public sealed class DeviceTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Calendar => demo.Gateway.Address.GetLeftPart(UriPartial.Authority) + "/mcp/calendar";

    [Fact]
    public async Task A_device_gets_what_the_person_allows_and_nothing_before()
    {
        var device = await AskAsync(("scope", "calendar:read calendar:write offline_access"), ("resource", Calendar));
        device["verification_uri"]!.GetValue<string>().ShouldBe(demo.Server.Issuer + "device");
        (await PollAsync(device)).Json["error"]!.GetValue<string>().ShouldBe("authorization_pending");

        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.OpenAsync(device["verification_uri_complete"]!.GetValue<string>());
        page = await browser.PickAsync(page, "alice");
        page.Html.ShouldContain(device["user_code"]!.GetValue<string>());
        page.Html.ShouldContain("Demo CLI asks for access");
        var done = await browser.AllowAsync(page, "calendar:read", "offline_access", "admin:limits");
        done.Status.ShouldBe(HttpStatusCode.OK);
        done.Html.ShouldContain("Done");

        var (status, json) = await PollAsync(device);
        status.ShouldBe(HttpStatusCode.OK, json.ToJsonString());
        var token = new JsonWebToken(json["access_token"]!.GetValue<string>());
        token.Audiences.ShouldBe([Calendar]);
        token.Subject.ShouldBe("demo-alice");
        token.GetPayloadValue<string>("scope").ShouldBe("calendar:read offline_access");
        json["refresh_token"].ShouldNotBeNull();
        (await PollAsync(device)).Json["error"]!.GetValue<string>().ShouldBe("invalid_grant");
    }

    [Theory]
    [InlineData("alice", "refuse")]
    [InlineData("frank", "")]
    public async Task A_device_hears_of_a_refusal(string person, string decision)
    {
        var device = await AskAsync(("scope", "calendar:read"));
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(device["verification_uri_complete"]!.GetValue<string>()), person);
        if (decision.Length > 0)
        {
            await browser.PressAsync(page, "demo_decision", decision);
        }

        (await PollAsync(device)).Json["error"]!.GetValue<string>().ShouldBe("access_denied");
    }

    [Fact]
    public async Task Codes_are_bounded_and_who_guesses_too_fast_does_not_learn_of_a_hit()
    {
        await using var server = await DemoServer.StartAsync(
            new DemoServerOptions { GatewayUrl = new Uri("http://127.0.0.1:1"), TimeProvider = new FakeTimeProvider(TimeProvider.System.GetUtcNow()), ClientBounds = new ClientBounds { Burst = 2 } },
            Cancel);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = server.Address };
        var device = await AskAsync(http);
        var right = device["verification_uri_complete"]!.GetValue<string>();
        (await AskAsync(http)).ShouldContainKey("device_code");
        (await AskAsync(http))["error"]!.GetValue<string>().ShouldBe("temporarily_unavailable");

        var browser = new IssuerBrowser(http);
        (await browser.OpenAsync("/demo/device")).Html.ShouldContain("<label for=\"code\">");
        for (var i = 0; i < 30; i++)
        {
            // A right code costs nothing.
            (await browser.OpenAsync(right)).Has("demo_person").ShouldBeTrue();
        }

        for (var i = 0; i < 20; i++)
        {
            (await browser.OpenAsync($"/demo/device?user_code=1234-5678-{i:0000}")).Status.ShouldBe(HttpStatusCode.BadRequest);
        }

        (await browser.OpenAsync("/demo/device?user_code=1234-5678-9999")).Status.ShouldBe(HttpStatusCode.TooManyRequests);
        (await browser.OpenAsync(right)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_decision_from_elsewhere_decides_nothing()
    {
        var device = await AskAsync(("scope", "calendar:read"));
        var browser = new IssuerBrowser(demo.Http);
        var page = await browser.PickAsync(await browser.OpenAsync(device["verification_uri_complete"]!.GetValue<string>()), "alice");
        (await browser.PressAsync(page, "demo_decision", "allow", change: (fields, _) => fields.Remove("demo_ticket"))).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await PollAsync(device)).Json["error"]!.GetValue<string>().ShouldBeOneOf("authorization_pending", "slow_down");
    }

    [Theory]
    [InlineData("resource", "https://elsewhere.example", "invalid_target")]
    [InlineData("scope", "root", "invalid_scope")]
    [InlineData("client_id", "nobody", "invalid_client")]
    [InlineData("client_id", "clinic-ios", "unauthorized_client")]
    public async Task A_device_request_that_is_not_in_order_is_refused(string name, string value, string error)
    {
        var json = await AskAsync((name, value));
        json["error"]!.GetValue<string>().ShouldBe(error);
        json.ShouldNotContainKey("device_code");
    }

    private Task<JsonObject> AskAsync(params (string Name, string Value)[] change) => AskAsync(demo.Http, change);

    internal static async Task<JsonObject> AskAsync(HttpClient http, params (string Name, string Value)[] change)
    {
        Dictionary<string, string> fields = new(StringComparer.Ordinal) { ["client_id"] = "demo-cli", ["scope"] = "calendar:read" };
        foreach (var (name, value) in change)
        {
            fields[name] = value;
        }

        using var response = await http.PostAsync("/demo/connect/device", new FormUrlEncodedContent(fields), Cancel);
        return (await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!;
    }

    private Task<(HttpStatusCode Status, JsonObject Json)> PollAsync(JsonObject device) => PollAsync(demo.Http, device);

    internal static Task<(HttpStatusCode Status, JsonObject Json)> PollAsync(HttpClient http, JsonObject device) => new IssuerClient(http, "demo-cli", "").TokenAsync(
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device["device_code"]!.GetValue<string>()), ("client_id", "demo-cli"));
}
