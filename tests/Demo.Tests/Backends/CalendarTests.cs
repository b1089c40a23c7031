using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace GatewayStack.Demo.Tests.Backends;

public sealed class CalendarTests(DemoFixture demo) : IClassFixture<DemoFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_people_see_two_calendars()
    {
        var alice = await EventsAsync("alice");
        var nora = await EventsAsync("nora");
        alice["owner"]!.GetValue<string>().ShouldBe("alice");
        var aliceIds = alice["events"]!.AsArray().Select(e => e!["id"]!.GetValue<string>()).ToArray();
        var noraIds = nora["events"]!.AsArray().Select(e => e!["id"]!.GetValue<string>()).ToArray();
        aliceIds.ShouldNotBeEmpty();
        noraIds.ShouldNotBeEmpty();
        aliceIds.Intersect(noraIds).ShouldBeEmpty();
        (await EventsAsync("carol"))["events"]!.AsArray().ShouldBeEmpty();

        using var own = await SendAsync(HttpMethod.Get, "/events/" + aliceIds[0], demo.Gateway.Assert(user: "alice"));
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var others = await SendAsync(HttpMethod.Get, "/events/" + noraIds[0], demo.Gateway.Assert(user: "alice"));
        others.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_event_is_added_to_the_callers_own_calendar()
    {
        const string New = """{"title":"Coffee","starts_at":"2026-11-25T09:00:00Z","ends_at":"2026-11-25T09:15:00Z"}""";
        using var added = await SendAsync(HttpMethod.Post, "/events", demo.Gateway.Assert(user: "dora"), New);
        added.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await EventsAsync("dora"))["events"]!.AsArray().ShouldHaveSingleItem()!["title"]!.GetValue<string>().ShouldBe("Coffee");
        using var bad = await SendAsync(HttpMethod.Post, "/events", demo.Gateway.Assert(user: "dora"), """{"title":"Coffee"}""");
        bad.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Nobody_is_believed_without_the_gateways_word()
    {
        using var rsa = RSA.Create(2048);
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var gateway = demo.Gateway;
        var good = gateway.Assert();
        // alg none, with the good token's claims.
        var unsigned = $"{Base64UrlEncoder.Encode("""{"alg":"none","typ":"gateway-identity+jwt"}""")}.{good.Split('.')[1]}.";
        // The public key, which everybody has, as a shared secret.
        var publicKey = Encoding.UTF8.GetBytes(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(gateway.Key(false)).X.PadRight(43, '='));
        var secret = new SigningCredentials(new SymmetricSecurityKey(publicKey) { KeyId = "one" }, SecurityAlgorithms.HmacSha256);
        var bad = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["nothing"] = null,
            ["empty"] = string.Empty,
            ["no token"] = "alice",
            ["alg none"] = unsigned,
            ["alg HS256"] = gateway.Assert(credentials: secret),
            ["alg RS256"] = gateway.Assert(credentials: new SigningCredentials(new RsaSecurityKey(rsa) { KeyId = "one" }, SecurityAlgorithms.RsaSha256)),
            ["another key"] = gateway.Assert(credentials: new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "one" }, SecurityAlgorithms.EcdsaSha256)),
            ["unknown key"] = gateway.Assert(credentials: new SigningCredentials(new ECDsaSecurityKey(stranger) { KeyId = "x" }, SecurityAlgorithms.EcdsaSha256)),
            ["audience"] = gateway.Assert(audience: "clinic"),
            ["internal audience"] = gateway.Assert(audience: "urn:gatewaystack:internal"),
            ["issuer"] = gateway.Assert(issuer: "http://127.0.0.1:1"),
            ["type"] = gateway.Assert(type: "JWT"),
            ["expired"] = gateway.Assert(expires: TimeProvider.System.GetUtcNow().AddSeconds(-1)),
            ["changed"] = good[..^4] + (good.EndsWith("AAAA", StringComparison.Ordinal) ? "BBBB" : "AAAA"),
        };
        foreach (var (what, assertion) in bad)
        {
            using var response = await SendAsync(HttpMethod.Get, "/events", assertion);
            response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, what);
            response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        }

        using var twice = new HttpRequestMessage(HttpMethod.Get, "/demo/backends/calendar/events");
        twice.Headers.Add("X-Gateway-Identity", [good, good]);
        using var answer = await demo.Http.SendAsync(twice, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    private async Task<JsonObject> EventsAsync(string user)
    {
        using var response = await SendAsync(HttpMethod.Get, "/events", demo.Gateway.Assert(user: user));
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!.AsObject();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? assertion, string? body = null)
    {
        using var request = new HttpRequestMessage(method, "/demo/backends/calendar" + path);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        if (assertion is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Gateway-Identity", assertion);
        }

        return await demo.Http.SendAsync(request, Cancel);
    }
}
