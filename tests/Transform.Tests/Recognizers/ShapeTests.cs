using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Tests.Recognizers;

/// <summary>A shape that is read by hand says what its pattern says.</summary>
public sealed class ShapeTests
{
    private const string Units = "0123456789012345678901234567890123456789 -.+(/)°:*#A,";

    [Fact]
    public void A_shape_says_what_its_pattern_says()
    {
        var rows = RecognizerTable.BuiltIn.Where(r => r.Shape is not null).ToArray();
        rows.ShouldNotBeEmpty();
        foreach (var row in rows)
        {
            var random = new Random(11);
            var matches = 0;
            for (var round = 0; round < 20_000; round++)
            {
                // Digits and one mark or two: what a mask of the pattern may be.
                var marks = string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Units[random.Next(Units.Length)]));
                var window = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => random.Next(3) == 0 ? marks[random.Next(marks.Length)] : Units[random.Next(10)]));
                window = random.Next(3) switch { 0 => Pair(window, marks[0]), 1 => InFours(window, marks[0]), _ => window };
                var match = row.Pattern!.Regex.Match(window);
                var said = row.Shape!(window);

                (said == Shapes.Unsaid || said == match.Length).ShouldBeTrue($"{row.Name} says {said} of '{window}', its pattern {match.Length}");
                matches += match.Success ? 1 : 0;
            }

            matches.ShouldBeGreaterThan(20, row.Name);
        }
    }

    /// <summary>A mark behind every fourth digit.</summary>
    private static string InFours(string window, char mark) => string.Join(mark, window.Where(char.IsAsciiDigit).Chunk(4).Select(c => new string(c)));

    /// <summary>A mark behind every digit, or every second.</summary>
    private static string Pair(string window, char mark) => string.Concat(window.Where(char.IsAsciiDigit).Select((c, i) => window.Length % 2 == 0 || i % 2 == 1 ? $"{c}{mark}" : $"{c}"));
}
