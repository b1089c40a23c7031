using System.Buffers;
using FsCheck.Xunit;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What is passed over for speed would not have been found.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 300)]
public sealed class ShortcutTests
{
    private static readonly RecognizerSet Rows = RecognizerTable.Create(new TransformOptions());
    private static readonly SearchValues<char> Encoded = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    [Property]
    public void A_row_that_a_gate_does_not_open_cannot_stand_there(PlantedText planted)
    {
        var text = planted.Text;
        for (var i = 0; i < text.Length; i++)
        {
            var all = text[i] switch { '@' => Rows.At, ':' => Rows.Colon, >= '0' and <= '9' => Rows.Digit, _ => [] };
            if (all.IsEmpty)
            {
                continue;
            }

            var opened = Rows.OpenedBy(text, i);
            all.Where(r => RowMatcher.StartOf(text, r, i) >= 0).ShouldBeSubsetOf(opened);
            opened.ShouldBe(all.Where(opened.Contains));
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Runs_are_those_that_a_look_at_each_unit_gives(bool final)
    {
        var random = new Random(7);
        for (var round = 0; round < 4_000; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(4) switch
            {
                0 => Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes("hello my world!"[..random.Next(9, 15)])),
                1 => new string('=', random.Next(3)),
                2 => new string('a', random.Next(1, 20)),
                _ => random.Next(2) == 0 ? " " : ". ",
            }));
            var from = random.Next(text.Length);

            EncodedRuns.Next(text, from, final, out var end).ShouldBe(Plain(text, from, final, out var expected), text);
            end.ShouldBe(expected, text);
        }
    }

    /// <summary>The same, a run at a time. That a run is readable is asked of the method itself, by the run alone.</summary>
    private static int Plain(string text, int from, bool final, out int end)
    {
        for (var start = from; start < text.Length; start = Math.Max(end, start + 1))
        {
            end = start;
            while (end < text.Length && Encoded.Contains(text[end]))
            {
                end++;
            }

            for (var padding = 0; padding < 2 && end > start && end < text.Length && text[end] == '='; padding++)
            {
                end++;
            }

            var isLast = end == text.Length && !final;
            if (end - start < (isLast ? 1 : EncodedRuns.Shortest) || (start > 0 && Encoded.Contains(text[start - 1])))
            {
                continue;
            }

            if (EncodedRuns.Next(text.AsSpan(start, end - start), 0, !isLast, out _) == 0)
            {
                return start;
            }
        }

        end = text.Length;
        return int.MaxValue;
    }
}
