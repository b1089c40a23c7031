using System.Text.Json.Nodes;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Standings;

/// <summary>OpenID Connect Back-Channel Logout 1.0, section 2.6, and what is made of it.</summary>
public sealed class BackChannelLogoutTests : IAsyncLifetime
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static readonly Dictionary<string, Func<TokenBuilder, TokenBuilder>> Spoilt = new(StringComparer.Ordinal)
    {
        ["issuer_differs 1"] = t => t.Claim("iss", "https://other.example"),
        ["issuer_differs 2"] = t => t.Without("iss"),
        ["issuer_differs 3"] = t => t.Claim("iss", new JsonArray("x")),
        ["audience_wrong 1"] = t => t.Claim("aud", "gateway"),
        ["audience_wrong 2"] = t => t.Claim("aud", "WEB"),
        ["audience_wrong 3"] = t => t.Without("aud"),
        ["audience_wrong 4"] = t => t.Claim("aud", new JsonArray("web", 7)),
        ["time_missing 1"] = t => t.Without("iat"),
        ["time_missing 2"] = t => t.Without("exp"),
        ["time_invalid 1"] = t => t.Claim("exp", "soon"),
        ["time_invalid 2"] = t => t.Claim("iat", -1),
        ["token_expired 1"] = t => t.Claim("exp", TestClock.Start.ToUnixTimeSeconds() - 30),
        ["token_expired 2"] = t => t.Claim("iat", TestClock.Start.ToUnixTimeSeconds() - 630).Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 600),
        ["token_not_yet_valid 1"] = t => t.Claim("iat", TestClock.Start.ToUnixTimeSeconds() + 31),
        ["not_a_logout_token 1"] = t => t.Without("events"),
        ["not_a_logout_token 2"] = t => t.Claim("events", "logout"),
        ["not_a_logout_token 3"] = t => t.Claim("events", new JsonObject()),
        ["not_a_logout_token 4"] = t => t.Claim("events", new JsonObject { [Event] = true }),
        ["not_a_logout_token 5"] = t => t.Claim("events", new JsonObject { ["http://schemas.openid.net/event/other"] = new JsonObject() }),
        ["nonce_present 1"] = t => t.Claim("nonce", "n"),
        ["jti_missing 1"] = t => t.Without("jti"),
        ["jti_missing 2"] = t => t.Claim("jti", 7),
        ["jti_missing 3"] = t => t.Claim("jti", new string('j', 256)),
        ["nobody_named 1"] = t => t.Without("sid"),
        ["nobody_named 2"] = t => t.Claim("sid", ""),
        ["nobody_named 3"] = t => t.Claim("sid", new JsonArray("s")),
        ["nobody_named 4"] = t => t.Claim("sid", "a\u0000b"),
        ["nobody_named 5"] = t => t.Claim("sub", "a\u200Bb"),
        ["token_type_refused 1"] = t => t.Header("typ", "at+jwt"),
        ["token_type_refused 2"] = t => t.Header("typ", "secevent+jwt"),
        ["algorithm_refused 1"] = t => t.Header("alg", "none"),
        ["algorithm_refused 2"] = t => t.Header("alg", "HS256"),
        ["unsupported_header 1"] = t => t.Header("crit", new JsonArray("exp")),
        ["unknown_kid 1"] = t => t.Header("kid", "nobody"),
        ["signature_invalid 1"] = t => t.SignedBy(TestKey.Rsa("stranger")),
        ["malformed_token 1"] = t => t.RawPayload(p => p.Replace("\"sid\"", "\"sid\":\"x\",\"sid\"", StringComparison.Ordinal)),
    };

    private StandingsUnderTest _standings = null!;
    private TestIssuer _issuer = null!;

    private CallerIdentity Nora => Measures.Caller() with { Issuer = _issuer.Url, IssuerName = "idp", PersonId = PersonId.Of(_issuer.Url, "nora") };

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _standings = new StandingsUnderTest(_issuer.Options() with { LogoutClientIds = ["web", "app"] }, new IssuerOptions { Name = "other", Issuer = "https://other.example", Audiences = ["gateway"] });
    }

    public async ValueTask DisposeAsync()
    {
        await _standings.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task A_session_is_cut_off_and_no_other()
    {
        (await _standings.LogoutAsync(Token().Claim("sid", "s-1").Build())).Status.ShouldBe(200);
        _standings.IsIn(Nora with { SessionId = "s-1" }).ShouldBeFalse();
        _standings.IsIn(Nora with { SessionId = "s-2" }).ShouldBeTrue();
        _standings.IsIn(Nora with { SessionId = "s-1", Issuer = "https://other.example" }).ShouldBeTrue();
        _standings.IsIn(Nora).ShouldBeTrue();
        var act = _standings.Events.ShouldHaveSingleItem();
        (act.Administration!.Operation, act.Administration.Standing!.Author, act.Caller, act.Route).ShouldBe(("standing.block", "issuer:idp", null, "identity.backchannel_logout"));
        _standings.Clock.Advance(TimeSpan.FromHours(24));
        _standings.IsIn(Nora with { SessionId = "s-1" }).ShouldBeTrue("its longest token has ended");
    }

    [Fact]
    public async Task A_person_is_signed_out_of_what_had_begun_and_let_in_when_they_sign_in_again()
    {
        (await _standings.LogoutAsync(Token().Claim("sub", "nora").Build())).Status.ShouldBe(200);
        var at = TestClock.Start;
        _standings.IsIn(Nora with { AuthTime = at.AddMinutes(-5), IssuedAt = at.AddMinutes(5) }).ShouldBeFalse("a renewed token of a session that had begun");
        _standings.IsIn(Nora with { AuthTime = at }).ShouldBeFalse("in the same second");
        _standings.IsIn(Nora with { AuthTime = at.AddSeconds(1), IssuedAt = at.AddSeconds(1) }).ShouldBeTrue();
        _standings.IsIn(Nora with { IssuedAt = at.AddSeconds(-1) }).ShouldBeFalse();
        _standings.IsIn(Nora with { IssuedAt = at.AddSeconds(1) }).ShouldBeTrue();
        _standings.IsIn(Nora).ShouldBeFalse("nobody knows when");
        _standings.IsIn(Nora with { PersonId = PersonId.Of(_issuer.Url, "alice") }).ShouldBeTrue();
    }

    [Fact]
    public async Task Of_a_session_with_a_person_tokens_without_a_session_are_judged_by_the_time()
    {
        (await _standings.LogoutAsync(Token().Claim("sub", "nora").Claim("sid", "s-1").Build())).Status.ShouldBe(200);
        var at = TestClock.Start;
        _standings.IsIn(Nora with { SessionId = "s-1", IssuedAt = at.AddMinutes(5) }).ShouldBeFalse("renewed, and still that session");
        _standings.IsIn(Nora with { SessionId = "s-2", AuthTime = at.AddMinutes(-5) }).ShouldBeTrue("another session of theirs");
        _standings.IsIn(Nora with { AuthTime = at.AddMinutes(-5) }).ShouldBeFalse();
        _standings.IsIn(Nora with { AuthTime = at.AddMinutes(5) }).ShouldBeTrue();
    }

    [Fact]
    public async Task Nobody_lifts_anothers_sign_out_by_signing_out_often_and_it_is_said_that_there_is_no_room()
    {
        using var counted = new Counted("gatewaystack.identity.standing.measures");
        await using var few = new StandingsUnderTest(new StandingsOptions { MaxMeasures = 5 }, _issuer.Options() with { LogoutClientIds = ["web"] });
        (await few.LogoutAsync(Token().Claim("sub", "nora").Claim("sid", "stolen").Build())).Status.ShouldBe(200);
        for (var i = 0; i < 10; i++)
        {
            few.Clock.Advance(TimeSpan.FromSeconds(1));
            (await few.LogoutAsync(Token().Claim("sub", "mallory").Claim("sid", $"m-{i}").Build())).Status.ShouldBe(200);
        }

        few.IsIn(Nora with { SessionId = "stolen" }).ShouldBeFalse();
        few.IsIn(Nora with { PersonId = PersonId.Of(_issuer.Url, "mallory"), SessionId = "m-9" }).ShouldBeFalse();
        few.Log.Count(line => line.StartsWith("1022 1 sign-outs of issuer:idp", StringComparison.Ordinal)).ShouldBe(6);
        counted.Outcomes.Count(o => o == "displaced").ShouldBeGreaterThanOrEqualTo(6);
    }

    [Theory]
    [InlineData("logout+jwt")]
    [InlineData("application/logout+jwt")]
    [InlineData("JWT")]
    [InlineData(null)]
    public async Task The_types_that_issuers_write_are_taken(string? type) =>
        (await _standings.LogoutAsync((type is null ? Token().WithoutHeader("typ") : Token().Header("typ", type)).Claim("sid", "s").Build())).Status.ShouldBe(200);

    [Fact]
    public async Task An_audience_among_several_is_enough() =>
        (await _standings.LogoutAsync(Token().Claim("sid", "s").Claim("aud", new JsonArray("else", "app")).Build())).Status.ShouldBe(200);

    [Fact]
    public async Task A_token_that_was_sent_before_is_refused_and_changes_nothing()
    {
        var token = Token().Claim("sub", "nora").Build();
        (await _standings.LogoutAsync(token)).Status.ShouldBe(200);
        var revision = _standings.Book.Current!.Snapshot.Revision;
        (await _standings.LogoutAsync(token)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(400), a => ((string?)a.Body["error"]).ShouldBe("invalid_request"));
        _standings.Book.Current!.Snapshot.Revision.ShouldBe(revision);
        (await _standings.LogoutAsync(Token().Claim("sub", "nora").Claim("jti", "another").Build())).Status.ShouldBe(200);
    }

    public static TheoryData<string> Bad => [.. Spoilt.Keys];

    [Theory]
    [MemberData(nameof(Bad))]
    public async Task What_is_no_logout_token_is_refused_counted_and_changes_nothing(string attack)
    {
        var reason = attack.Split(' ')[0];
        using var counted = new Counted("gatewaystack.identity.logout_tokens");
        var token = Spoilt[attack](Token().Claim("sid", "s-1")).Build();
        var answer = await _standings.LogoutAsync(token);
        (answer.Status, (string?)answer.Body["error"]).ShouldBe((400, "invalid_request"));
        answer.Body.ToJsonString().ShouldNotContain(reason);
        counted.Outcomes.ShouldContain(reason);
        _standings.IsIn(Nora with { SessionId = "s-1" }).ShouldBeTrue();
        (await _standings.ListAsync(StandingsUnderTest.Operator, "?all=true")).Ids.ShouldBeEmpty();
        _standings.Events.ShouldBeEmpty();
        _standings.Log.ShouldAllBe(l => !l.Contains(token, StringComparison.Ordinal) && !l.Contains("s-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_access_token_is_no_logout_token_and_the_reverse()
    {
        (await _standings.LogoutAsync(_issuer.Token("nora").Build())).Status.ShouldBe(400);
        await using var identity = IdentityUnderTest.For(_issuer.Options());
        var logout = Token().Claim("sub", "nora").Claim("aud", "gateway").Header("typ", "JWT").Build();
        (await identity.AuthenticateAsync(logout)).Status.ShouldBe(AuthenticationStatus.Invalid);
    }

    [Fact]
    public async Task Only_issuers_that_are_set_up_for_it_have_the_path()
    {
        var token = Token().Claim("sid", "s").Build();
        foreach (var name in (string[])["other", "nobody", "IDP", "", "../idp"])
        {
            (await _standings.LogoutAsync(token, name)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(404), a => a.Code.ShouldBe("not_found"));
        }
    }

    [Fact]
    public async Task What_is_no_form_with_one_token_is_refused()
    {
        var token = Token().Claim("sid", "s").Build();
        (await _standings.LogoutAsync(token, type: "application/json")).Status.ShouldBe(400);
        (await _standings.LogoutAsync(token, type: "multipart/form-data; boundary=x")).Status.ShouldBe(400);
        (await _standings.LogoutAsync(token, name: "token")).Status.ShouldBe(400);
        (await _standings.LogoutAsync(token, name: $"logout_token={token}&logout_token")).Status.ShouldBe(400);
        (await _standings.LogoutAsync(new string('x', 40_000))).Status.ShouldBe(400);
        (await _standings.LogoutAsync(string.Empty)).Status.ShouldBe(400);
        (await _standings.LogoutAsync(token, type: "application/x-www-form-urlencoded; charset=utf-8")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_flood_of_forged_tokens_keeps_no_real_one_out()
    {
        for (var i = 0; i < 401; i++)
        {
            (await _standings.LogoutAsync(Token().Claim("sid", "s").Claim("jti", $"j{i}").SignedBy(_ => new byte[256]).Build())).Status.ShouldBe(400);
        }

        (await _standings.LogoutAsync(Token().Claim("sid", "s").Build())).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_flood_of_an_issuers_own_is_told_to_wait_and_the_next_moment_is_served()
    {
        var statuses = new List<int>();
        for (var i = 0; i < 401; i++)
        {
            statuses.Add((await _standings.LogoutAsync(Token().Claim("sid", "s").Claim("jti", i == 0 ? "j" : $"j{i % 2}").Build())).Status);
        }

        statuses[..400].ShouldAllBe(s => s == 200 || s == 400);
        statuses[400].ShouldBe(429);
        var token = Token().Claim("sid", "s").Build();
        (await _standings.LogoutAsync(token)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(429), a => a.RetryAfter.ShouldBe("1"));
        _standings.Clock.Advance(TimeSpan.FromMilliseconds(10));
        (await _standings.LogoutAsync(token)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task An_issuer_whose_keys_are_away_is_asked_to_send_it_again()
    {
        _issuer.KeySetAnswer = http =>
        {
            http.Response.StatusCode = 500;
            return Task.CompletedTask;
        };
        (await _standings.LogoutAsync(Token().Claim("sid", "s").Build())).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(503), a => a.RetryAfter.ShouldBe("1"), a => ((string?)a.Body["error"]).ShouldBe("temporarily_unavailable"));
    }

    private TokenBuilder Token() => new TokenBuilder(_issuer.Key).Header("typ", "logout+jwt").Claim("iss", _issuer.Url).Claim("aud", "web").Claim("jti", Guid.NewGuid().ToString("N"))
        .Claim("iat", TestClock.Start.ToUnixTimeSeconds()).Claim("exp", TestClock.Start.ToUnixTimeSeconds() + 120).Claim("events", new JsonObject { [Event] = new JsonObject() });
}
