using System.Text.Json;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>A backend is told who calls by the gateway alone: what callers claim about themselves gets nowhere.</summary>
public abstract class IdentityHeadersSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task A_backend_gets_the_verified_identity_and_not_the_token()
    {
        var caller = Caller.New(SuiteSettings.EchoScope) with { Roles = ["reader", "writer"] };
        var token = Token(caller);
        var headers = await EchoAsync(token, _ => { });
        headers.Member("x-user-id").ShouldBe(caller.Subject);
        headers.Member("x-tenant").ShouldBe(TestIssuer.Tenant);
        headers.Member("x-user-role").ShouldBe("reader");
        headers.Member("x-user-roles").ShouldBe("reader,writer");
        headers.Member("x-user-scopes").ShouldBe(SuiteSettings.EchoScope);
        headers.Member("x-request-id").ShouldStartWith("req_");
        headers.Member("x-gateway-identity")!.Split('.').Length.ShouldBe(3);
        headers.ToString().ShouldNotContain(token);
        headers.TryGetProperty("authorization", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("x-user-id")]
    [InlineData("X-USER-ID")]
    [InlineData("X-Org-Id")]
    [InlineData("X-Tenant")]
    [InlineData("X-User-Role")]
    [InlineData("X-User-Roles")]
    [InlineData("X-User-Scopes")]
    public async Task A_header_of_ours_is_taken_out(string name)
    {
        var headers = await EchoAsync(Token(Caller.New(SuiteSettings.EchoScope)), request => request.Headers.Add(name, "spoofed"));
        headers.ToString().ShouldNotContain("spoofed");
    }

    [Theory]
    [InlineData("X_User_Id")]
    [InlineData("X-User_Id")]
    [InlineData("x_tenant")]
    [InlineData("X_Gateway_Identity")]
    [InlineData("X-Gateway-Identity")]
    [InlineData("x-gateway-anything")]
    public async Task A_header_that_imitates_one_of_ours_is_a_400(string name)
    {
        using var request = GatewayClient.Request(HttpMethod.Get, "/backends/echo/headers", Token(Caller.New(SuiteSettings.EchoScope)));
        request.Headers.TryAddWithoutValidation(name, "spoofed").ShouldBeTrue();
        (await Front.SendAsync(request)).ShouldBeStatus(400);
    }

    [Theory]
    [InlineData("X-User-Id : spoofed")]
    [InlineData(" X-User-Id: spoofed")]
    [InlineData("X-User-Id\t: spoofed")]
    [InlineData("X-User-Id\0: spoofed")]
    public async Task A_header_with_blanks_is_a_400(string line)
    {
        var request = RawHttp.Get(Gateway.Address, "/backends/echo/headers", Token(Caller.New(SuiteSettings.EchoScope)), line, "Connection: close");
        (await RawHttp.SendAsync(Gateway.Address, request)).ShouldStartWith("HTTP/1.1 400");
    }

    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("X-Tenant")]
    public async Task A_header_named_in_Connection_still_arrives(string name)
    {
        // Connection: X-User-Id asks a proxy to drop that header; ours must stand all the same.
        var headers = await EchoAsync(Token(Caller.New(SuiteSettings.EchoScope)), request => request.Headers.Connection.Add(name));
        headers.TryGetProperty(name.ToLowerInvariant(), out _).ShouldBeTrue();
    }

    [Fact]
    public async Task The_calendar_answers_as_the_tokens_person_whatever_the_headers_say()
    {
        using var request = GatewayClient.Request(HttpMethod.Get, "/backends/calendar/events", await TokenAsync("nora"));
        request.Headers.Add("X-User-Id", "alice");
        request.Headers.Add("X-Tenant", "acme");
        (await Front.SendAsync(request)).ShouldBeStatus(200).Json.GetProperty("owner").GetString().ShouldBe("nora");
    }

    [Fact]
    public async Task Our_assertion_is_no_token_for_others()
    {
        // A backend that was given an assertion cannot use it as its own: it is accepted only with the backend's credential.
        var assertion = (await EchoAsync(Token(Caller.New("chat:write " + SuiteSettings.EchoScope)), _ => { })).Member("x-gateway-identity");
        (await Front.ChatAsync(assertion, "gpt-4o-mini", "hello")).ShouldBeStatus(401);
    }

    [Fact]
    public async Task A_backend_is_reached_at_its_own_prefix_and_keeps_it()
    {
        var token = Token(Caller.New(SuiteSettings.EchoScope));
        var named = await Front.GetAsync("/backends/echo/records/7?x=1", token);
        named.ShouldBeStatus(200).Json.Member("target").ShouldBe("/base/records/7?x=1");
        var prefixed = await Front.GetAsync(SuiteSettings.EchoPrefix + "/records/7", token);
        prefixed.ShouldBeStatus(200).Json.Member("target").ShouldBe("/base/legacy/records/7");
    }

    [Fact]
    public async Task A_backend_is_reached_at_its_own_host_where_only_its_routes_exist()
    {
        using var own = GatewayClient.Request(HttpMethod.Get, "/records/7", Token(Caller.New(SuiteSettings.EchoScope)));
        own.Headers.Host = SuiteSettings.EchoHost;
        (await Front.SendAsync(own)).ShouldBeStatus(200).Json.Member("target").ShouldBe("/base/records/7");
        using var ours = GatewayClient.Request(HttpMethod.Get, "/me/limits", Token(Caller.New(SuiteSettings.EchoScope)));
        ours.Headers.Host = SuiteSettings.EchoHost;
        (await Front.SendAsync(ours)).ShouldBeStatus(200).Json.Member("target").ShouldBe("/base/me/limits");
        using var nobody = GatewayClient.Request(HttpMethod.Get, "/records/7");
        nobody.Headers.Host = SuiteSettings.EchoHost;
        (await Front.SendAsync(nobody)).ShouldBeStatus(401);
    }

    [Fact]
    public async Task A_redirect_of_a_backend_is_neither_followed_nor_passed_on()
    {
        var answer = (await Front.GetAsync("/backends/echo/redirect", Token(Caller.New(SuiteSettings.EchoScope)))).ShouldBeStatus(502);
        answer.Headers.ShouldNotContainKey("location");
        answer.ContentType!.ShouldStartWith("application/problem+json");
    }

    [Fact]
    public async Task A_backend_that_breaks_off_is_a_502()
    {
        var answer = (await Front.GetAsync("/backends/echo/break", Token(Caller.New(SuiteSettings.EchoScope)))).ShouldBeStatus(502);
        answer.ContentType!.ShouldStartWith("application/problem+json");
        (await Audit.OfRequestAsync(AuditorToken(), answer.RequestId, 2))[^1].Member("outcome").ShouldBe("failed");
    }

    private async Task<JsonElement> EchoAsync(string token, Action<HttpRequestMessage> change)
    {
        using var request = GatewayClient.Request(HttpMethod.Get, "/backends/echo/headers", token);
        change(request);
        return (await Front.SendAsync(request)).ShouldBeStatus(200).Json.GetProperty("headers");
    }
}
