using System.Collections.Immutable;
using FsCheck.Xunit;
using GatewayStack.Audit.Storage;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Format;

namespace GatewayStack.Audit.Tests.Storage;

/// <summary>What every adapter of <see cref="IAuditStore"/> must do.</summary>
public abstract class AuditStoreTests
{
    [Fact]
    public async Task Rows_come_newest_first_with_contiguous_indexes_and_their_exact_bytes()
    {
        await using var opened = await OpenAsync();
        var entries = Enumerable.Range(1, 5).Select(i => Entry(i)).ToImmutableArray();
        (await opened.Store.AppendAsync(Batch(entries), Token)).ShouldBe(5);

        var rows = await ReadAsync(opened.Store, new AuditFilter { Tenant = "mercy", Limit = 10 });
        rows.Select(r => r.Index).ShouldBe([5, 4, 3, 2, 1]);
        rows[0].Bytes.ShouldBe(entries[4].Bytes.ToArray());
    }

    [Fact]
    public async Task A_batch_that_comes_again_or_overlaps_has_no_second_effect()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token);
        (await opened.Store.AppendAsync(Batch([Entry(1), Entry(2)]), Token)).ShouldBe(0);
        (await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]), Token)).ShouldBe(1);

        var status = await opened.Store.GetStatusAsync(Token);
        status.Rows.ShouldBe(3);
        status.Watermarks.ShouldBe([("p", 1, 3)]);
    }

    [Fact]
    public async Task Producers_and_epochs_are_numbered_apart()
    {
        await using var opened = await OpenAsync();
        _ = await opened.Store.AppendAsync(Batch([Entry(7)]), Token);
        _ = await opened.Store.AppendAsync(Batch([Entry(1) with { Epoch = 2 }]) with { Last = (2, 1) }, Token);
        (await opened.Store.AppendAsync(Batch([Entry(2)]) with { Producer = "q", Last = (1, 2) }, Token)).ShouldBe(1);
        (await opened.Store.GetStatusAsync(Token)).Watermarks.ShouldBe([("p", 2, 1), ("q", 1, 2)]);
    }

    [Fact]
    public async Task Dead_letters_are_stored_with_the_batch_and_no_reader_sees_them()
    {
        await using var opened = await OpenAsync();
        var batch = Batch([Entry(1)]) with { DeadLetters = [new DeadLetter(1, 2, [1, 2, 3], "garbage", 0)], Last = (1, 2) };
        (await opened.Store.AppendAsync(batch, Token)).ShouldBe(2);
        (await opened.Store.AppendAsync(batch, Token)).ShouldBe(0);

        var status = await opened.Store.GetStatusAsync(Token);
        (status.Rows, status.DeadLetters).ShouldBe((1, 1));
        status.Watermarks.ShouldBe([("p", 1, 2)]);
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
        (await again.AppendAsync(Batch([Entry(1), Entry(2)]), Token)).ShouldBe(1);
        (await again.GetHashKeysAsync(Token)).ShouldBe(["k1"]);
    }

    [Fact]
    public async Task Empty_and_odd_texts_are_stored_as_they_are()
    {
        await using var opened = await OpenAsync();
        var odd = "a'\"😀" + new string('é', 3000);
        var entries = new[] { string.Empty, odd, "plain" }.Select((t, i) =>
        {
            var entry = Entry(i + 1, t);
            return entry with { Event = entry.Event with { Purpose = t, Model = t.Length == 0 ? null : t }, Resources = [(t, null), ("record", [1, 2, 3])] };
        });
        (await opened.Store.AppendAsync(Batch([.. entries]), Token)).ShouldBe(3);

        foreach (var (text, index) in new[] { (string.Empty, 1), (odd, 2), ("plain", 3) })
        {
            var filter = new AuditFilter { Tenant = text, Limit = 10, Equal = [(AuditColumn.Purpose, text)], ResourceType = text };
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
        await Should.ThrowAsync<System.Data.Common.DbException>(() => opened.Store.AppendAsync(Batch([Entry(2), Entry(3), Entry(3)]), Token));
        (await opened.Store.GetStatusAsync(Token)).Rows.ShouldBe(1);

        (await opened.Store.AppendAsync(Batch([Entry(2), Entry(3)]), Token)).ShouldBe(2);
        (await ReadAsync(opened.Store, new AuditFilter { Tenant = "mercy", Limit = 10 })).Select(r => r.Index).ShouldBe([3, 2, 1]);
    }

    /// <summary>A store of its own for one test.</summary>
    internal abstract Task<OpenedStore> OpenAsync();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AuditBatch Batch(ImmutableArray<AuditEntry> entries) =>
        new() { Producer = "p", Entries = entries, HashKeyId = "k1", Last = (entries[^1].Epoch, entries[^1].Sequence) };

    private static AuditEntry Entry(long sequence, string tenant = "mercy")
    {
        var e = Samples.Event($"req_{sequence}", tenant);
        return new AuditEntry
        {
            Epoch = 1,
            Sequence = sequence,
            Event = e,
            Time = 1_772_625_600_000_000,
            Bytes = [.. EventWriter.Write(e, new EventPosition { Producer = "p", Epoch = 1, Sequence = sequence })],
        };
    }

    private static async Task<List<AuditRow>> ReadAsync(IAuditStore store, AuditFilter filter)
    {
        var rows = new List<AuditRow>();
        await foreach (var row in store.QueryAsync(filter, Token))
        {
            rows.Add(row);
        }

        return rows;
    }
}

internal abstract class OpenedStore : IAsyncDisposable
{
    public abstract IAuditStore Store { get; }

    public abstract Task<IAuditStore> ReopenAsync();

    public abstract ValueTask DisposeAsync();
}
