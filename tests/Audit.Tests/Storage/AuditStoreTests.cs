using System.Collections.Immutable;
using FsCheck.Xunit;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;
using static GatewayStack.Audit.Tests.Storage.StoreSamples;

namespace GatewayStack.Audit.Tests.Storage;

/// <summary>What every adapter of <see cref="IAuditStore"/> must do.</summary>
public abstract class AuditStoreTests
{
    [Fact]
    public async Task Rows_come_newest_first_with_contiguous_indexes_and_their_exact_bytes()
    {
        await using var opened = await OpenAsync();
        var entries = Enumerable.Range(1, 5).Select(i => Entry(i)).ToImmutableArray();
        (await opened.Store.AppendAsync(Batch(entries), Token)).Stored.ShouldBe(5);

        var rows = await ReadAsync(opened.Store, new AuditFilter { Tenant = "mercy", Limit = 10 });
        rows.Select(r => r.Index).ShouldBe([5, 4, 3, 2, 1]);
        rows[0].Bytes.ShouldBe(entries[4].Bytes.ToArray());
    }

    [Fact]
    public async Task A_batch_that_comes_again_or_overlaps_has_no_second_effect()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token);
        (await opened.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token)).Stored.ShouldBe(0);
        (await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]), Token)).Stored.ShouldBe(1);

        var status = await opened.Store.GetStatusAsync(Token);
        status.Rows.ShouldBe(3);
        status.Watermarks.ShouldBe([new("p", "", 1, 3)]);
    }

    [Fact]
    public async Task Producers_and_epochs_are_numbered_apart()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(7)]), Token);
        _ = await opened.Store.AppendAsync(Batch([Entry(1) with { Epoch = 2 }]) with { Last = (2, 1) }, Token);
        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Producer = "q", Last = (1, 2) }, Token)).Stored.ShouldBe(1);
        (await opened.Store.GetStatusAsync(Token)).Watermarks.ShouldBe([new("p", "", 2, 1), new("q", "", 1, 2)]);
    }

    [Fact]
    public async Task Dead_letters_are_stored_with_the_batch_and_no_reader_sees_them()
    {
        await using var opened = await OpenAsync();
        var batch = Batch([Entry(1)]) with { DeadLetters = [new DeadLetter(1, 2, [1, 2, 3], "garbage")], Last = (1, 2) };
        (await opened.Store.AppendAsync(batch, Token)).Stored.ShouldBe(2);
        (await opened.Store.AppendAsync(batch, Token)).Stored.ShouldBe(0);

        var status = await opened.Store.GetStatusAsync(Token);
        (status.Rows, status.DeadLetters).ShouldBe((1, 1));
        status.Watermarks.ShouldBe([new("p", "", 1, 2)]);
    }

    [Property(MaxTest = 15)]
    public async Task No_filter_ever_shows_another_tenant(byte[] tenants, byte asked, byte columns)
    {
        await using var opened = await OpenAsync();
        var names = tenants.Select(t => $"t{t % 4}").ToArray();
        if (names.Length > 0)
        {
            _ = await opened.Store.AppendAsync(Batch([.. names.Select((t, i) => Entry(i + 1, t))]), Token);
        }

        var tenant = $"t{asked % 4}";
        var equal = ImmutableArray.CreateBuilder<(AuditColumn, string)>();
        if ((columns & 1) != 0)
        {
            equal.Add((AuditColumn.Backend, "calendar"));
        }

        if ((columns & 2) != 0)
        {
            equal.Add((AuditColumn.PersonId, "p-alice"));
        }

        var filter = new AuditFilter { Tenant = tenant, Limit = 1000, Equal = equal.ToImmutable(), Client = (columns & 4) != 0 ? "ChatGPT' OR 1=1 --" : null };
        var rows = await ReadAsync(opened.Store, filter);
        rows.ShouldAllBe(r => EventReader.Read(r.Bytes, null).Event!.Tenant == tenant);
        rows.Count.ShouldBe((columns & 4) != 0 ? 0 : names.Count(n => n == tenant));
    }

    [Fact]
    public async Task What_is_stored_is_there_after_it_was_closed()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1)]), Token);
        var again = await opened.ReopenAsync();
        (await again.GetStatusAsync(Token)).Rows.ShouldBe(1);
        (await again.AppendAsync(Batch([Entry(1), Entry(2)]), Token)).Stored.ShouldBe(1);
        (await again.GetHashKeysAsync(Token)).ShouldBe(["k1"]);
    }

    [Fact]
    public async Task Empty_and_odd_texts_are_stored_as_they_are()
    {
        await using var opened = await OpenAsync();
        var odd = "a'\"😀" + new string('é', 3000);
        var entries = new[] { string.Empty, odd, "plain" }.Select((t, i) =>
        {
            var entry = Entry(i + 1, "t" + t);
            return entry with { Event = entry.Event with { Purpose = t, Model = t.Length == 0 ? null : t }, Resources = [(t, null), ("record", [1, 2, 3])] };
        });
        (await opened.Store.AppendAsync(Batch([.. entries]), Token)).Stored.ShouldBe(3);

        foreach (var (text, index) in new[] { (string.Empty, 1), (odd, 2), ("plain", 3) })
        {
            var filter = new AuditFilter { Tenant = "t" + text, Limit = 10, Equal = [(AuditColumn.Purpose, text)], ResourceType = text };
            (await ReadAsync(opened.Store, filter)).ShouldHaveSingleItem().Index.ShouldBe(index);
            (await ReadAsync(opened.Store, filter with { Equal = [(AuditColumn.Model, text)] })).Count.ShouldBe(text.Length == 0 ? 0 : 1);
            (await ReadAsync(opened.Store, filter with { ResourceHashes = [[1, 2, 3]], ResourceType = null })).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task A_batch_that_is_refused_leaves_nothing_behind_and_the_next_is_stored()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1)]), Token);
        var impossible = Entry(3) with { Event = Samples.Event() with { Type = null! } };
        await Should.ThrowAsync<System.Data.Common.DbException>(() => opened.Store.AppendAsync(Batch([Entry(2), impossible]), Token));
        (await opened.Store.GetStatusAsync(Token)).Rows.ShouldBe(1);

        (await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]), Token)).Stored.ShouldBe(2);
        (await ReadAsync(opened.Store, new AuditFilter { Tenant = "mercy", Limit = 10 })).Select(r => r.Index).ShouldBe([3, 2, 1]);
    }

    [Fact]
    public async Task An_event_that_comes_by_another_feed_too_is_stored_once_and_each_feed_has_its_watermark()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token);
        (await opened.Store.AppendAsync(Batch([Entry(1), Entry(4)]) with { Feed = "usage" }, Token)).Stored.ShouldBe(1);
        (await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]) with { Feed = "audit" }, Token)).Stored.ShouldBe(1);

        var status = await opened.Store.GetStatusAsync(Token);
        status.Watermarks.ShouldBe([new("p", "", 1, 2), new("p", "audit", 1, 3), new("p", "usage", 1, 4)]);
        (status.Rows, status.LastIndex).ShouldBe((4, 4));
        status.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_missing_is_listed_until_it_comes()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]), Token);
        _ = await opened.Store.AppendAsync(Batch([Entry(9)]) with { Time = Now + 5 }, Token);
        (await opened.Store.GetStatusAsync(Token)).Gaps.ShouldBe([new("p", 1, 1, 1, Now), new("p", 1, 4, 8, Now + 5)]);

        var again = Batch([Entry(1), Entry(2), Entry(3), Entry(5), Entry(6)]) with { Time = Now + 9 };
        (await opened.Store.AppendAsync(again, Token)).Stored.ShouldBe(3);
        var status = await opened.Store.GetStatusAsync(Token);
        status.Gaps.ShouldBe([new("p", 1, 7, 8, Now + 5), new("p", 1, 4, 4, Now + 9)]);
        status.Watermarks.ShouldBe([new("p", "", 1, 9)]);
    }

    [Fact]
    public async Task A_position_moves_with_the_rows_and_only_from_where_it_stands()
    {
        await using var opened = await OpenAsync();
        var claim = (await opened.Store.ClaimAsync("t", [3, 4], Token)).Single(c => c.Partition == 3);
        (claim.Next, claim.Claim).ShouldBe((0, 1));
        (await opened.Store.AppendAsync(Batch([Entry(1)]) with { Position = Step(0, 7, 1) }, Token)).ShouldBe(new AuditAppended(1));

        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Position = Step(0, 9, 1) }, Token)).ShouldBe(new AuditAppended(0, Fenced: true));
        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Position = Step(7, 9, 1) with { Partition = 5 } }, Token)).Fenced.ShouldBeTrue();
        (await opened.Store.GetStatusAsync(Token)).Rows.ShouldBe(1);
        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Position = Step(7, 9, 1) }, Token)).ShouldBe(new AuditAppended(1));
    }

    [Fact]
    public async Task Whoever_claims_a_partition_fences_the_one_before()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.ClaimAsync("t", [3], Token);
        _ = await opened.Store.AppendAsync(Batch([Entry(1)]) with { Position = Step(0, 7, 1) }, Token);
        var second = (await opened.Store.ClaimAsync("t", [3], Token)).ShouldHaveSingleItem();
        second.ShouldBe(new LogClaim { Partition = 3, Next = 7, Claim = 2 });

        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Position = Step(7, 8, 1) }, Token)).Fenced.ShouldBeTrue();
        var again = await opened.ReopenAsync();
        (await again.AppendAsync(Batch([Entry(2)]) with { Position = Step(7, 8, 2) }, Token)).ShouldBe(new AuditAppended(1));
        (await again.ClaimAsync("t", [3], Token)).ShouldHaveSingleItem().Next.ShouldBe(8);
    }

    [Fact]
    public async Task Messages_that_are_no_events_are_kept_once_with_the_position()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.ClaimAsync("t", [3], Token);
        UnreadableMessage Message(long offset) => new() { Topic = "t", Partition = 3, Offset = offset, Bytes = [0, 1], Error = "no headers" };
        (await opened.Store.AppendAsync(Nothing with { Unreadable = [Message(0), Message(2)], Position = Step(0, 3, 1) }, Token)).ShouldBe(new AuditAppended(2));
        (await opened.Store.AppendAsync(Nothing with { Unreadable = [Message(2), Message(3)], Position = Step(3, 4, 1) }, Token)).ShouldBe(new AuditAppended(1));
        (await opened.Store.AppendAsync(Nothing with { Unreadable = [Message(9)], Position = Step(0, 10, 1) }, Token)).Fenced.ShouldBeTrue();
        (await opened.Store.AppendAsync(Nothing with { Position = Step(4, 11, 1) }, Token)).ShouldBe(new AuditAppended(0));

        var status = await opened.Store.GetStatusAsync(Token);
        (status.Rows, status.DeadLetters).ShouldBe((0, 3));
        status.Watermarks.ShouldBeEmpty();
    }

    [Fact]
    public async Task Resources_are_found_by_type_and_by_id()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1) with { Resources = [("record", [1]), ("file", [2])] }, Entry(2) with { Resources = [("file", null)] }, Entry(3)]), Token);
        async Task<IEnumerable<long>> Found(string? type, byte[]? hash)
        {
            var filter = new AuditFilter { Tenant = "mercy", Limit = 10, ResourceType = type, ResourceHashes = hash is null ? null : [[9], hash] };
            return (await ReadAsync(opened.Store, filter)).Select(r => r.Index);
        }

        (await Found("file", null)).ShouldBe([2, 1]);
        (await Found("record", [1])).ShouldBe([1]);
        (await Found(null, [2])).ShouldBe([1]);
        (await Found("file", [1])).ShouldBeEmpty();
    }

    [Property(MaxTest = 10)]
    public async Task However_feeds_mix_every_event_is_stored_once(ushort[] picks, bool[] feeds)
    {
        await using var opened = await OpenAsync();
        var numbers = picks.Select(p => p % 60 + 1).Append(1).ToList();
        for (var i = 0; i < numbers.Count; i += 7)
        {
            var some = numbers.Skip(i).Take(7).Distinct().Order().Select(n => Entry(n)).ToImmutableArray();
            _ = await opened.Store.AppendAsync(Batch(some) with { Feed = feeds.ElementAtOrDefault(i) ? "usage" : "audit" }, Token);
        }

        var expected = numbers.Distinct().Order().ToList();
        var rows = await ReadAsync(opened.Store, new AuditFilter { Tenant = "mercy", Limit = 1000 });
        rows.Select(r => EventReader.Read(r.Bytes, null).Position!.Sequence).Order().ShouldBe(expected.Select(n => (long)n));
        rows.Select(r => r.Index).ShouldBe(Enumerable.Range(1, rows.Count).Reverse().Select(i => (long)i));
        var status = await opened.Store.GetStatusAsync(Token);
        status.Gaps.SelectMany(g => Enumerable.Range((int)g.First, (int)(g.Last - g.First + 1))).Order()
            .ShouldBe(Enumerable.Range(1, expected[^1]).Except(expected));
    }

    /// <summary>A store of its own for one test.</summary>
    internal abstract Task<OpenedStore> OpenAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AuditBatch Nothing => new() { Producer = string.Empty, Entries = [], HashKeyId = "k1", Last = null, Time = Now };

    private static LogPosition Step(long from, long next, long claim) => new() { Topic = "t", Partition = 3, From = from, Next = next, Claim = claim };
}

internal abstract class OpenedStore : IAsyncDisposable
{
    public abstract IAuditStore Store { get; }

    public abstract Task<IAuditStore> ReopenAsync();

    public abstract ValueTask DisposeAsync();
}
