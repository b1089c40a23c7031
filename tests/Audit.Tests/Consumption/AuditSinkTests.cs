using GatewayStack.Contracts.Audit;
using GatewayStack.Contracts.Events;

namespace GatewayStack.Audit.Tests.Consumption;

public sealed class AuditSinkTests : IDisposable
{
    private readonly AuditHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task What_cannot_be_read_is_put_aside_and_the_rest_is_stored()
    {
        var good = _harness.Stored(Samples.Event("good"));
        var garbage = new StoredEvent { Epoch = 1, Sequence = 2, Bytes = [.. "{\"v\":1,"u8] };
        var liar = _harness.Stored(Samples.Event("liar"), sequence: 9) with { Sequence = 3 };
        var last = _harness.Stored(Samples.Event("last"), sequence: 4);

        (await _harness.ShipAsync(good, garbage, liar, last)).Stored.ShouldBe(4);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy" })).ShouldBe(["last", "good"]);
        var status = await _harness.Store.GetStatusAsync(TestContext.Current.CancellationToken);
        (status.Rows, status.DeadLetters).ShouldBe((2, 2));
        status.Watermarks.ShouldBe([new("p", "", 1, 4)]);
    }

    [Fact]
    public async Task A_store_that_fails_acknowledges_nothing_and_takes_all_later()
    {
        var batch = new[] { _harness.Stored(Samples.Event("one")), _harness.Stored(Samples.Event("two")) };
        var file = Path.Combine(_harness.Folder, "audit.db");
        _ = Directory.CreateDirectory(file);
        (await _harness.ShipAsync(batch)).Stored.ShouldBe(0);

        Directory.Delete(file);
        (await _harness.ShipAsync(batch)).Stored.ShouldBe(2);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy" })).ShouldBe(["two", "one"]);
    }

    [Fact]
    public async Task Nothing_personal_is_in_its_files()
    {
        await _harness.AddAsync(Samples.Event("CONTROL", user: "CANARY-U") with { Resources = [Samples.Record("CANARY-R")], Caller = null });
        _harness.Contains("CONTROL").ShouldBeTrue();
        _harness.Contains("CANARY").ShouldBeFalse();
        var found = (await _harness.QueryAsync(new AuditQuery { Tenant = "mercy", User = "CANARY-U" })).ShouldHaveSingleItem();
        found.GetProperty("resources")[0].GetProperty("id").GetString().ShouldBe("CANARY-R");
    }

    [Fact]
    public async Task A_user_of_many_events_and_tenants_is_found_before_and_after_a_rotation()
    {
        await _harness.AddAsync(Samples.Event("a1"), Samples.Event("n1", user: "nora"), Samples.Event("a2"), Samples.Event("other", tenant: "acme"));
        await _harness.RotateAsync("k2");
        await _harness.AddAsync(Samples.Event("a3"), Samples.Event("a4"));

        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy", User = "alice" })).ShouldBe(["a4", "a3", "a2", "a1"]);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy", User = "nora" })).ShouldBe(["n1"]);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "acme", User = "alice" })).ShouldBe(["other"]);
    }

    [Fact]
    public async Task After_a_restart_the_same_events_have_no_second_effect()
    {
        var batch = Enumerable.Range(0, 10).Select(i => _harness.Stored(Samples.Event($"r{i}"))).ToArray();
        await _harness.ShipAsync(batch[..7]);
        _harness.Restart();
        (await _harness.ShipAsync(batch[3..])).Stored.ShouldBe(7);
        (await _harness.RequestsAsync(new AuditQuery { Tenant = "mercy" })).ShouldBe(Enumerable.Range(0, 10).Reverse().Select(i => $"r{i}"));
    }

    [Fact]
    public async Task A_log_s_batch_moves_its_position_and_keeps_what_is_no_event()
    {
        var claim = (await _harness.Store.ClaimAsync("t", [0], Token)).Single();
        EventBatch Poll(long from, long next, params StoredEvent[] events) => new()
        {
            Producer = events.Length == 0 ? string.Empty : "p",
            Feed = "usage",
            Events = [.. events],
            Unreadable = [new UnreadableMessage { Topic = "t", Partition = 0, Offset = from, Bytes = [1], Error = "no headers" }],
            Position = new LogPosition { Topic = "t", Partition = 0, From = from, Next = next, Claim = claim.Claim },
        };
        (await _harness.Sink().AppendAsync(Poll(0, 3, _harness.Stored(Samples.Event("one")), _harness.Stored(Samples.Event("two"))), Token))
            .ShouldBe(new EventAcknowledgement { Stored = 2 });
        (await _harness.Sink().AppendAsync(Poll(3, 4), Token)).ShouldBe(new EventAcknowledgement { Stored = 0 });
        _ = await _harness.Store.ClaimAsync("t", [0], Token);
        var fenced = await _harness.Sink().AppendAsync(Poll(4, 6, _harness.Stored(Samples.Event("three"))), Token);
        (fenced.Stored, fenced.Fenced).ShouldBe((0, true));

        var status = await _harness.Store.GetStatusAsync(Token);
        (status.Rows, status.DeadLetters).ShouldBe((2, 2));
        status.Watermarks.ShouldBe([new("p", "usage", 1, 2)]);
    }

    [Fact]
    public async Task Without_its_keys_nothing_is_unreadable_it_only_waits()
    {
        var batch = new[] { _harness.Stored(Samples.Event("one")) };
        _harness.Keys.Away = true;
        var answer = await _harness.ShipAsync(batch);
        (answer.Stored, answer.Fenced).ShouldBe((0, false));
        answer.Reason.ShouldNotBeNull();

        _harness.Keys.Away = false;
        (await _harness.ShipAsync(batch)).Stored.ShouldBe(1);
        (await _harness.Store.GetStatusAsync(Token)).DeadLetters.ShouldBe(0);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;
}
