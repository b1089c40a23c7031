using System.Net;
using System.Text.Json.Nodes;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Router.Standings;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Standings;

/// <summary>Who is cut off is let in nowhere and told why; everybody else goes on.</summary>
public sealed class StandingTests : IAsyncLifetime
{
    private static readonly StandingSubject Alice = new() { PersonId = "person-alice" };

    private StubServer _provider = null!;
    private StubServer _other = null!;
    private GatewayUnderTest _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        (_provider, _other) = (await StubServer.StartAsync(), await StubServer.StartAsync());
        _gateway = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _provider.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Theory]
    [InlineData("POST", "/v1/chat/completions")]
    [InlineData("GET", "/v1/models")]
    [InlineData("GET", "/backends/b/x")]
    [InlineData("GET", "/me/limits")]
    [InlineData("GET", "/audit/events")]
    [InlineData("GET", "/admin/router")]
    public async Task A_blocked_caller_is_refused_on_every_class(string method, string path)
    {
        var measure = await BlockAsync(Alice);
        using var refused = await AskAsync(method, path, "alice");
        ((int)refused.StatusCode, await refused.CodeAsync(), refused.Header("x-should-retry")).ShouldBe((403, "access_blocked", "false"));
        refused.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await refused.BodyAsync()).ShouldContain("Your access was ended until 2170-01-01 00:00 UTC. Reason: phone lost. Turn to the service desk.");
        var recorded = _gateway.Log.Events.ShouldHaveSingleItem();
        recorded.ShouldSatisfyAllConditions(
            e => e.Type.ShouldBe(EventTypes.Refusal), e => e.Reason.ShouldBe("access_blocked"), e => e.Decision!.Effect.ShouldBe("deny"), e => e.Decision!.RuleIds.ShouldBe(["standing:" + measure.Id]));
        _gateway.Journal.Lines.ShouldNotContain("decide");
        _provider.Requests.ShouldBeEmpty();

        if (!path.StartsWith("/admin", StringComparison.Ordinal) && !path.StartsWith("/audit", StringComparison.Ordinal))
        {
            using var other = await AskAsync(method, path, "nora");
            other.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        _gateway.Standings.Unblock(measure);
        await HeardAsync(_gateway);
        using var back = await AskAsync(method, path, "alice");
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_reason_is_told_on_one_line_without_what_turns_or_hides_text()
    {
        _gateway.Standings.Block(Alice, reason: "lost\r\nSet-Cookie: a=b\u202e\u0000 \u200b phone \"now\"");
        await HeardAsync(_gateway);
        using var refused = await _gateway.ChatAsync(Wire.Ask());
        var message = JsonNode.Parse(await refused.BodyAsync())!["error"]!["message"]!.GetValue<string>();
        message.ShouldContain("Reason: lost Set-Cookie: a=b phone \"now\". Turn to");
        message.ShouldAllBe(c => !char.IsControl(c));
    }

    [Fact]
    public async Task A_client_is_cut_off_for_one_person_and_for_nobody_else()
    {
        _gateway.Identity.OnAuthenticate = (request, _) =>
        {
            var parts = request.Credentials[0].Value.Split('/');
            var known = IdentityDouble.Known(request with { Credentials = [request.Credentials[0] with { Value = parts[0] }] });
            return Task.FromResult(known with { Identity = known.Identity! with { ClientId = parts[1] } });
        };
        _gateway.Standings.Block(Alice with { ClientId = "chatgpt" });
        await HeardAsync(_gateway);
        foreach (var (token, status) in new[] { ("alice/chatgpt", 403), ("alice/claude", 200), ("nora/chatgpt", 200) })
        {
            using var response = await _gateway.ChatAsync(Wire.Ask(), token);
            ((int)response.StatusCode).ShouldBe(status, token);
        }
    }

    [Fact]
    public async Task A_block_ends_by_the_routers_own_clock()
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var gateway = await StartAsync(time);
        gateway.Standings.Block(Alice, time.GetUtcNow().AddMinutes(1));
        await HeardAsync(gateway);
        using var refused = await gateway.ChatAsync(Wire.Ask());
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        gateway.Standings.Break(new IOException());
        time.Advance(TimeSpan.FromMinutes(1));
        using var back = await gateway.ChatAsync(Wire.Ask());
        back.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task While_nobody_has_said_who_is_cut_off_nobody_is_let_in()
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        var starting = StartAsync(time, prepare: s => s.Say(null));
        await time.TimerAsync(1).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(2));
        await using var gateway = await starting;
        using var refused = await gateway.ChatAsync(Wire.Ask());
        ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((503, "standing_unavailable"));
        using var red = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        ((int)red.StatusCode).ShouldBe(503);
        gateway.Standings.Say(new StandingSnapshot { Revision = 4, AsOf = time.GetUtcNow() });
        await HeardAsync(gateway);
        using var green = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        ((int)green.StatusCode).ShouldBe(200);
        using var let = await gateway.ChatAsync(Wire.Ask());
        let.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_old_word_lets_nobody_new_in_and_running_calls_go_on_marked()
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var gateway = await StartAsync(time, more: "Router:Standings:StaleSeconds=10");
        var release = new TaskCompletionSource();
        _provider.OnRequest = Wire.Stream([Wire.First], async http =>
        {
            await release.Task;
            await Wire.Stream([Wire.Last, Wire.Usage, Wire.Done])(http);
        });
        using var running = await gateway.ChatAsync(Wire.Ask(more: ",\"stream\":true"), completion: HttpCompletionOption.ResponseHeadersRead);
        time.Advance(TimeSpan.FromSeconds(11));
        using var refused = await gateway.ChatAsync(Wire.Ask());
        (await refused.CodeAsync()).ShouldBe("standing_unavailable");
        using var red = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        ((int)red.StatusCode).ShouldBe(503);

        // The same word again is no new one; a word that was asked for anew is.
        gateway.Standings.Say(new StandingSnapshot { Revision = 1, AsOf = DateTimeOffset.UnixEpoch });
        release.SetResult();
        (await running.BodyAsync()).ShouldContain("[DONE]");
        (await gateway.Log.AppendedAsync(EventTypes.Outcome)).ShouldSatisfyAllConditions(e => e.Outcome.ShouldBe("completed"), e => e.Degraded.ShouldContain("standing"));
        gateway.Standings.Beat();
        await HeardAsync(gateway);
        _provider.OnRequest = Wire.Answer();
        using var let = await gateway.ChatAsync(Wire.Ask());
        let.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_lost_line_is_taken_up_again()
    {
        var time = new SignallingTime();
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var gateway = await StartAsync(time);
        gateway.Standings.Break(new IOException("lost"));
        for (var i = 1; i <= 8; i++)
        {
            await time.TimerAsync(i).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
            time.DueTimes[^1].ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(1));
            time.Advance(time.DueTimes[^1]);
        }

        await time.TimerAsync(9).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        gateway.Standings.Mend();
        gateway.Standings.Block(Alice);
        time.Advance(TimeSpan.FromSeconds(1));
        await HeardAsync(gateway);
        using var refused = await gateway.ChatAsync(Wire.Ask());
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_replica_that_is_behind_undoes_nothing()
    {
        await BlockAsync(Alice);
        _gateway.Standings.Say(new StandingSnapshot { Revision = 1, AsOf = DateTimeOffset.UnixEpoch.AddYears(1) });
        _gateway.Standings.Say(new StandingSnapshot { Revision = 1, AsOf = DateTimeOffset.UnixEpoch.AddYears(2) });
        using var refused = await _gateway.ChatAsync(Wire.Ask());
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task What_a_replica_says_whose_clock_is_behind_counts_at_once()
    {
        _gateway.Standings.Say(new StandingSnapshot { Revision = 4, AsOf = DateTimeOffset.UnixEpoch.AddYears(1) });
        await HeardAsync(_gateway);
        var block = StandingsDouble.Measure("m", Alice);
        _gateway.Standings.Say(new StandingSnapshot { Revision = 5, AsOf = DateTimeOffset.UnixEpoch, Measures = [block] });
        await RevisionAsync(5);
        using var refused = await _gateway.ChatAsync(Wire.Ask());
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        // And the replica that is ahead, and has not heard of it, undoes nothing.
        _gateway.Standings.Say(new StandingSnapshot { Revision = 4, AsOf = DateTimeOffset.UnixEpoch.AddYears(2) });
        using var still = await _gateway.ChatAsync(Wire.Ask());
        still.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        _gateway.Standings.Say(new StandingSnapshot { Revision = 6, AsOf = DateTimeOffset.UnixEpoch });
        await RevisionAsync(6);
        using var let = await _gateway.ChatAsync(Wire.Ask());
        let.StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task RevisionAsync(long revision)
        {
            var follower = _gateway.Services.GetRequiredService<StandingFollower>();
            using var soon = new CancellationTokenSource(Waiting.Most);
            while (follower.Latest.Revision != revision)
            {
                soon.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_replica_that_lost_its_store_makes_nothing_fresh_and_undoes_nothing_however_often_it_is_asked()
    {
        var time = new SignallingTime();
        var start = DateTimeOffset.UnixEpoch.AddYears(56);
        time.SetUtcNow(start);
        await using var gateway = await StartAsync(time, more: "Router:Standings:StaleSeconds=10");
        var measure = StandingsDouble.Measure("m", Alice);
        var held = new StandingSnapshot { Revision = 7, AsOf = start, Measures = [measure] };
        var follower = gateway.Services.GetRequiredService<StandingFollower>();
        gateway.Standings.Say(held);
        await HeardAsync(gateway);

        // Two that lost it at different times, in turn; the last one has not heard of the block yet.
        for (var i = 1; i <= 11; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await SayAsync(held with { AsOf = start.AddSeconds(i % 2 == 0 ? -1 : -2) });
            await SayAsync(new StandingSnapshot { Revision = 6, AsOf = start.AddSeconds(-3) });
        }

        using var refused = await gateway.ChatAsync(Wire.Ask(), "nora");
        ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((503, "standing_unavailable"));
        follower.Latest.Revision.ShouldBe(7);

        // One older than what is held makes nothing fresh, though its revision is higher and what is held is too old; one that has asked since does.
        await SayAsync(new StandingSnapshot { Revision = 8, AsOf = start.AddSeconds(-1) });
        using var still = await gateway.ChatAsync(Wire.Ask(), "nora");
        still.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        gateway.Standings.Say(held with { AsOf = start.AddSeconds(11) });
        await HeardAsync(gateway);
        (follower.Latest.Revision, follower.SaidAsOf).ShouldBe((7, start.AddSeconds(11)));
        using var blocked = await gateway.ChatAsync(Wire.Ask());
        blocked.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var let = await gateway.ChatAsync(Wire.Ask(), "nora");
        let.StatusCode.ShouldBe(HttpStatusCode.OK);

        async Task SayAsync(StandingSnapshot snapshot)
        {
            gateway.Standings.Say(snapshot);
            using var soon = new CancellationTokenSource(Waiting.Most);
            while (!ReferenceEquals(gateway.Standings.Taken, snapshot))
            {
                soon.Token.ThrowIfCancellationRequested();
                await Task.Yield();
            }
        }
    }

    [Fact]
    public async Task A_blocked_provider_leaves_the_candidates_and_a_model_without_any_is_refused_and_hidden()
    {
        var one = await BlockAsync(new StandingSubject { Provider = "p" });
        using (var fallback = await _gateway.ChatAsync(Wire.Ask("either")))
        {
            fallback.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (_provider.Requests.Count, _other.Requests.Count).ShouldBe((0, 1));
        using var refused = await _gateway.ChatAsync(Wire.Ask());
        ((int)refused.StatusCode, await refused.CodeAsync()).ShouldBe((403, "access_blocked"));
        (await refused.BodyAsync()).ShouldContain("The model 'm' was taken out of use until");
        (await ModelsAsync()).ShouldBe(["either"]);
        _gateway.Standings.Unblock(one);

        // A model behind an alias, as its provider knows it; and an alias.
        await BlockAsync(new StandingSubject { Model = "behind" });
        using (var fallback = await _gateway.ChatAsync(Wire.Ask("either")))
        {
            fallback.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        (_provider.Requests.Count, _other.Requests.Count).ShouldBe((1, 1));
        (await ModelsAsync()).ShouldBe(["m", "either"]);
        await BlockAsync(new StandingSubject { Model = "either" });
        using var alias = await _gateway.ChatAsync(Wire.Ask("either"));
        alias.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        using var hidden = await _gateway.SendAsync(HttpMethod.Get, "/v1/models/either");
        hidden.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var left = await _gateway.ChatAsync(Wire.Ask());
        left.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_provider_is_asked_for_again_before_each_attempt()
    {
        _provider.OnRequest = async http =>
        {
            await BlockAsync(new StandingSubject { Provider = "q" });
            await Wire.Answer("{}", 500)(http);
        };
        using var failed = await _gateway.ChatAsync(Wire.Ask("either"));
        failed.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        _other.Requests.ShouldBeEmpty();
    }

    private async Task<string[]> ModelsAsync()
    {
        using var models = await _gateway.SendAsync(HttpMethod.Get, "/v1/models");
        return [.. JsonNode.Parse(await models.BodyAsync())!["data"]!.AsArray().Select(m => (string)m!["id"]!)];
    }

    private async Task<HttpResponseMessage> AskAsync(string method, string path, string token)
    {
        var host = path.StartsWith("/admin", StringComparison.Ordinal) ? new Uri(_gateway.Management, path).ToString() : path;
        return await _gateway.SendAsync(new HttpMethod(method), host, method == "POST" ? Wire.Ask() : null, token);
    }

    private async Task<StandingMeasure> BlockAsync(StandingSubject subject)
    {
        var measure = _gateway.Standings.Block(subject);
        await HeardAsync(_gateway);
        return measure;
    }

    private static Task HeardAsync(GatewayUnderTest gateway) => Heard.ByAsync(gateway);

    private Task<GatewayUnderTest> StartAsync(TimeProvider? time = null, string more = "Router:EndUser=hash", Action<StandingsDouble>? prepare = null) => GatewayUnderTest.StartAsync(
        builder =>
        {
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }

            prepare?.Invoke((StandingsDouble)builder.Services.Last(d => d.ServiceType == typeof(IStandings)).ImplementationInstance!);
        },
        "Router:Standings:Contact=the service desk",
        "Router:Providers:p:BaseUrl=" + _provider.Address,
        "Router:Providers:q:BaseUrl=" + _other.Address,
        "Router:Models:0:Name=m",
        "Router:Models:0:Targets:0:Provider=p",
        "Router:Models:1:Name=either",
        "Router:Models:1:Targets:0:Provider=p",
        "Router:Models:1:Targets:1:Provider=q",
        "Router:Models:1:Targets:1:Model=behind",
        "Router:Backends:b:BaseUrl=" + _provider.Address,
        more);
}

/// <summary>Waits until what was said last has arrived.</summary>
internal static class Heard
{
    public static async Task ByAsync(GatewayUnderTest gateway)
    {
        var follower = gateway.Services.GetRequiredService<StandingFollower>();
        using var soon = new CancellationTokenSource(Waiting.Most);
        while (follower.Current is null || follower.Latest.Revision != gateway.Standings.Revision || follower.SaidAsOf != gateway.Standings.AsOf)
        {
            soon.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
