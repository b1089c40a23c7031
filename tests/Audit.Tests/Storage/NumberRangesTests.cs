using FsCheck.Xunit;
using GatewayStack.Audit.Storage;

namespace GatewayStack.Audit.Tests.Storage;

public sealed class NumberRangesTests
{
    [Property(MaxTest = 300)]
    public void Are_a_set_in_as_few_ranges_as_can_be(byte[] numbers)
    {
        var ranges = new NumberRanges([]);
        var set = new SortedSet<long>();
        foreach (var number in numbers.Select(n => (long)(n % 40)))
        {
            ranges.Add(number, 7).ShouldBe(set.Add(number));
        }

        ranges.Ranges.SelectMany(r => Enumerable.Range((int)r.First, (int)(r.Last - r.First + 1)).Select(n => (long)n)).ShouldBe(set);
        ranges.Ranges.Zip(ranges.Ranges.Skip(1)).ShouldAllBe(p => p.First.Last + 1 < p.Second.First);
    }

    [Fact]
    public void What_is_missing_before_a_range_is_known_since_its_first_number_came()
    {
        var ranges = new NumberRanges([new(10, 12, 1)]);
        ranges.Add(20, 2).ShouldBeTrue();
        ranges.Add(19, 3).ShouldBeTrue();
        ranges.Add(21, 4).ShouldBeTrue();
        ranges.Ranges.ShouldBe([new(10, 12, 1), new(19, 21, 2)]);
        for (var i = 13; i < 19; i++)
        {
            ranges.Add(i, 5).ShouldBeTrue();
        }

        ranges.Ranges.ShouldBe([new(10, 21, 1)]);
    }
}
