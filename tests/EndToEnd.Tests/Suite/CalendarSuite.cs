
namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>User, LLM, backend: "ChatGPT may read my calendar".</summary>
public abstract class CalendarSuite(SuiteGateway gateway) : GatewaySuite(gateway)
{
    [Fact]
    public async Task Two_people_see_two_calendars()
    {
        var alice = await EventsAsync(await TokenAsync("alice", "chatgpt"));
        var nora = await EventsAsync(await TokenAsync("nora", "chatgpt"));
        alice.ShouldNotBeEmpty();
        nora.ShouldNotBeEmpty();
        alice.Intersect(nora, StringComparer.Ordinal).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_audit_says_who_read_it_and_through_what()
    {
        var answer = (await Front.GetAsync("/backends/calendar/events", await TokenAsync("alice", "chatgpt"))).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 2);
        records.Select(r => r.Member("type")).ShouldBe(["decision", "outcome"]);
        var outcome = records[1];
        outcome.Member("summary").ShouldBe("alice read calendar through ChatGPT");
        outcome.Member("user_id").ShouldBe("alice");
        outcome.Member("caller.client_id").ShouldBe("chatgpt");
        outcome.Member("caller.client_name").ShouldBe("ChatGPT");
        outcome.Member("backend").ShouldBe("calendar");
        outcome.Member("outcome").ShouldBe("completed");
        outcome.Number("status").ShouldBe(200);
        outcome.Find("caller.scopes")!.Value.ToString().ShouldContain("calendar:read");
    }

    [Fact]
    public async Task The_audit_says_which_record()
    {
        var answer = (await Front.GetAsync("/backends/calendar/events/evt-2", await TokenAsync("alice", "chatgpt"))).ShouldBeStatus(200);
        var records = await Audit.OfRequestAsync(await TokenAsync("audrey"), answer.RequestId, 2);
        var resource = records[0].Find("resources")!.Value.EnumerateArray().ShouldHaveSingleItem();
        resource.Member("type").ShouldBe("event");
        resource.Member("id").ShouldBe("evt-2");
        resource.Member("commitment").ShouldNotBeNullOrEmpty();

        var found = await Audit.QueryAsync(await TokenAsync("audrey"), "resource_type=event&resource_id=evt-2");
        found.ShouldContain(r => r.Member("request_id") == answer.RequestId);
        (await Audit.QueryAsync(await TokenAsync("audrey"), "resource_type=event&resource_id=evt-none")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_elses_record_is_not_there() =>
        (await Front.GetAsync("/backends/calendar/events/evt-2", await TokenAsync("nora"))).ShouldBeStatus(404);

    [Fact]
    public async Task Without_the_scope_the_backend_is_not_asked()
    {
        var answer = (await Front.GetAsync("/backends/calendar/events", await TokenAsync("carol"))).ShouldBeStatus(403);
        answer.ContentType!.ShouldStartWith("application/problem+json");
        answer.Json.GetProperty("status").GetInt32().ShouldBe(403);
    }

    [Fact]
    public async Task Writing_is_not_reading()
    {
        const string Event = """{"title":"x","starts_at":"2026-01-01T00:00:00Z","ends_at":"2026-01-01T01:00:00Z"}""";
        (await Front.PostAsync("/backends/calendar/events", await TokenAsync("alice"), Event)).ShouldBeStatus(403);
    }

    [Fact]
    public async Task A_backend_that_is_not_there_is_not_found()
    {
        var answer = (await Front.GetAsync("/backends/nowhere/events", await TokenAsync("alice"))).ShouldBeStatus(404);
        answer.ContentType!.ShouldStartWith("application/problem+json");
    }

    private async Task<IReadOnlyList<string>> EventsAsync(string token)
    {
        var answer = (await Front.GetAsync("/backends/calendar/events", token)).ShouldBeStatus(200);
        return [.. answer.Json.GetProperty("events").EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];
    }
}
