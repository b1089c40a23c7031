using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Identity.Tests.Introspection;

/// <summary>Answers that are none, and answers that say no: the first are an outage (503), the second a refusal, and neither lets anybody in.</summary>
public sealed class BadAnswerTests : IAsyncLifetime
{
    private const string Opaque = "gwo_0123456789abcdef";

    private static readonly Dictionary<string, (Func<JsonObject, JsonObject> Change, string Reason)> Refused = new(StringComparer.Ordinal)
    {
        ["inactive"] = (a => With(a, "active", false), "token_inactive"),
        ["inactive with everything else"] = (a => With(With(a, "active", false), "sub", "alice"), "token_inactive"),
        ["another issuer"] = (a => With(a, "iss", "https://evil.example"), "issuer_wrong"),
        ["issuer of another type"] = (a => With(a, "iss", 1), "issuer_wrong"),
        ["no audience"] = (a => Without(a, "aud"), "audience_missing"),
        ["another audience"] = (a => With(a, "aud", "other"), "audience_wrong"),
        ["audience of another type"] = (a => With(a, "aud", 1), "audience_invalid"),
        ["no end"] = (a => Without(a, "exp"), "time_missing"),
        ["an end in words"] = (a => With(a, "exp", "soon"), "time_invalid"),
        ["an end that was"] = (a => With(a, "exp", TestClock.Start.ToUnixTimeSeconds()), "token_expired"),
        ["a start that will be"] = (a => With(a, "nbf", TestClock.Start.ToUnixTimeSeconds() + 60), "token_not_yet_valid"),
        ["no subject"] = (a => Without(a, "sub"), "subject_invalid"),
        ["an empty subject"] = (a => With(a, "sub", ""), "subject_invalid"),
        ["a subject with a line end"] = (a => With(a, "sub", "alice\r\nX-User-Id: nora"), "subject_invalid"),
        ["a refresh token (OpenIddict)"] = (a => With(a, "token_usage", "refresh_token"), "not_an_access_token"),
        ["a refresh token (Keycloak)"] = (a => With(a, "typ", "Refresh"), "not_an_access_token"),
        ["nothing says what it is"] = (a => Without(a, "token_type"), "not_an_access_token"),
        ["a type of another type"] = (a => With(a, "token_type", 1), "not_an_access_token"),
        ["bound to a key by type"] = (a => With(a, "token_type", "DPoP"), "sender_constrained"),
        ["bound to a key"] = (a => With(a, "cnf", new JsonObject { ["jkt"] = "x" }), "sender_constrained"),
        ["another tenant"] = (a => With(a, "tenant", "acme"), "tenant_not_allowed"),
        ["no tenant"] = (a => Without(a, "tenant"), "tenant_missing"),
    };

    private static readonly Dictionary<string, Func<HttpContext, Task>> NoAnswers = new(StringComparer.Ordinal)
    {
        ["error"] = Status(500),
        ["busy"] = Status(429),
        ["not our client"] = Status(401),
        ["forbidden"] = Status(403),
        ["bad request"] = Status(400),
        ["redirect"] = context =>
        {
            context.Response.Redirect("https://evil.example/", permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        },
        ["a page"] = context => context.Response.WriteAsync("<html>active: true</html>"),
        ["nothing"] = _ => Task.CompletedTask,
        ["a list"] = context => context.Response.WriteAsync("[{\"active\":true}]"),
        ["no word on it"] = context => context.Response.WriteAsync("{\"sub\":\"alice\"}"),
        ["active in words"] = context => context.Response.WriteAsync("{\"active\":\"true\"}"),
        ["active as a number"] = context => context.Response.WriteAsync("{\"active\":1}"),
        ["active twice"] = context => context.Response.WriteAsync("{\"active\":false,\"active\":true}"),
        ["something behind it"] = context => context.Response.WriteAsync("{\"active\":true}{}"),
        ["too much"] = context => context.Response.WriteAsync("{\"active\":true,\"x\":\"" + new string('x', 64 * 1024) + "\"}"),
        ["broken off"] = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{\"active\":true");
            context.Abort();
        },
    };

    private TestIssuer _issuer = null!;

    public static TheoryData<string> Refusals => [.. Refused.Keys];

    public static TheoryData<string> Silences => [.. NoAnswers.Keys];

    public async ValueTask InitializeAsync() => _issuer = await TestIssuer.StartAsync();

