using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Ledger;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Tests.Ledger;

/// <summary>What every ledger must do.</summary>
public abstract class LedgerSuite : IDisposable
{
    private static readonly DateTimeOffset At = LimitsFixture.Noon.AddMicroseconds(7);

    private static readonly RequestFacts Facts = new()
    {
        Tenant = "mercy",
        PersonId = "p",
        Kind = IdentityKind.Person,
        OrgId = "o",
        Team = "t",
        Plan = "gold",
        Roles = ["doctor", "a,\"b\""],
        Action = "model.call",
        Server = "calendar",
        Tool = "calendar.list",
    };

    private int _cases;

    [Fact]
    public async Task A_request_reads_back_as_it_was_opened()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(1, "r"));
        var row = (await ReadAsync(ledger)).ShouldHaveSingleItem();
        row.Facts.Roles.ShouldBe(Facts.Roles);
        (row.Facts with { Roles = Facts.Roles }).ShouldBe(Facts);
        (row.RequestId, row.State, row.Hold, row.ReservedAt, row.LeaseEndsAt, row.Counts, row.Charged)
            .ShouldBe(("r", LedgerState.Open, new Amount(300, 40), At, At.AddMinutes(5), true, Amount.None));
    }

    [Fact]
    public async Task A_closed_request_is_charged_what_its_attempts_add_up_to()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(1, "r"), Close(2, "r", [LimitsFixture.Attempt(10, 5, 3), LimitsFixture.Attempt(20, 0, 4, number: 2)]));
        var row = (await ReadAsync(ledger)).ShouldHaveSingleItem();
        (row.State, row.Charged).ShouldBe((LedgerState.Closed, new Amount(35, 7)));
        (await ledger.GetStatisticsAsync(CancellationToken.None)).Rows.ShouldBe(2);
    }

    [Fact]
    public async Task A_batch_that_comes_again_changes_nothing()
    {
        var ledger = await OpenAsync();
        ImmutableArray<LedgerEntry> entries = [Open(1, "r"), Close(2, "r", [LimitsFixture.Attempt(10, 5, 3)]), Open(3, "s")];
        (await AppendAsync(ledger, [.. entries])).Length.ShouldBe(3);
        (await AppendAsync(ledger, [.. entries])).ShouldBeEmpty();
        (await AppendAsync(ledger, [.. entries[1..], Close(4, "s", [])])).ShouldHaveSingleItem().Request.RequestId.ShouldBe("s");
        (await ReadAsync(ledger)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_new_epoch_starts_its_numbers_again()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(5, "r"));
        (await AppendAsync(ledger, Open(1, "s") with { Epoch = 2 })).Length.ShouldBe(1);
        (await AppendAsync(ledger, Open(6, "t"))).ShouldBeEmpty();
        var watermark = (await ledger.GetStatisticsAsync(CancellationToken.None)).Watermarks.ShouldHaveSingleItem();
        (watermark.Epoch, watermark.Sequence).ShouldBe((2, 1));
    }

    [Fact]
    public async Task Nothing_used_and_never_announced_writes_nothing()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Close(1, "r", []), Close(2, "s", [LimitsFixture.Attempt(0, 0, null) with { Tokens = null }]));
        (await ReadAsync(ledger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Use_that_was_never_announced_is_charged_where_it_ended()
    {
        var ledger = await OpenAsync();
        var change = (await AppendAsync(ledger, Close(1, "r", [LimitsFixture.Attempt(10, 5, 3)]))).ShouldHaveSingleItem();
        (change.Request.Charged, change.Request.Counts, change.Request.ReservedAt).ShouldBe((new Amount(15, 3), false, At.AddSeconds(9)));
        (await ReadAsync(ledger)).ShouldHaveSingleItem().Charged.ShouldBe(new Amount(15, 3));
    }

    [Fact]
    public async Task An_interrupted_request_is_charged_its_hold()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(1, "r"), Close(2, "r", []) with { Interrupted = true });
        (await ReadAsync(ledger)).ShouldHaveSingleItem().Charged.ShouldBe(new Amount(300, 40));
        (await ledger.GetStatisticsAsync(CancellationToken.None)).Rows.ShouldBe(1);
    }

    [Fact]
    public async Task A_child_takes_over_its_parents_hold()
    {
        var ledger = await OpenAsync();
        var changes = await AppendAsync(ledger, Open(1, "r"), Open(2, "c") with { ParentRequestId = "r" }, Close(3, "r", []) with { Interrupted = true });
        changes.Select(c => (c.Request.RequestId, c.Request.State)).ShouldBe(
            [("r", LedgerState.Open), ("c", LedgerState.Open), ("r", LedgerState.Released), ("r", LedgerState.Closed)]);
        changes[^1].Request.Charged.ShouldBe(Amount.None);
        changes[1].Request.Counts.ShouldBeFalse();
    }

    [Fact]
    public async Task A_child_that_comes_after_the_lease_takes_over_nothing()
    {
        var ledger = await OpenAsync();
        var late = Open(2, "c") with { ParentRequestId = "r", Hold = new Hold { Tokens = 1, CostMicros = 1, ReservedAt = At.AddMinutes(5), LeaseEndsAt = At.AddMinutes(9) } };
        await AppendAsync(ledger, Open(1, "r"), late, Close(3, "r", []) with { Interrupted = true });
        (await ReadAsync(ledger)).Single(r => r.RequestId == "r").Charged.ShouldBe(new Amount(300, 40));
    }

    [Fact]
    public async Task Somebody_elses_child_takes_over_nothing()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(1, "r"), Open(2, "c") with { ParentRequestId = "r", Facts = Facts with { PersonId = "q" } });
        (await ReadAsync(ledger)).Single(r => r.RequestId == "r").State.ShouldBe(LedgerState.Open);
    }

    [Fact]
    public async Task Absurd_amounts_are_bounded()
    {
        var ledger = await OpenAsync();
        var attempts = Enumerable.Range(1, 300).Select(i => LimitsFixture.Attempt(long.MaxValue, long.MaxValue, long.MinValue, i)).ToImmutableArray();
        await AppendAsync(ledger, Open(1, "r"), Close(2, "r", attempts));
        (await ReadAsync(ledger)).ShouldHaveSingleItem().Charged.ShouldBe(new Amount(9_007_199_254_740_991, 0));
    }

    [Fact]
    public async Task Everything_survives_reopening()
    {
        var first = await OpenAsync();
        await AppendAsync(first, Open(1, "r"), Close(2, "r", [LimitsFixture.Attempt(10, 5, 3)]), Open(3, "s"));
        var before = await ReadAsync(first);
        var second = await OpenAsync();
        (await ReadAsync(second)).Select(r => (r.RequestId, r.State, r.Charged)).ShouldBe(before.Select(r => (r.RequestId, r.State, r.Charged)));
        (await AppendAsync(second, Open(3, "t"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_request_that_opens_and_ends_in_one_batch_is_what_it_is_in_two()
    {
        var ledger = await OpenAsync();
        ImmutableArray<AttemptUsage> attempts = [LimitsFixture.Attempt(10, 5, 3), LimitsFixture.Attempt(99, 99, 99), LimitsFixture.Attempt(20, 0, 4, number: 2)];
        var one = await AppendAsync(ledger, Open(1, "r"), Close(2, "r", attempts));
        one.Select(c => (c.Request.State, c.Request.Charged)).ShouldBe([(LedgerState.Open, Amount.None), (LedgerState.Closed, new Amount(35, 7))]);
        var two = (await AppendAsync(ledger, Open(3, "s"))).AddRange(await AppendAsync(ledger, Close(4, "s", attempts)));
        two.Select(c => (c.Request.State, c.Request.Charged)).ShouldBe(one.Select(c => (c.Request.State, c.Request.Charged)));
        (await ReadAsync(ledger)).ShouldAllBe(r => r.State == LedgerState.Closed && r.Charged == new Amount(35, 7) && r.Counts && r.Hold == new Amount(300, 40));
        var statistics = await ledger.GetStatisticsAsync(CancellationToken.None);
        (statistics.Requests, statistics.OpenRequests, statistics.Rows).ShouldBe((2, 0, 4));
    }

    [Fact]
    public async Task What_comes_twice_in_one_batch_counts_once()
    {
        var ledger = await OpenAsync();
        var changes = await AppendAsync(
            ledger,
            Open(1, "r"),
            Open(2, "r") with { Hold = new Hold { Tokens = 9, CostMicros = 9, ReservedAt = At, LeaseEndsAt = At.AddMinutes(1) } },
            Close(3, "r", [LimitsFixture.Attempt(10, 5, 3)]),
            Close(4, "r", [LimitsFixture.Attempt(70, 7, 7, number: 2)]),
            Open(5, "r"));
        changes.Select(c => c.Request.State).ShouldBe([LedgerState.Open, LedgerState.Closed]);
        (await AppendAsync(ledger, Open(6, "r"), Close(7, "r", [LimitsFixture.Attempt(70, 7, 7, number: 3)]))).ShouldBeEmpty();
        var row = (await ReadAsync(ledger)).ShouldHaveSingleItem();
        (row.State, row.Charged, row.Hold).ShouldBe((LedgerState.Closed, new Amount(15, 3), new Amount(300, 40)));
    }

    [Fact]
    public async Task A_parent_and_its_child_may_open_and_end_in_one_batch()
    {
        var ledger = await OpenAsync();
        var changes = await AppendAsync(
            ledger,
            Open(1, "r"),
            Open(2, "c") with { ParentRequestId = "r" },
            Close(3, "c", [LimitsFixture.Attempt(10, 5, 3)]),
            Close(4, "r", [LimitsFixture.Attempt(10, 5, 3)]) with { ChargedByChild = true });
        changes.Select(c => (c.Request.RequestId, c.Request.State)).ShouldBe(
            [("r", LedgerState.Open), ("c", LedgerState.Open), ("r", LedgerState.Released), ("c", LedgerState.Closed), ("r", LedgerState.Closed)]);
        (await ReadAsync(ledger)).Select(r => (r.RequestId, r.State, r.Charged)).ShouldBe(
            [("r", LedgerState.Closed, Amount.None), ("c", LedgerState.Closed, new Amount(15, 3))], ignoreOrder: true);
    }

    [Fact]
    public async Task Empty_texts_stay_empty_and_absent_ones_absent()
    {
        var ledger = await OpenAsync();
        await AppendAsync(ledger, Open(1, "r") with { Facts = Facts with { OrgId = string.Empty, Team = null, Plan = "größe 😀", Roles = [] } });
        var facts = (await ReadAsync(ledger)).ShouldHaveSingleItem().Facts;
        (facts.OrgId, facts.Team, facts.Plan, facts.Roles.Length).ShouldBe((string.Empty, null, "größe 😀", 0));
    }

    [Fact]
    public async Task Each_feed_of_a_producer_has_its_own_watermark_and_what_comes_by_two_of_them_counts_once()
    {
        var ledger = await OpenAsync();
        ImmutableArray<LedgerEntry> entries = [Open(1, "r"), Close(2, "r", [LimitsFixture.Attempt(10, 5, 3)])];
        (await ledger.AppendAsync(new LedgerBatch("p1", entries) { Feed = "usage" }, CancellationToken.None)).Length.ShouldBe(2);
        (await ledger.AppendAsync(new LedgerBatch("p1", [Open(1, "s")]), CancellationToken.None)).ShouldHaveSingleItem();
        (await ledger.AppendAsync(new LedgerBatch("p1", [.. entries.Select(e => e with { Sequence = e.Sequence + 1 })]), CancellationToken.None)).ShouldBeEmpty();
        (await ReadAsync(ledger)).Single(r => r.RequestId == "r").Charged.ShouldBe(new Amount(15, 3));
        (await ledger.GetStatisticsAsync(CancellationToken.None)).Watermarks.ShouldBe([new LedgerWatermark("p1", 1, 3), new LedgerWatermark("p1", 1, 2, "usage")]);
    }

    [Fact]
    public async Task A_step_of_a_log_is_taken_once_and_with_its_rows()
    {
        var ledger = await OpenAsync();
        var claim = (await Offsets(ledger).ClaimAsync("usage", [4], CancellationToken.None)).ShouldHaveSingleItem();
        (claim.Partition, claim.Next).ShouldBe((4, 0));
        var step = new LogPosition { Topic = "usage", Partition = 4, From = 0, Next = 7, Claim = claim.Claim };
        var batch = new LedgerBatch("p1", [Open(1, "r")]) { Feed = "usage", Position = step };
        (await ledger.AppendAsync(batch, CancellationToken.None)).ShouldHaveSingleItem();

        // Taken already: nothing of it is stored, not even what is new.
        await FencedAsync(ledger, batch with { Entries = [Open(2, "s")] });
        await FencedAsync(ledger, batch with { Entries = [Open(2, "s")], Position = step with { From = 8, Next = 9 } });
        await FencedAsync(ledger, batch with { Entries = [Open(2, "s")], Position = step with { From = 7, Next = 8, Partition = 5 } });
        (await ReadAsync(ledger)).ShouldHaveSingleItem();
        (await ledger.GetStatisticsAsync(CancellationToken.None)).Watermarks.ShouldHaveSingleItem().Sequence.ShouldBe(1);

        // A log that was made anew begins again.
        (await ledger.AppendAsync(new LedgerBatch(string.Empty, []) { Position = step with { From = 7, Next = 2 } }, CancellationToken.None)).ShouldBeEmpty();
        (await Offsets(ledger).ClaimAsync("usage", [4], CancellationToken.None)).ShouldHaveSingleItem().Next.ShouldBe(2);
        (await ledger.GetStatisticsAsync(CancellationToken.None)).Watermarks.ShouldHaveSingleItem().Producer.ShouldBe("p1");
    }

    [Fact]
    public async Task Who_claims_a_partition_fences_whoever_read_it_before()
    {
        var ledger = await OpenAsync();
        var old = await Offsets(ledger).ClaimAsync("usage", [0, 1], CancellationToken.None);
        var claimed = (await Offsets(await OpenAsync()).ClaimAsync("usage", [1], CancellationToken.None)).ShouldHaveSingleItem();
        claimed.Claim.ShouldBeGreaterThan(old.Single(c => c.Partition == 1).Claim);

        await FencedAsync(ledger, With(1, old.Single(c => c.Partition == 1).Claim));
        (await ledger.AppendAsync(With(1, claimed.Claim), CancellationToken.None)).ShouldHaveSingleItem();
        (await ledger.AppendAsync(new LedgerBatch(string.Empty, []) { Position = With(0, old.Single(c => c.Partition == 0).Claim).Position }, CancellationToken.None)).ShouldBeEmpty();

        static LedgerBatch With(int partition, long claim) => new("p1", [Open(1, "r")])
        {
            Position = new LogPosition { Topic = "usage", Partition = partition, From = 0, Next = 1, Claim = claim },
        };
    }

    [Fact]
    public async Task What_is_old_goes_with_what_it_used_the_oldest_first_and_nothing_else_does()
    {
        var ledger = await OpenAsync();
        var entries = Enumerable.Range(0, 6).SelectMany(i => new LedgerEntry[] { At3YearsAgo(i), Close((2 * i) + 2, $"r{i}", [LimitsFixture.Attempt(10, 5, 3), LimitsFixture.Attempt(1, 1, 1, number: 2)]) });
        await AppendAsync(ledger, [.. entries, Open(13, "held") with { Hold = Hold(At.AddYears(-3)) }, Open(14, "young"), Close(15, "young", [LimitsFixture.Attempt(10, 5, 3)])]);
        var before = At.AddYears(-3).AddDays(4);
        (await ledger.ForgetAsync(before, 3, CancellationToken.None)).ShouldBe(3);
        (await ReadAsync(ledger, At.AddYears(-4))).Select(r => r.RequestId).Order(StringComparer.Ordinal).ShouldBe(["r2", "r3", "r4", "r5", "young"]);
        (await ledger.ForgetAsync(before, 3, CancellationToken.None)).ShouldBe(2);
        (await ledger.ForgetAsync(before, 3, CancellationToken.None)).ShouldBe(0);
        var left = await ledger.GetStatisticsAsync(CancellationToken.None);
        (left.Requests, left.OpenRequests, left.Rows).ShouldBe((3, 0, 5));

        // Its feed goes on where it was.
        (await AppendAsync(ledger, At3YearsAgo(0), Open(16, "next"))).ShouldHaveSingleItem().Request.RequestId.ShouldBe("next");

        OpenEntry At3YearsAgo(int day) => Open((2 * day) + 1, $"r{day}") with { Hold = Hold(At.AddYears(-3).AddDays(day)) };

        static Hold Hold(DateTimeOffset at) => new() { Tokens = 300, CostMicros = 40, ReservedAt = at, LeaseEndsAt = at.AddMinutes(5) };
    }

    /// <summary>No text that an event can carry stops the feed.</summary>
    [CampaignProperty]
    public async Task Any_text_is_stored(string?[] texts)
    {
        var ledger = await OpenAsync();
        var at = At.AddHours(-++_cases);
        var id = $"{Guid.NewGuid():N}";
        string? Text(int i) => texts.Length == 0 ? null : texts[i % texts.Length] is { } text ? Valid(text) : null;
        var facts = Facts with { OrgId = Text(0), Team = Text(1), Plan = Text(2), Roles = [.. texts.Select(t => Valid(t ?? "\0"))], Action = Text(3), PersonId = Text(4) ?? "p" };
        var attempt = LimitsFixture.Attempt(1, 2, 3) with { Provider = Text(0) ?? "\0", Model = Text(1) };
        var entries = (ImmutableArray<LedgerEntry>)
        [
            Open(1, id) with { Facts = facts, Hold = new Hold { Tokens = 1, CostMicros = 1, ReservedAt = at, LeaseEndsAt = at } },
            Close(2, id, [attempt]) with { PriceTable = Text(2) },
        ];
        (await ledger.AppendAsync(new LedgerBatch(id, entries), CancellationToken.None)).Length.ShouldBe(2);

        var row = (await ReadAsync(ledger, at)).Single(r => r.RequestId == id);
        row.Facts.Roles.ShouldBe(facts.Roles);
        Storable(row.Facts.OrgId).ShouldBe(Storable(facts.OrgId));
        Storable(row.Facts.Team).ShouldBe(Storable(facts.Team));
        Storable(row.Facts.PersonId).ShouldBe(Storable(facts.PersonId));
        (row.State, row.Charged).ShouldBe((LedgerState.Closed, new Amount(3, 3)));

        // Events are valid Unicode; a store may lack U+0000.
        static string Valid(string text) => System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        static string? Storable(string? text) => text?.Replace('\0', '\uFFFD');
    }

    /// <summary>Whatever the order: opens, children, ends and repetitions mean the same in one batch, in some, and one by one.</summary>
    [CampaignProperty]
    public async Task How_entries_are_cut_into_batches_changes_nothing(byte[] script, byte[] cuts)
    {
        // Each case has its own hour, so that it need not read what the others left.
        var ledger = await OpenAsync();
        var from = At.AddHours(++_cases);
        var whole = await RunAsync(int.MaxValue);
        var single = await RunAsync(1);
        var some = await RunAsync(0);
        single.ShouldBe(whole);
        some.ShouldBe(whole);

        async Task<List<string>> RunAsync(int size)
        {
            var prefix = $"{Guid.NewGuid():N}-";
            var entries = Script(script, prefix, from);
            List<LedgerChange> changes = [];
            for (int at = 0, n = 0; at < entries.Count; n++)
            {
                var length = size > 0 ? size : 1 + (cuts.Length == 0 ? 2 : cuts[n % cuts.Length] % 5);
                var batch = new LedgerBatch(prefix, [.. entries.Skip(at).Take(length)]);
                changes.AddRange(await ledger.AppendAsync(batch, CancellationToken.None));
                at += batch.Entries.Length;
            }

            var rows = (await ReadAsync(ledger, from)).Where(r => r.RequestId.StartsWith(prefix, StringComparison.Ordinal));
            return [.. changes.Select(c => Say(c.Request)), .. rows.Select(Say).Order(StringComparer.Ordinal)];

            string Say(LedgerRequest r) => FormattableString.Invariant(
                $"{r.RequestId[prefix.Length..]} {r.ParentRequestId?[prefix.Length..]} {r.Facts.PersonId} {r.State} {r.Counts} {r.Hold} {r.Charged} {r.ReservedAt:O} {r.LeaseEndsAt:O}");
        }
    }

    public void Dispose()
    {
        Destroy();
        GC.SuppressFinalize(this);
    }

    private protected abstract ILedger Create();

    private protected abstract void Destroy();

    private static OpenEntry Open(long sequence, string id) => new()
    {
        Epoch = 1,
        Sequence = sequence,
        RequestId = id,
        Facts = Facts,
        Hold = new Hold { Tokens = 300, CostMicros = 40, ReservedAt = At, LeaseEndsAt = At.AddMinutes(5) },
    };

    private static CloseEntry Close(long sequence, string id, ImmutableArray<AttemptUsage> attempts) => new()
    {
        Epoch = 1,
        Sequence = sequence,
        RequestId = id,
        Facts = Facts,
        Time = At.AddSeconds(9),
        Attempts = attempts,
        ChargedByChild = false,
        Interrupted = false,
    };

    /// <summary>Entries about five requests, three bytes each, of which each may be the parent of another.</summary>
    private static List<LedgerEntry> Script(byte[] script, string prefix, DateTimeOffset from)
    {
        List<LedgerEntry> entries = [];
        for (var i = 0; i + 2 < script.Length; i += 3)
        {
            var (op, a, b) = (script[i], script[i + 1], script[i + 2]);
            var id = $"{prefix}{a % 5}";
            var facts = Facts with { PersonId = b % 7 == 0 ? "q" : "p" };
            var usage = LimitsFixture.Attempt(b % 3, b % 2, b % 4 == 0 ? null : b % 5, number: 1 + (b % 2));
            var at = from.AddMinutes(b % 4 * 2);
            var hold = new Hold { Tokens = 300, CostMicros = 40, ReservedAt = at, LeaseEndsAt = at.AddMinutes(5) };
            entries.Add((op % 8) switch
            {
                < 2 => Open(i + 1, id) with { Facts = facts, Hold = hold },
                < 4 => Open(i + 1, id) with { Facts = facts, Hold = hold, ParentRequestId = $"{prefix}{b % 5}" },
                4 => Close(i + 1, id, [usage]) with { Time = at, Facts = b % 6 == 0 ? null : facts },
                5 => Close(i + 1, id, b % 2 == 0 ? [] : [usage, usage with { Attempt = 2 }, usage]) with { Time = at, ChargedByChild = b % 3 == 0 },
                6 => Close(i + 1, id, []) with { Time = at, Interrupted = true, ChargedByChild = b % 5 == 0 },
                _ => new NoEntry { Epoch = 1, Sequence = i + 1 },
            });
        }

        return entries;
    }

    private static Task<ImmutableArray<LedgerChange>> AppendAsync(ILedger ledger, params ImmutableArray<LedgerEntry> entries) =>
        ledger.AppendAsync(new LedgerBatch("p1", entries), CancellationToken.None);

    private static async Task<List<LedgerRequest>> ReadAsync(ILedger ledger, DateTimeOffset? since = null)
    {
        var rows = new List<LedgerRequest>();
        await foreach (var row in ledger.ReadAsync(since ?? At.AddDays(-1), CancellationToken.None))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static IEventOffsets Offsets(ILedger ledger) => (IEventOffsets)ledger;

    private static Task<LedgerFencedException> FencedAsync(ILedger ledger, LedgerBatch batch) =>
        Should.ThrowAsync<LedgerFencedException>(() => ledger.AppendAsync(batch, CancellationToken.None));

    private async Task<ILedger> OpenAsync()
    {
        var ledger = Create();
        await ledger.OpenAsync(CancellationToken.None);
        return ledger;
    }
}
