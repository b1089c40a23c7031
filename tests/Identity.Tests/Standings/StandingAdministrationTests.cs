using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Tests.Support;

namespace GatewayStack.Identity.Tests.Standings;

public sealed class StandingAdministrationTests : IAsyncDisposable
{
    private readonly StandingsUnderTest _standings = new();

    private static CallerIdentity Admin => StandingsUnderTest.Admin;

    private static CallerIdentity Operator => StandingsUnderTest.Operator;

    public ValueTask DisposeAsync() => _standings.DisposeAsync();

    [Fact]
    public async Task A_block_is_in_force_when_it_is_answered_and_over_when_that_is_answered()
    {
        var nora = Measures.Caller("nora");
        await _standings.Book.RefreshAsync(TestContext.Current.CancellationToken);
        _standings.IsIn(nora).ShouldBeTrue();
        var taken = await _standings.AddAsync(Admin, """{"effect":"block","subject":{"person_id":"nora"},"reason":"a lost laptop","minutes":90}""");
        taken.Status.ShouldBe(201);
        taken.Body.ToJsonString().ShouldBe(
            $$"""{"id":"{{taken.Id}}","effect":"block","subject":{"tenant":"default","person_id":"nora"},"reason":"a lost laptop","author":"tess","origin":"administrator","created_at":"2026-11-22T05:16:00.000Z","until":"2026-11-22T06:46:00.000Z"}""");
        _standings.IsIn(nora).ShouldBeFalse();
        _standings.IsIn(Measures.Caller("alice")).ShouldBeTrue();
        _standings.IsIn(nora with { Tenant = "other" }).ShouldBeTrue();
        (await _standings.ListAsync(Admin)).Ids.ShouldBe([taken.Id]);

        var over = await _standings.EndAsync(Admin, taken.Id);
        (over.Status, (string?)over.Body["ended_by"], (string?)over.Body["end_reason"]).ShouldBe((200, "tess", "over"));
        _standings.IsIn(nora).ShouldBeTrue();
        (await _standings.ListAsync(Admin)).Ids.ShouldBeEmpty();
        (await _standings.ListAsync(Admin, "?all=true")).Ids.ShouldBe([taken.Id]);
        (await _standings.EndAsync(Admin, taken.Id)).Status.ShouldBe(200, "it is over already");
        _standings.Events.Select(e => e.Administration!.Operation).ShouldBe(["standing.block", "standing.unblock"], "what changes nothing is no act");
    }

    [Fact]
    public async Task It_ends_by_itself_and_says_so()
    {
        var nora = Measures.Caller("nora");
        await _standings.AddAsync(Admin, """{"subject":{"person_id":"nora"},"reason":"r","until":"2026-11-22T06:20:00+01:00"}""");
        _standings.IsIn(nora).ShouldBeFalse();
        _standings.Clock.Advance(TimeSpan.FromMinutes(4) - TimeSpan.FromTicks(1));
        _standings.IsIn(nora).ShouldBeFalse();
        _standings.Clock.Advance(TimeSpan.FromTicks(1));
        _standings.IsIn(nora).ShouldBeTrue("whether or not anybody looked");
        await _standings.Book.RefreshAsync(TestContext.Current.CancellationToken);
        var ended = (await _standings.ListAsync(Admin, "?all=true")).Body["measures"]![0]!;
        ((string?)ended["ended_at"], ended["ended_by"]).ShouldBe(("2026-11-22T05:20:00.000Z", null));
        var last = _standings.Events[^1];
        (last.Administration!.Operation, last.Caller, last.Tenant).ShouldBe(("standing.expire", null, "default"));
    }

