using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Tests.Queries;

public sealed class AuditModuleTests : IDisposable
{
    private readonly AuditHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_record_shows_the_person_the_client_and_a_sentence()
    {
        await _harness.AddAsync(Samples.Event() with { Resources = [Samples.Record("17")] });
        var record = (await _harness.QueryAsync(new AuditQuery { Tenant = "mercy" })).ShouldHaveSingleItem();

        record.GetProperty("event_id").GetString().ShouldBe("p:1:1");
        record.GetProperty("summary").GetString().ShouldBe("alice read calendar (record 17) through ChatGPT");
        record.GetProperty("time").GetString().ShouldBe("2026-03-04T12:00:00.000000Z");
        record.GetProperty("user_id").GetString().ShouldBe("alice");
        record.GetProperty("subject").GetString().ShouldBe("alice-sub");
        record.GetProperty("display_name").GetString().ShouldBe("Dr. alice");
        record.GetProperty("caller").GetProperty("client_name").GetString().ShouldBe("ChatGPT");
        record.GetProperty("resources")[0].GetProperty("id").GetString().ShouldBe("17");
        record.GetProperty("resources")[0].GetProperty("commitment").GetString()!.Length.ShouldBe(43);
        record.GetProperty("modes").GetProperty("policy").GetString().ShouldBe("enforce");
        record.TryGetProperty("personal", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_call_of_a_tool_is_read_off_one_row()
    {
        await _harness.AddAsync(Samples.ToolCall() with { Mcp = Samples.ToolCall().Mcp! with { ResultLabels = ["sensitive"] } });
        var record = (await _harness.QueryAsync(new AuditQuery { Tenant = "mercy", Server = "calendar", Tool = "calendar.list" })).ShouldHaveSingleItem();

        record.GetProperty("summary").GetString().ShouldBe("alice called calendar.list at calendar through Claude");
        record.GetProperty("user_id").GetString().ShouldBe("alice");
        record.GetProperty("caller").GetProperty("client_name").GetString().ShouldBe("Claude");
        record.GetProperty("caller").GetProperty("scopes")[0].GetString().ShouldBe("calendar:read");
        record.GetProperty("decision").GetProperty("effect").GetString().ShouldBe("allow");
        var mcp = record.GetProperty("mcp");
        mcp.GetProperty("server").GetString().ShouldBe("calendar");
        mcp.GetProperty("method").GetString().ShouldBe("tools/call");
        mcp.GetProperty("tool").GetString().ShouldBe("calendar.list");
        mcp.GetProperty("is_error").GetBoolean().ShouldBeFalse();
        mcp.GetProperty("result_labels")[0].GetString().ShouldBe("sensitive");
    }

    [Fact]
    public async Task Every_filter_finds_its_own()
    {
        var whole = Samples.Event("hit") with
        {
            Model = "gpt-4o-mini",
            ParentRequestId = "parent",
            RunId = "run",
            Purpose = "treatment",
            Retention = "long",
            Resources = [Samples.Record("17")],
            Caller = Samples.Event().Caller! with { Actor = "clinic" },
            Outcome = EventOutcomes.Interrupted,
            Mcp = new EventMcp { Server = "notes", Method = "tools/call", Tool = "notes.add" },
            Time = Samples.Noon.AddHours(1),
        };
        await _harness.AddAsync(whole, Samples.Refusal("other"));
        var all = new AuditQuery { Tenant = "mercy" };
        AuditQuery[] hits =
        [
            all with { User = "alice" }, all with { PersonId = "p-alice" }, all with { Type = "outcome" }, all with { Action = "backend.call" }, all with { Model = "gpt-4o-mini" },
            all with { Backend = "calendar" }, all with { Decision = "allow" }, all with { Client = "ChatGPT" }, all with { Client = "client-7" }, all with { RequestId = "hit" },
            all with { ParentRequestId = "parent" }, all with { RunId = "run" }, all with { SessionId = "session-1" }, all with { Purpose = "treatment" }, all with { Actor = "clinic" },
            all with { ResourceType = "record" }, all with { ResourceId = "17" }, all with { ResourceType = "record", ResourceId = "17" }, all with { Retention = "long" },
            all with { Server = "notes" }, all with { Tool = "notes.add" }, all with { Server = "notes", Tool = "notes.add" }, all with { Outcome = "interrupted" }, all with { From = Samples.Noon.AddMinutes(1) }, all with { From = Samples.Noon.AddHours(1), Until = Samples.Noon.AddHours(2) },
        ];
        foreach (var query in hits)
        {
            (await _harness.RequestsAsync(query)).ShouldBe(["hit"], query.ToString());
        }

        (await _harness.RequestsAsync(all with { User = "bob" })).ShouldBeEmpty();
        (await _harness.RequestsAsync(all with { Server = "calendar", Tool = "notes.add" })).ShouldBeEmpty();
        (await _harness.RequestsAsync(all with { Tool = "Notes.Add" })).ShouldBeEmpty();
        (await _harness.RequestsAsync(all with { ResourceType = "file", ResourceId = "17" })).ShouldBeEmpty();
        (await _harness.RequestsAsync(all with { Until = Samples.Noon })).ShouldBeEmpty();
        (await _harness.RequestsAsync(all)).ShouldBe(["other", "hit"]);
    }

    [Fact]
    public async Task Another_tenant_is_never_seen_not_even_by_request_id()
    {
        await _harness.AddAsync(Samples.Event("mine"), Samples.Event("theirs", tenant: "acme"));
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "acme" })).ShouldBe(["theirs"]);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy", RequestId = "theirs" })).ShouldBeEmpty();
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "MERCY" })).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_are_stable_while_events_arrive()
    {
        await _harness.AddAsync(Enumerable.Range(0, 25).Select(i => Samples.Event($"r{i}")));
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = new List<AuditRecord>();
            await foreach (var record in _harness.Module.QueryAsync(new AuditQuery { Tenant = "mercy", Limit = 4, Cursor = cursor }, TestContext.Current.CancellationToken))
            {
                page.Add(record);
            }

            seen.AddRange(page.Select(r => System.Text.Json.JsonElement.Parse(r.Json.AsSpan()).GetProperty("request_id").GetString()!));
            cursor = page.Count == 4 ? page[^1].Cursor : null;
            await _harness.AddAsync(Samples.Event("later"));
        }
        while (cursor is not null);

        seen.ShouldBe(Enumerable.Range(0, 25).Reverse().Select(i => $"r{i}"));
    }

    [Fact]
    public async Task A_user_is_found_under_every_key_there_was()
    {
        await _harness.AddAsync(Samples.Event("before"));
        await _harness.RotateAsync("k2");
        await _harness.AddAsync(Samples.Event("after"));
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy", User = "alice" })).ShouldBe(["after", "before"]);
    }
}