    public async ValueTask DisposeAsync() => await _issuer.DisposeAsync();

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task What_an_answer_does_not_say_is_not_so(string name)
    {
        var (change, reason) = Refused[name];
        var text = change(IntrospectionForms.Good(_issuer)).ToJsonString();
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(text);
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Opaque);
        result.Reason.ShouldBe(reason);
        result.Status.ShouldBe(reason.StartsWith("tenant", StringComparison.Ordinal) ? AuthenticationStatus.TenantRefused : AuthenticationStatus.Invalid);
        (result.Identity, result.InternalAssertion).ShouldBe((null, null));
    }

    [Theory]
    [MemberData(nameof(Silences))]
    public async Task Where_there_is_no_answer_nobody_gets_in_and_nothing_is_remembered(string name)
    {
        _issuer.IntrospectionAnswer = (context, _) => NoAnswers[name](context);
        await using var identity = IdentityUnderTest.For(Options());
        var result = await identity.AuthenticateAsync(Opaque);
        (result.Status, result.Reason, result.Identity).ShouldBe((AuthenticationStatus.Unavailable, "introspection_unavailable", null));

        var good = IntrospectionForms.Good(_issuer).ToJsonString();
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(good);
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task An_issuer_that_is_away_is_left_alone_for_a_while_and_what_is_known_goes_on()
    {
        var good = IntrospectionForms.Good(_issuer).ToJsonString();
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(good);
        await using var identity = IdentityUnderTest.For(Options());
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);

        _issuer.IntrospectionAnswer = (context, _) => Status(500)(context);
        for (var i = 0; i < 20; i++)
        {
            (await identity.AuthenticateAsync($"other-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        _issuer.Posted.Count.ShouldBeLessThan(15);
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(good);
        identity.Clock.Advance(TimeSpan.FromSeconds(6));
        (await identity.AuthenticateAsync("other-0")).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task Questions_that_it_cannot_read_shut_nobody_out()
    {
        _issuer.IntrospectionAnswer = (context, form) => form["token"] == Opaque ? context.Response.WriteAsync(IntrospectionForms.Good(_issuer).ToJsonString()) : Status(400)(context);
        await using var identity = IdentityUnderTest.For(Options());
        for (var i = 0; i < 30; i++)
        {
            (await identity.AuthenticateAsync($"strange-{i}")).Status.ShouldBe(AuthenticationStatus.Unavailable);
        }

        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
    }

    [Fact]
    public async Task Where_the_issuer_answers_for_us_alone_it_need_not_say_so()
    {
        var text = Without(IntrospectionForms.Good(_issuer), "aud").ToJsonString();
        _issuer.IntrospectionAnswer = (context, _) => context.Response.WriteAsync(text);
        await using var identity = IdentityUnderTest.For(Options() with { Introspection = new IntrospectionOptions { AudienceRequired = false } });
        (await identity.AuthenticateAsync(Opaque)).Status.ShouldBe(AuthenticationStatus.Authenticated);
        // A resource is another matter: nobody said that the token is for that one.
        (await identity.AuthenticateForAsync(Opaque, "https://gateway.example/mcp/calendar")).Reason.ShouldBe("audience_missing");
    }

    [Fact]
    public async Task Neither_the_token_nor_the_secret_is_in_the_log()
    {
        using var log = new LogLines();
        _issuer.IntrospectionAnswer = (context, _) => Status(500)(context);
        await using var identity = new IdentityUnderTest(
            new IdentityOptions { Issuers = [Options()] }, more: services => services.AddLogging(logging => logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace)));
        await identity.AuthenticateAsync(Opaque);
        log.All.ShouldNotBeEmpty();
        log.All.ShouldAllBe(line => !line.Contains(Opaque) && !line.Contains("the-secret"));
    }

    private IssuerOptions Options() => _issuer.Options() with
    {
        AllowedTenants = ["mercy"],
        Claims = new ClaimsOptions { Tenant = "/tenant" },
        Client = new IssuerClientOptions { Id = "gateway", Secret = "the-secret" },
        Introspection = new IntrospectionOptions(),
    };

    private static Func<HttpContext, Task> Status(int status) => context =>
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    };

    private static JsonObject With(JsonObject answer, string name, JsonNode value)
    {
        answer[name] = value;
        return answer;
    }

    private static JsonObject Without(JsonObject answer, string name)
    {
        answer.Remove(name);
        return answer;
    }
}
