using System.Collections.Concurrent;
using FsCheck.Xunit;
using GatewayStack.Contracts.Events;
using GatewayStack.Events.Spool;

namespace GatewayStack.Platform.Tests.Events;

public sealed class SpoolTests : IDisposable
{
    private readonly SpoolHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Reads_back_what_was_appended_in_order_with_numbers_from_1()
    {
        var spool = await _harness.OpenAsync();
        for (var i = 1; i <= 20; i++)
        {
            var result = spool.Append(EventSamples.Decision($"r{i}"));
            result.Appended.ShouldBeTrue();
            result.Position.ShouldBe(new EventPosition { Producer = spool.Folder.Producer, Epoch = 1, Sequence = i });
        }

        _harness.ReadAll(spool).Select(e => (e.Sequence, e.Event.RequestId)).ShouldBe(Enumerable.Range(1, 20).Select(i => ((long)i, $"r{i}")));
    }

    [Property(MaxTest = 12)]
    public void Keeps_everything_over_restarts(byte first, byte second, byte third)
    {
        using var harness = new SpoolHarness();
        var expected = new List<(long, long)>();
        var epoch = 0;
        foreach (var count in new[] { first, second, third })
        {
            using var spool = harness.OpenAsync().GetAwaiter().GetResult();
            epoch++;
            for (var i = 1; i <= count; i++)
            {
                spool.Append(EventSamples.Outcome($"{epoch}-{i}")).Appended.ShouldBeTrue();
                expected.Add((epoch, i));
            }
        }

        using var last = harness.OpenAsync().GetAwaiter().GetResult();
        harness.ReadAll(last).Select(e => (e.Epoch, e.Sequence)).ShouldBe(expected);
    }

    [Fact]
    public async Task Goes_over_many_segments()
    {
        var spool = await _harness.OpenAsync();
        for (var i = 0; i < 2000; i++)
        {
            spool.Append(EventSamples.Outcome($"r{i}")).Appended.ShouldBeTrue();
        }

        Directory.GetFiles(_harness.Folder, "*.segment").Length.ShouldBeGreaterThan(3);
        spool.Dispose();
        _harness.ReadAll(await _harness.OpenAsync()).Count.ShouldBe(2000);
    }

    [Fact]
    public async Task Eight_threads_get_every_number_once_and_each_sees_its_own_in_order()
    {
        var spool = await _harness.OpenAsync();
        var numbers = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(() =>
        {
            var before = 0L;
            for (var i = 0; i < 250; i++)
            {
                var sequence = spool.Append(EventSamples.Outcome($"{t}-{i}")).Position!.Sequence;
                sequence.ShouldBeGreaterThan(before);
                before = sequence;
                numbers.Add(sequence);
            }
        })));

        numbers.Order().ShouldBe(Enumerable.Range(1, 2000).Select(i => (long)i));
        _harness.ReadAll(spool).Select(e => e.Sequence).ShouldBe(Enumerable.Range(1, 2000).Select(i => (long)i));
    }

    [Fact]
    public async Task A_second_process_on_the_folder_is_refused_in_one_line()
    {
        _ = await _harness.OpenAsync();
        var refused = await Should.ThrowAsync<SpoolInUseException>(() => _harness.OpenAsync());
        refused.Message.ShouldContain(_harness.Folder);
        refused.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task When_full_it_loses_counts_and_says_so_once_there_is_room()
    {
        _harness.Options = _harness.Options with { MaxBytes = 2 * SpoolHarness.SegmentBytes };
        var spool = await _harness.OpenAsync();
        var stored = 0;
        while (spool.Append(EventSamples.Outcome($"r{stored}")).Appended)
        {
            stored++;
        }

        for (var i = 0; i < 9; i++)
        {
            var lost = spool.Append(EventSamples.Outcome("lost"));
            lost.Appended.ShouldBeFalse();
            lost.Position.ShouldBeNull();
        }

        spool.Release(long.MaxValue);
        spool.Append(EventSamples.Outcome("after")).Position!.Sequence.ShouldBe(stored + 2);
        var events = _harness.ReadAll(spool);
        events[^2].Event.Type.ShouldBe(EventTypes.Gap);
        events[^2].Event.Lost.ShouldBe(10);
        events[^1].Event.RequestId.ShouldBe("after");
        events.Count(e => e.Event.Type == EventTypes.Gap).ShouldBe(1);
    }

    [Fact]
    public async Task Segments_are_used_again_and_their_old_records_never_come_back()
    {
        var spool = await _harness.OpenAsync();
        for (var i = 0; i < 6000; i++)
        {
            spool.Append(EventSamples.Outcome($"r{i}")).Appended.ShouldBeTrue();
            if (i % 100 == 0)
            {
                spool.Release(long.MaxValue);
            }
        }

        Directory.GetFiles(_harness.Folder, "*.segment").Length.ShouldBeLessThanOrEqualTo(4);
        var before = _harness.ReadAll(spool).Select(e => e.Sequence).ToList();
        spool.Dispose();

        _harness.ReadAll(await _harness.OpenAsync()).Select(e => e.Sequence).ShouldBe(before);
        before.ShouldBe(Enumerable.Range(0, before.Count).Select(i => before[0] + i));
    }

    [Fact]
    public async Task A_synced_position_is_on_the_disk()
    {
        var spool = await _harness.OpenAsync();
        var position = spool.Append(EventSamples.Outcome()).Position!;
        spool.First.Synced.ShouldBe(0);
        await spool.SyncAsync(position, TestContext.Current.CancellationToken);
        spool.First.Synced.ShouldBe(spool.First.Committed);
        await spool.SyncAsync(position with { Epoch = 0, Sequence = 99 }, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Nothing_personal_is_in_its_files()
    {
        var spool = await _harness.OpenAsync();
        spool.Append(EventSamples.Decision() with { Personal = new() { UserId = "CANARY-1", Subject = "CANARY-2", DisplayName = "CANARY-3" }, Model = "CONTROL" });
        await spool.FlushAsync(TestContext.Current.CancellationToken);
        _harness.Contains("CANARY").ShouldBeFalse();
        _harness.Contains("patient-17").ShouldBeFalse();
        _harness.Contains("CONTROL").ShouldBeTrue();
    }

    [Fact]
    public async Task Appending_before_it_is_open_is_a_bug_and_after_it_is_closed_a_loss()
    {
        using var unopened = new WriteAheadSpool(
            _harness.Folder, _harness.Options, _harness.Keys, _harness.Time, _harness.Metrics, Microsoft.Extensions.Logging.Abstractions.NullLogger<WriteAheadSpool>.Instance);
        Should.Throw<InvalidOperationException>(() => unopened.Append(EventSamples.Outcome()));

        var spool = await _harness.OpenAsync();
        spool.Dispose();
        spool.Append(EventSamples.Outcome()).Appended.ShouldBeFalse();
    }
}
