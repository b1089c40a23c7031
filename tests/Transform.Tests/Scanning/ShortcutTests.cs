using System.Buffers;
using FsCheck.Xunit;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Codes;
using GatewayStack.Transform.Recognizers.Cues;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Tests.Scanning;

/// <summary>What is passed over for speed would not have been found.</summary>
[Properties(Arbitrary = [typeof(Texts)], MaxTest = 300)]
public sealed class ShortcutTests
{
    private static readonly RecognizerSet Rows = RecognizerTable.Create(new TransformOptions());
    private static readonly Scanner Scanner = new(Rows);
    private static readonly SearchValues<char> Encoded = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    [Property]
    public void A_row_that_a_gate_does_not_open_cannot_stand_there(PlantedText planted)
    {
        var text = planted.Text;
        for (var i = 0; i < text.Length; i++)
        {
            if (!(text[i] is '@' or ':' or (>= '0' and <= '9')))
            {
                continue;
            }

            var rows = Rows.OpenedBy(text[i]);
            var after = List(rows.After(text, i));
            var opened = List(rows.Opened(text, i));
            rows.All.Where(r => RowMatcher.StartOf(text, r, i) >= 0).ShouldBeSubsetOf(after);
            rows.All.Where(r => RowMatcher.StartOf(text, r, i) is var start and >= 0 && RowMatcher.WindowEnd(text, r, i, 1, out _) - start >= r.MinLength).ShouldBeSubsetOf(opened);
            after.ShouldBe(rows.All.Where(after.Contains));
            opened.ShouldBe(after.Where(opened.Contains));
        }
    }

    [Property]
    public void Gates_are_the_marks_and_the_first_digits_of_a_text(PlantedText planted, int seed)
    {
        var text = planted.Text;
        var from = text.Length == 0 ? 0 : new Random(seed).Next(text.Length);
        var places = new GatePlaces(text, Rows, from);
        var found = new List<int>();
        for (var i = places.Next(); i < text.Length; i = places.Next())
        {
            found.Add(i);
        }

        found.ShouldBe(Enumerable.Range(from, text.Length - from).Where(i => text[i] is '@' or ':' || IsFirstDigit(text, i)));
    }

    [Fact]
    public void A_set_has_the_units_of_ascii_that_it_was_made_of()
    {
        const string Members = "019@:AZaz~\0";
        var set = new AsciiSet(Members.Contains);
        var text = string.Concat(Enumerable.Range(0, 0x10000).Select(c => (char)c));
        for (var at = 0; at < text.Length; at += AsciiSet.Block)
        {
            var among = set.Among(AsciiSet.Read(text.AsSpan(at)));
            for (var i = 0; i < AsciiSet.Block; i++)
            {
                var isMember = Members.Contains(text[at + i]);
                ((among >> i & 1) != 0).ShouldBe(isMember);
                set.Contains(text[at + i]).ShouldBe(isMember);
            }

            (among >> AsciiSet.Block).ShouldBe(0u);
        }
    }

    [Property(MaxTest = 100)]
    public void A_scan_finds_what_every_row_finds_that_is_tried_at_every_unit(PlantedText planted)
    {
        List<Candidate>? found = null;
        Scanner.AdvanceInside(planted.Text, ref found, CancellationToken.None);

        Written(found, planted.Text).ShouldBe(Written(TryEverywhere(planted.Text), planted.Text));
    }

    [Property]
    public void Words_beside_a_value_are_the_same_from_the_index(PlantedText planted, int seed)
    {
        var random = new Random(seed);
        var text = planted.Text;
        var indexed = new ScannedText(text, TextIndexes.Rent());
        for (var round = 0; round < 40 && text.Length > 0; round++)
        {
            var from = random.Next(3) == 0 ? 0 : random.Next(text.Length);
            var to = random.Next(3) == 0 ? text.Length : random.Next(from, text.Length + 1);
            var start = random.Next(to - from + 1);
            var end = random.Next(start, to - from + 1);

            // At a row's gate, and round a part of what it is shown.
            Surroundings.Read(new Match(indexed, from..to, start, end - start, truncated: false), start, end).ShouldBe(Surroundings.Read(new ScannedText(text.AsSpan(from, to - from), null), start, end));
            Surroundings.Read(indexed, start, end).ShouldBe(Surroundings.Read(new ScannedText(text, null), start, end));
        }

        TextIndexes.Return(indexed.Indexes!);
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

    /// <summary>Without gates, masks, glances that are shared, and indexes.</summary>
    private static List<Candidate>? TryEverywhere(string text)
    {
        List<Candidate>? found = null;
        var scanned = new ScannedText(text, null);
        for (var i = 0; i < text.Length; i++)
        {
            foreach (var row in Rows.All)
            {
                foreach (var length in GateLengths(text, i, row))
                {
                    var look = default(FirstLook);
                    RowMatcher.Try(scanned, row, i, length, ref look, ref found);
                }
            }

            if (IsFirstDigit(text, i))
            {
                CodeMatcher.Try(scanned, Rows.Codes, i, ref found);
            }
        }

        return found;
    }

    private static IEnumerable<int> GateLengths(string text, int at, Recognizer row) => row.Gate switch
    {
        Gate.Digit => IsFirstDigit(text, at) ? [1] : [],
        Gate.At => text[at] == '@' ? [1] : [],
        Gate.Colon => text[at] == ':' ? [1] : [],
        Gate.Keyword when WordStart.Is(text, at) => row.Keywords.Where(k => text.AsSpan(at).StartsWith(k, StringComparison.OrdinalIgnoreCase)).Select(k => k.Length).Distinct(),
        _ => [],
    };

    private static bool IsFirstDigit(string text, int at) => char.IsAsciiDigit(text[at]) && (at == 0 || !char.IsAsciiDigit(text[at - 1]));

    private static string[] Written(List<Candidate>? found, string text) =>
        [.. (found ?? []).Select(c => $"{c.Start} {c.Row.Name} {c.Score:R} {text[c.Start..c.End]}").Order(StringComparer.Ordinal)];

    private static List<Recognizer> List(Opened opened)
    {
        var rows = new List<Recognizer>();
        foreach (var row in opened)
        {
            rows.Add(row);
        }

        return rows;
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