    [Fact]
    public async Task An_act_is_recorded_with_what_it_is_on_and_its_user_id_is_sealed()
    {
        var body = """{"subject":{"user":"nora@example.com","tenant":"default","client_id":"https://claude.ai/x","signed_in_until":"2026-11-22T05:00:00Z"},"reason":"why","minutes":1}""";
        var taken = await _standings.AddAsync(Admin, body);
        var act = _standings.Events.ShouldHaveSingleItem();
        (act.Type, act.Route, act.Action, act.Status, act.Tenant).ShouldBe((EventTypes.Administration, "admin.identity.standings.add", "admin.write", 201, "default"));
        (act.Caller!.PersonId, act.Personal!.UserId).ShouldBe(("tess", "tess"));
        (act.Administration!.Reason, act.Administration.Succeeded).ShouldBe(("why", true));
        act.Administration.Standing.ShouldBe(new EventStanding
        {
            Measure = taken.Id,
            Subject = new StandingSubject { Tenant = "default", ClientId = "https://claude.ai/x", SignedInUntil = TestClock.Start.AddMinutes(-16) },
            Until = TestClock.Start.AddMinutes(1),
        });
        act.Resources.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Type.ShouldBe("user"), r => r.Id.ShouldBe("nora@example.com"));
        _standings.Log.ShouldAllBe(l => !l.Contains("nora", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_at_once_and_nothing_is_taken()
    {
        var body = """{"effect":"elevation","subject":{"issuer":"https://nobody.example","user":"x","tool":"a\u0000b","signed_in_until":"yesterday"},"reason":"","minutes":0}""";
        var answer = await _standings.AddAsync(Operator, body);
        (answer.Status, answer.Code).ShouldBe((400, "invalid_request"));
        answer.Errors.ShouldBe(["effect", "subject.tool", "subject.issuer", "subject.signed_in_until", "subject.tenant", "reason", "minutes"], ignoreOrder: true);
        (await _standings.ListAsync(Operator, "?all=true")).Ids.ShouldBeEmpty();
        _standings.Events.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"reason":"r","minutes":1}""", "subject")]
    [InlineData("""{"subject":{},"reason":"r","minutes":1}""", "subject")]
    [InlineData("""{"subject":{"signed_in_until":"2026-11-22T05:00:00Z"},"reason":"r","minutes":1}""", "subject")]
    [InlineData("""{"subject":{"person_id":""},"reason":"r","minutes":1}""", "subject.person_id")]
    [InlineData("""{"subject":{"person_id":" x"},"reason":"r","minutes":1}""", "subject.person_id")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"two\nlines","minutes":1}""", "reason")]
    [InlineData("""{"subject":{"client_id":"x"},"minutes":1}""", "reason")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r"}""", "until")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":1,"until":"2026-11-23T00:00:00Z"}""", "minutes")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":-1}""", "minutes")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":129601}""", "minutes")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","until":"2026-11-22T05:16:00Z"}""", "until")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","until":"2027-02-20T05:16:01Z"}""", "until")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","until":"2026-12-01T00:00:00"}""", "until")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","until":"2026-12-01"}""", "until")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","until":"1"}""", "until")]
    public async Task One_thing_that_is_wrong_is_named(string body, string key)
    {
        var answer = await _standings.AddAsync(Operator, body);
        (answer.Status, answer.Code).ShouldBe((400, "invalid_request"));
        answer.Errors.ShouldBe([key]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":"1"}""")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":1.5}""")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":99999999999}""")]
    [InlineData("""{"subject":{"client_id":"x","client_id":"y"},"reason":"r","minutes":1}""")]
    [InlineData("""{"subject":{"everybody":true},"reason":"r","minutes":1}""")]
    [InlineData("""{"subject":{"client_id":"x"},"reason":"r","minutes":1,"forever":true}""")]
    public async Task What_is_no_measure_is_refused(string body) => (await _standings.AddAsync(Operator, body)).ShouldSatisfyAllConditions(
        a => a.Status.ShouldBe(400), a => a.Code.ShouldBe("invalid_request"));

    [Fact]
    public async Task Sizes_are_bounded_and_the_longest_of_each_is_taken()
    {
        string Body(string client, string reason) => $$"""{"subject":{"client_id":"{{client}}"},"reason":"{{reason}}","minutes":129600}""";
        (await _standings.AddAsync(Operator, Body(new string('c', 1024), new string('r', 500)))).Status.ShouldBe(201);
        (await _standings.AddAsync(Operator, Body(new string('c', 1025), new string('r', 501)))).Errors.ShouldBe(["subject.client_id", "reason"], ignoreOrder: true);
        (await _standings.AddAsync(Operator, Body("c", "r") + new string(' ', 16 * 1024))).Status.ShouldBe(400);
        (await _standings.SendAsync("admin.identity.standings.add", "POST", Operator, Body("c", "r"), type: "text/plain")).Code.ShouldBe("unsupported_media_type");
    }

    [Fact]
    public async Task An_administrator_of_one_tenant_acts_in_that_one_only()
    {
        var (theirs, none) = (await _standings.AddAsync(Operator, Body("\"tenant\":\"acme\",")), await _standings.AddAsync(Operator, Body(string.Empty)));
        (theirs.Status, none.Status, (string?)none.Body["subject"]!["tenant"]).ShouldBe((201, 201, null));
        (await _standings.AddAsync(Admin, Body("\"tenant\":\"acme\","))).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(403), a => a.Code.ShouldBe("tenant_not_allowed"));
        var own = await _standings.AddAsync(Admin, Body(string.Empty));
        (own.Status, (string?)own.Body["subject"]!["tenant"]).ShouldBe((201, "default"));
        (await _standings.ListAsync(Admin)).Ids.ShouldBe([own.Id]);
        (await _standings.ListAsync(Admin, "?all=true")).Ids.ShouldBe([own.Id]);
        (await _standings.ListAsync(Operator)).Ids.ShouldBe([own.Id, none.Id, theirs.Id], ignoreOrder: true);
        (await _standings.EndAsync(Admin, theirs.Id)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(404), a => a.Code.ShouldBe("not_found"));
        (await _standings.EndAsync(Admin, none.Id)).Status.ShouldBe(404);
        (await _standings.EndAsync(Operator, theirs.Id)).Status.ShouldBe(200);
        (await _standings.EndAsync(Admin, own.Id)).Status.ShouldBe(200);

        static string Body(string tenant) => $$"""{"subject":{{{tenant}}"client_id":"c"},"reason":"r","minutes":1}""";
    }

    [Fact]
    public async Task An_administrator_of_one_tenant_ends_what_its_administrators_took_and_nothing_else()
    {
        const string Body = """{"subject":{"tenant":"default","person_id":"nora"},"reason":"r","minutes":5}""";
        var alice = Measures.Caller("alice") with { ClientId = "cli" };
        var operators = await _standings.AddAsync(Operator, Body);
        await _standings.ClientAsync("DELETE", alice, "?client_id=app");
        var own = (string)(await _standings.ListAsync(Admin, "?origin=person")).Body["measures"]![0]!["id"]!;
        (await _standings.EndAsync(Admin, operators.Id)).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(403), a => a.Code.ShouldBe("insufficient_scope"), a => ((string)a.Body["detail"]!).ShouldContain("An administrator of all tenants"));
        (await _standings.EndAsync(Admin, own)).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(403), a => a.Code.ShouldBe("insufficient_scope"), a => ((string)a.Body["detail"]!).ShouldContain("A person took this measure"));
        _standings.IsIn(Measures.Caller("nora")).ShouldBeFalse();
        _standings.IsIn(alice with { ClientId = "app" }).ShouldBeFalse();
        _standings.Events.ShouldAllBe(e => e.Administration!.Operation == "standing.block");

        // One that another administrator of the tenant took is the tenant's.
        var tenants = await _standings.AddAsync(Admin with { PersonId = "tina", UserId = "tina" }, Body);
        (await _standings.EndAsync(Admin, tenants.Id)).Status.ShouldBe(200);
        (await _standings.EndAsync(Operator, operators.Id)).Status.ShouldBe(200);
        (await _standings.EndAsync(Operator, own)).Status.ShouldBe(200);
        (await _standings.EndAsync(Admin, operators.Id)).Status.ShouldBe(403, "of the past it is still theirs");
        _standings.IsIn(Measures.Caller("nora")).ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"person_id\":\"oscar\"")]
    [InlineData("\"user\":\"oscar\",\"tenant\":\"default\"")]
    [InlineData("\"tenant\":\"default\"")]
    [InlineData("\"issuer\":\"https://idp.example\"")]
    [InlineData("\"issuer\":\"idp\"")]
    [InlineData("\"client_id\":\"console\"")]
    [InlineData("\"tenant\":\"default\",\"client_id\":\"console\"")]
    [InlineData("\"person_id\":\"oscar\",\"signed_in_until\":\"2026-11-22T05:16:00Z\"")]
    public async Task Nobody_cuts_themselves_off(string subject)
    {
        var answer = await _standings.AddAsync(Operator, $$"""{"subject":{{{subject}}},"reason":"r","minutes":1}""");
        (answer.Status, answer.Code).ShouldBe((409, "blocks_yourself"));
        _standings.IsIn(Operator).ShouldBeTrue();
    }

    [Theory]
    [InlineData("\"person_id\":\"nora\"")]
    [InlineData("\"person_id\":\"oscar\",\"client_id\":\"another\"")]
    [InlineData("\"tenant\":\"acme\"")]
    [InlineData("\"tool\":\"calendar/create_event\"")]
    [InlineData("\"model\":\"gpt-4o\",\"tenant\":\"default\"")]
    [InlineData("\"provider\":\"openai\"")]
    [InlineData("\"session_id\":\"s\"")]
    public async Task What_leaves_them_in_is_theirs_to_take(string subject) =>
        (await _standings.AddAsync(Operator, $$"""{"subject":{{{subject}}},"reason":"r","minutes":1}""")).Status.ShouldBe(201);

    [Fact]
    public async Task A_request_that_is_sent_twice_under_one_key_is_one_measure()
    {
        const string Body = """{"subject":{"client_id":"c"},"reason":"r","minutes":5}""";
        var first = await _standings.AddAsync(Operator, Body, "key-1");
        _standings.Clock.Advance(TimeSpan.FromSeconds(10));
        var again = await _standings.AddAsync(Operator, Body, "key-1");
        (first.Status, again.Status, again.Id).ShouldBe((201, 200, first.Id));
        (await _standings.AddAsync(Operator, Body.Replace("5", "6", StringComparison.Ordinal), "key-1")).Code.ShouldBe("idempotency_key_reused");
        (await _standings.AddAsync(Admin, Body, "key-1")).Status.ShouldBe(201, "another author's key is another one");
        (await _standings.AddAsync(Operator, Body, "key-2")).Status.ShouldBe(201);
        _standings.Events.Count.ShouldBe(3);
        (await _standings.AddAsync(Operator, Body, "two words")).Errors.ShouldBe(["Idempotency-Key"]);
        (await _standings.AddAsync(Operator, Body, new string('k', 201))).Errors.ShouldBe(["Idempotency-Key"]);
    }

    [Fact]
    public async Task A_key_whose_measure_is_over_takes_none_and_says_so()
    {
        const string Body = """{"subject":{"client_id":"c"},"reason":"r","minutes":5}""";
        var (ended, due) = (await _standings.AddAsync(Operator, Body, "key-1"), await _standings.AddAsync(Operator, Body, "key-2"));
        await _standings.EndAsync(Operator, ended.Id);
        (await _standings.AddAsync(Operator, Body, "key-1")).ShouldSatisfyAllConditions(
            a => a.Status.ShouldBe(409), a => a.Code.ShouldBe("measure_ended"), a => ((string)a.Body["detail"]!).ShouldContain(ended.Id));
        (await _standings.AddAsync(Operator, Body, "key-2")).Status.ShouldBe(200);
        _standings.Clock.Advance(TimeSpan.FromMinutes(5));
        (await _standings.AddAsync(Operator, Body, "key-2")).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(409), a => ((string)a.Body["detail"]!).ShouldContain(due.Id));
        (await _standings.AddAsync(Operator, Body, "key-3")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task There_are_no_more_than_may_be()
    {
        await using var few = new StandingsUnderTest(new StandingsOptions { MaxMeasures = 2, MaxDays = 1 });
        const string Body = """{"subject":{"client_id":"c"},"reason":"r","minutes":1440}""";
        await few.AddAsync(Operator, Body);
        await few.AddAsync(Operator, Body);
        (await few.AddAsync(Operator, Body)).ShouldSatisfyAllConditions(a => a.Status.ShouldBe(409), a => a.Code.ShouldBe("too_many_measures"));
        few.Clock.Advance(TimeSpan.FromDays(1));
        (await few.AddAsync(Operator, Body)).Status.ShouldBe(201);
        (await few.AddAsync(Operator, Body.Replace("1440", "1441", StringComparison.Ordinal))).Errors.ShouldBe(["minutes"]);
    }

    [Fact]
    public async Task One_tenant_takes_its_share_and_all_of_them_leave_one_to_those_of_all_tenants()
    {
        await using var few = new StandingsUnderTest(new StandingsOptions { MaxMeasures = 20 });
        const string Body = """{"subject":{"client_id":"c"},"reason":"r","minutes":60}""";
        async Task<string?> TakeAsync(CallerIdentity caller) => await few.AddAsync(caller, Body) is { Status: 201 } ? null : (await few.AddAsync(caller, Body)).Code;

        for (var tenant = 0; tenant < 9; tenant++)
        {
            var admin = Admin with { Tenant = $"t{tenant}" };
            (await TakeAsync(admin)).ShouldBeNull();
            (await TakeAsync(admin with { PersonId = "another" })).ShouldBeNull();
            (await TakeAsync(admin)).ShouldBe("too_many_measures");
        }

        (await TakeAsync(Admin with { Tenant = "t9" })).ShouldBe("too_many_measures");
        (await TakeAsync(Operator)).ShouldBeNull();
        (await TakeAsync(Operator)).ShouldBeNull();
        (await TakeAsync(Operator)).ShouldBe("too_many_measures");
    }

    [Theory]
    [InlineData("?all=yes")]
    [InlineData("?all=true&all=true")]
    [InlineData("?origin=nobody")]
    [InlineData("?limit=0")]
    [InlineData("?limit=1001")]
    [InlineData("?tenant=acme")]
    public async Task A_list_that_is_not_understood_is_refused(string query) => (await _standings.ListAsync(Operator, query)).Status.ShouldBe(400);

    [Fact]
    public async Task A_list_is_bounded_and_says_so()
    {
        for (var i = 0; i < 3; i++)
        {
            await _standings.AddAsync(Operator, """{"subject":{"client_id":"c"},"reason":"r","minutes":5}""");
        }

        var two = await _standings.ListAsync(Operator, "?limit=2");
        (two.Ids.Count(), (bool?)two.Body["more"]).ShouldBe((2, true));
        (await _standings.ListAsync(Operator, "?limit=3&origin=administrator")).Body["more"]!.GetValue<bool>().ShouldBeFalse();
        (await _standings.ListAsync(Operator, "?origin=issuer")).Ids.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_end_needs_a_reason_and_a_measure()
    {
        var taken = await _standings.AddAsync(Operator, """{"subject":{"client_id":"c"},"reason":"r","minutes":5}""");
        (await _standings.EndAsync(Operator, taken.Id, "{}")).Code.ShouldBe("reason_required");
        (await _standings.EndAsync(Operator, "nothing")).Status.ShouldBe(404);
        (await _standings.EndAsync(Operator, taken.Id)).Status.ShouldBe(200);
    }
}
