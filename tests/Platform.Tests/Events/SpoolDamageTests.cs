using GatewayStack.Contracts.Events;
using GatewayStack.Events.Spool;

namespace GatewayStack.Platform.Tests.Events;

public sealed class SpoolDamageTests : IDisposable
{
    private readonly SpoolHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task A_tail_torn_at_any_byte_of_the_last_record_is_cut_and_the_rest_stays()
    {
        var (file, image, last, end) = await WriteAsync(4);
        // Every byte of the header, and a stride through the payload: a torn copy leaves zeros behind what was written.
        var tears = Enumerable.Range(last, Segment.RecordHeaderSize + 8).Concat(Enumerable.Range(last, end - last).Where(i => i % 37 == 0)).Append(end - 8).Distinct();
        foreach (var tear in tears)
        {
            var torn = image.ToArray();
            torn.AsSpan(tear, end - tear).Clear();
            if (torn.AsSpan(last, end - last).SequenceEqual(image.AsSpan(last, end - last)))
            {
                continue;
            }

            var events = await ReopenAsync(file, torn);
            events.Where(e => e.Epoch == 1).Select(e => e.Sequence).ShouldBe([1, 2, 3], $"torn at {tear - last}");
            events.ShouldNotContain(e => e.Event.Type == EventTypes.Gap);
        }
    }

    [Fact]
    public async Task A_file_that_ends_in_its_last_record_keeps_the_others()
    {
        var (file, image, last, end) = await WriteAsync(4);
        foreach (var length in new[] { last + 1, last + 15, last + 16, (last + end) / 2, end - 9 })
        {
            var events = await ReopenAsync(file, image[..length]);
            events.Where(e => e.Epoch == 1).Select(e => e.Sequence).ShouldBe([1, 2, 3]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(40)]
    [InlineData(300)]
    public async Task A_flipped_bit_in_the_middle_loses_one_record_keeps_the_rest_and_is_told(int at)
    {
        var (file, image, _, _) = await WriteAsync(6);
        var third = OffsetOf(image, 3);
        image[third + at] ^= 0x10;

        var events = await ReopenAsync(file, image);
        events.Where(e => e.Epoch == 1).Select(e => e.Sequence).ShouldBe([1, 2, 4, 5, 6]);
        events.Single(e => e.Event.Type == EventTypes.Gap).Event.Lost.ShouldBe(1);
        Directory.GetFiles(Path.Combine(_harness.Folder, "quarantine")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_hole_stays_passed_over_at_later_starts_and_is_told_once()
    {
        var (file, image, _, _) = await WriteAsync(6);
        image[OffsetOf(image, 3) + 50] ^= 1;
        _ = await ReopenAsync(file, image);

        var events = _harness.ReadAll(await _harness.OpenAsync());
        events.Where(e => e.Epoch == 1).Select(e => e.Sequence).ShouldBe([1, 2, 4, 5, 6]);
        events.Count(e => e.Event.Type == EventTypes.Gap).ShouldBe(1);
    }

    [Fact]
    public async Task A_segment_with_a_damaged_header_goes_into_quarantine_and_is_told()
    {
        var (file, image, _, _) = await WriteAsync(3);
        image[20] ^= 1;
        var events = await ReopenAsync(file, image);
        events.ShouldHaveSingleItem().Event.Type.ShouldBe(EventTypes.Gap);
        Directory.GetFiles(Path.Combine(_harness.Folder, "quarantine")).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_file_made_just_before_a_crash_is_no_damage()
    {
        _ = Directory.CreateDirectory(_harness.Folder);
        await File.WriteAllBytesAsync(Path.Combine(_harness.Folder, "000001.segment"), [], TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(_harness.Folder, "000002.segment"), new byte[SpoolHarness.SegmentBytes], TestContext.Current.CancellationToken);
        _harness.ReadAll(await _harness.OpenAsync()).ShouldBeEmpty();
    }

    private async Task<(string File, byte[] Image, int Last, int End)> WriteAsync(int count)
    {
        var spool = await _harness.OpenAsync();
        for (var i = 1; i <= count; i++)
        {
            spool.Append(EventSamples.Outcome($"r{i}"));
        }

        var end = spool.First.Committed;
        var file = spool.First.Path;
        spool.Dispose();
        var image = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        return (file, image, OffsetOf(image, count), end);
    }

    private async Task<List<(long Epoch, long Sequence, GatewayEvent Event)>> ReopenAsync(string file, byte[] image)
    {
        foreach (var other in Directory.GetFiles(_harness.Folder, "*.segment"))
        {
            File.Delete(other);
        }

        await File.WriteAllBytesAsync(file, image, TestContext.Current.CancellationToken);
        using var spool = await _harness.OpenAsync();
        return _harness.ReadAll(spool);
    }

    private static int OffsetOf(byte[] image, int record)
    {
        var offset = Segment.HeaderSize;
        for (var i = 1; i < record; i++)
        {
            offset += Segment.SizeOf(BitConverter.ToInt32(image, offset));
        }

        return offset;
    }
}
