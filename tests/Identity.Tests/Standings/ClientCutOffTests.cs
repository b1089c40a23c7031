using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Tests.Standings;

public sealed class ClientCutOffTests : IAsyncDisposable
{
    private const string Chat = "https://chatgpt.com/oauth/client.json";
    private const string Query = "?client_id=https%3A%2F%2Fchatgpt.com%2Foauth%2Fclient.json";

    private readonly StandingsUnderTest _standings = new();

    private static CallerIdentity Alice { get; } = Measures.Caller("alice") with { Scopes = ["clients:manage"] };

    public ValueTask DisposeAsync() => _standings.DisposeAsync();

    [Fact]
    public async Task One_app_is_cut_off_the_others_go_on_and_it_is_let_in_again()
    {
        var off = await _standings.ClientAsync("DELETE", Alice, Query);
        (off.Status, (string?)off.Body["client_id"], (bool?)off.Body["cut_off"], (string?)off.Body["by"]).ShouldBe((200, Chat, true, "you"));
        _standings.IsIn(Alice with { ClientId = Chat }).ShouldBeFalse();
        _standings.IsIn(Alice).ShouldBeTrue();
        _standings.IsIn(Measures.Caller("bob") with { ClientId = Chat }).ShouldBeTrue();
        (await _standings.ClientAsync("DELETE", Alice, Query)).Status.ShouldBe(200, "twice is once");
        var act = _standings.Events.ShouldHaveSingleItem();
        (act.Action, act.Route, act.Caller!.PersonId, act.Administration!.Operation).ShouldBe(("clients.manage", "me.clients.cut_off", "alice", "standing.block"));
        act.Administration.Standing!.Subject.ShouldBe(new StandingSubject { Tenant = "default", PersonId = "alice", ClientId = Chat });

        var on = await _standings.ClientAsync("PUT", Alice, Query, """{"reason":"I need it"}""");
        on.Body.ToJsonString().ShouldBe($$"""{"client_id":"{{Chat}}","cut_off":false}""");
        _standings.IsIn(Alice with { ClientId = Chat }).ShouldBeTrue();
        (await _standings.ClientAsync("PUT", Alice, Query)).Status.ShouldBe(200);
        _standings.Events.Select(e => e.Administration!.Operation).ShouldBe(["standing.block", "standing.unblock"]);
    }

    [Fact]
    public async Task What_an_administrator_cut_off_stays_so_and_others_cut_offs_are_theirs()
    {
        await _standings.AddAsync(StandingsUnderTest.Admin, $$"""{"subject":{"client_id":"{{Chat}}"},"reason":"not this one","minutes":5}""");
        await _standings.ClientAsync("DELETE", Measures.Caller("bob"), Query);
        var still = await _standings.ClientAsync("PUT", Alice, Query);
        ((bool?)still.Body["cut_off"], (string?)still.Body["by"], (string?)still.Body["reason"]).ShouldBe((true, "administrator", "not this one"));
        (await _standings.ListAsync(StandingsUnderTest.Admin, "?origin=person")).Ids.Count().ShouldBe(1);
    }

    [Fact]
    public async Task An_administrator_sees_what_people_did_and_one_of_all_tenants_ends_it()
    {
        await _standings.ClientAsync("DELETE", Alice, Query, """{"reason":"it asked too much"}""");
        var measure = (await _standings.ListAsync(StandingsUnderTest.Admin)).Body["measures"]![0]!;
        ((string?)measure["author"], (string?)measure["reason"], (string?)measure["origin"]).ShouldBe(("alice", "it asked too much", "person"));
        (await _standings.EndAsync(StandingsUnderTest.Admin, (string)measure["id"]!)).Status.ShouldBe(403);
        _standings.IsIn(Alice with { ClientId = Chat }).ShouldBeFalse();
        (await _standings.EndAsync(StandingsUnderTest.Operator, (string)measure["id"]!)).Status.ShouldBe(200);
        _standings.IsIn(Alice with { ClientId = Chat }).ShouldBeTrue();
    }

    [Fact]
    public async Task One_person_fills_no_book()
    {
        for (var i = 0; i < 100; i++)
        {
            (await _standings.ClientAsync("DELETE", Alice, $"?client_id={i}")).Status.ShouldBe(200);
        }

        (await _standings.ClientAsync("DELETE", Alice, "?client_id=100")).Code.ShouldBe("too_many_measures");
        (await _standings.ClientAsync("DELETE", Measures.Caller("bob"), "?client_id=100")).Status.ShouldBe(200);
        await _standings.ClientAsync("PUT", Alice, "?client_id=0");
        (await _standings.ClientAsync("DELETE", Alice, "?client_id=100")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task People_of_one_tenant_leave_room_for_those_of_others()
    {
        IssuerOptions idp = new() { Name = "idp", Issuer = "https://idp.example", Audiences = ["gateway"], Tenant = "default" };
        await using var shared = new StandingsUnderTest(new StandingsOptions { MaxMeasures = 40 }, idp, idp with { Name = "other", Issuer = "https://other.example", Tenant = "acme" });
        for (var i = 0; i < 4; i++)
        {
            (await shared.ClientAsync("DELETE", Measures.Caller($"{i}"), Query)).Status.ShouldBe(200);
        }

        (await shared.ClientAsync("DELETE", Alice, Query)).Code.ShouldBe("too_many_measures");
        (await shared.ClientAsync("DELETE", Alice with { Tenant = "acme" }, Query)).Status.ShouldBe(200);

        // It is still no administrator's to end, whose tenant it is.
        var id = shared.Events[0].Administration!.Standing!.Measure;
        (await shared.EndAsync(StandingsUnderTest.Admin, id)).Status.ShouldBe(403);

        // Where there is no other tenant, all of it is theirs.
        await using var alone = new StandingsUnderTest(new StandingsOptions { MaxMeasures = 40 }, idp);
        for (var i = 0; i < 5; i++)
        {
            (await alone.ClientAsync("DELETE", Measures.Caller($"{i}"), Query)).Status.ShouldBe(200);
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("?client_id=", null)]
    [InlineData("?client_id=a&client_id=b", null)]
    [InlineData("?client_id=a&all=true", null)]
    [InlineData("?client_id=a%00b", null)]
    [InlineData("?client_id=%20a", null)]
    [InlineData("?client_id=a", "{\"reason\":\"\"}")]
    [InlineData("?client_id=a", "{\"until\":\"2099-01-01T00:00:00Z\"}")]
    [InlineData("?client_id=a", "[]")]
    public async Task What_names_no_app_is_refused(string query, string? body)
    {
        foreach (var method in (string[])["DELETE", "PUT"])
        {
            (await _standings.ClientAsync(method, Alice, query, body)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(400), a => a.Code.ShouldBe("invalid_request"));
        }

        _standings.Events.ShouldBeEmpty();
    }
}
