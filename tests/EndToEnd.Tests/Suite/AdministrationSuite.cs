using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>Administration: on the management address only, by a scope per module, with a reason, and on record.</summary>
public abstract class AdministrationSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    public static TheoryData<string> Modules { get; } = ["identity", "policy", "limits", "router", "audit"];

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task The_front_door_does_not_have_it(string module)
    {
        (await Front.GetAsync("/admin/" + module, Administrator(module))).ShouldBeStatus(404);
        (await Front.PostAsync($"/admin/{module}/reload", Administrator(module), """{"reason":"x"}""")).ShouldBeStatus(404);
        (await Front.SendAsync(GatewayClient.Request(HttpMethod.Delete, "/admin/" + module, Administrator(module)))).ShouldBeStatus(404);
        (await Front.SendAsync(GatewayClient.Request(HttpMethod.Delete, $"/ADMIN/{module}/", Administrator(module)))).ShouldBeStatus(404);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task A_Host_header_does_not_open_it(string module)
    {
        using var request = GatewayClient.Request(HttpMethod.Get, "/admin/" + module, Administrator(module));
        request.Headers.Host = Gateway.Management.Authority;
        (await Front.SendAsync(request)).ShouldBeStatus(404);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task It_needs_the_modules_own_scope(string module)
    {
        (await Gateway.Administration.GetAsync("/admin/" + module)).ShouldBeStatus(401);
        var refused = (await Gateway.Administration.GetAsync("/admin/" + module, await TokenAsync("alice"))).ShouldBeStatus(403);
        refused.Headers["www-authenticate"].ShouldContain($"scope=\"admin:{module}\"");
        var others = string.Join(' ', Modules.Select(m => m.Data).Where(m => m != module).Select(m => "admin:" + m));
        (await Gateway.Administration.GetAsync("/admin/" + module, Token(Caller.New(others)))).ShouldBeStatus(403);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public async Task It_shows_the_modules_state_and_no_secret(string module)
    {
        var answer = (await Gateway.Administration.GetAsync("/admin/" + module, Administrator(module))).ShouldBeStatus(200);
        answer.Json.EnumerateObject().ShouldNotBeEmpty();
        answer.Body.ShouldNotContain("demo-cloud-key");
        answer.Body.ShouldNotContain("demo-onprem-key");
        answer.Body.ShouldNotContain("PRIVATE");
        answer.Body.ShouldNotContain("\"d\":");
    }

    [Theory]
    [InlineData("identity")]
    [InlineData("policy")]
    [InlineData("limits")]
    [InlineData("router")]
    public async Task A_write_needs_a_reason_and_is_an_event(string module)
    {
        var path = $"/admin/{module}/reload";
        string[] unreasoned = ["", "{}", """{"reason":""}""", """{"reason":"  "}""", """{"reason":7}""", $$"""{"reason":"{{new string('x', 501)}}"}"""];
        foreach (var body in unreasoned)
        {
            var refused = (await Gateway.Administration.PostAsync(path, Administrator(module), body)).ShouldBeStatus(400);
            refused.ContentType!.ShouldStartWith("application/problem+json");
        }

        var reason = "because " + Guid.NewGuid().ToString("N");
        var done = (await Gateway.Administration.PostAsync(path, Administrator(module), $$"""{"reason":"{{reason}}"}""")).ShouldBeStatus(200);
        var records = await Eventually.GetAsync(
            () => Audit.QueryAsync(AuditorToken(), "request_id=" + done.RequestId),
            found => found.Any(r => r.Member("administration.reason") == reason));
        var record = records.First(r => r.Member("administration.reason") == reason);
        record.Member("type").ShouldBe("administration");
        record.Member("action").ShouldBe("admin.write");
        record.Member("administration.operation").ShouldNotBeNullOrEmpty();
        record.Member("administration.succeeded").ShouldBe(bool.TrueString);
        record.Member("user_id").ShouldBe("administrator");
    }

    [Fact]
    public async Task A_rotated_key_leaves_the_old_assertions_good()
    {
        var before = await KeysAsync();
        (await Gateway.Administration.PostAsync("/admin/identity/keys/rotate", Administrator("identity"), """{"reason":"a test"}""")).ShouldBeStatus(200);
        // Another instance of Identity follows within seconds.
        var after = await Eventually.GetAsync(KeysAsync, keys => keys.Except(before, StringComparer.Ordinal).Any());
        before.Except(after, StringComparer.Ordinal).ShouldBeEmpty();
        after.Except(before, StringComparer.Ordinal).ShouldHaveSingleItem();
        (await Front.GetAsync("/backends/calendar/events", await TokenAsync("alice"))).ShouldBeStatus(200);
    }

    [Fact]
    public async Task The_management_address_does_not_have_the_front_door()
    {
        (await Gateway.Administration.ChatAsync(await TokenAsync("alice"), "gpt-4o-mini", "hello")).ShouldBeStatus(404);
        (await Gateway.Administration.GetAsync("/me/limits", await TokenAsync("alice"))).ShouldBeStatus(404);
        (await Gateway.Administration.GetAsync("/backends/echo/x", Token(Caller.New(SuiteSettings.EchoScope)))).ShouldBeStatus(404);
    }

    [Fact]
    public async Task Health_is_a_bare_word_outside_and_details_inside()
    {
        (await Front.GetAsync("/alive")).ShouldBeStatus(200).Body.ShouldBe("alive");
        (await Front.GetAsync("/health")).ShouldBeStatus(200).Body.ShouldBe("healthy");
        (await Front.GetAsync("/health/details")).ShouldBeStatus(404);
        (await Gateway.Administration.GetAsync("/health/details")).ShouldBeStatus(200).Json.GetProperty("status").GetString().ShouldBe("healthy");
    }

    private string Administrator(string module) => Token(new Caller("administrator") { Scopes = "admin:" + module, Roles = ["operator"] });

    private async Task<IReadOnlyList<string>> KeysAsync()
    {
        var keys = (await Front.GetAsync("/.well-known/jwks.json")).ShouldBeStatus(200).Json.GetProperty("keys");
        return [.. keys.EnumerateArray().Select(k => k.GetProperty("kid").GetString()!)];
    }
}
