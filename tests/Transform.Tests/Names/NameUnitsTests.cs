using System.Text;
using GatewayStack.Transform.Names;

namespace GatewayStack.Transform.Tests.Names;

public class NameUnitsTests
{
    [Theory]
    [InlineData("One line.\nAnother", "One line.\n", "Another")]
    [InlineData("We met Ann. She left! Did he? Yes.", "We met Ann. ", "She left! ", "Did he? ", "Yes.")]
    [InlineData("Dr. J. Smith of St. Louis, Inc. is here.", "Dr. J. Smith of St. Louis, Inc. is here.")]
    [InlineData("He said \"stop.\" Then he left.", "He said \"stop.\" ", "Then he left.")]
    [InlineData("version 1.2.3 and example.com stay whole", "version 1.2.3 and example.com stay whole")]
    public void A_text_is_cut_at_lines_and_sentences(string text, params string[] expected) => Assert.Equal(expected, Cut(text));

    [Fact]
    public void A_long_line_is_cut_between_words_and_never_inside_a_pair()
    {
        Assert.All(Cut(string.Concat(Enumerable.Repeat("wordy ", 300))), unit => Assert.True(unit.Length <= NameUnits.MaxLength && unit.EndsWith("wordy ", StringComparison.Ordinal)));
        Assert.All(Cut("x" + string.Concat(Enumerable.Repeat("😀", 700))), unit => Assert.False(char.IsHighSurrogate(unit[^1])));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_text_in_pieces_is_cut_as_the_whole(int seed)
    {
        var random = new Random(seed);
        string[] parts = ["Ann met Bob. ", "Is it?\" ", "St. Louis ", "no blank", "\n", "😀", ". ", "...", " ", "x", new string('y', 300)];
        for (var round = 0; round < 100; round++)
        {
            var text = new StringBuilder();
            for (var i = random.Next(1, 40); i > 0; i--)
            {
                text.Append(parts[random.Next(parts.Length)]);
            }

            var whole = text.ToString();
            var pieces = new List<string>();
            int start = 0, known = 0;
            while (start < whole.Length)
            {
                var final = known == whole.Length;
                var end = NameUnits.End(whole.AsSpan(0, known), start, final, out var complete);
                if (complete && end > start)
                {
                    pieces.Add(whole[start..end]);
                    start = end;
                }
                else
                {
                    known = Math.Min(whole.Length, known + random.Next(1, 30));
                }
            }

            Assert.Equal(Cut(whole), pieces);
        }
    }

    private static List<string> Cut(string text)
    {
        var units = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var end = NameUnits.End(text, start, final: true, out var complete);
            Assert.True(complete);
            units.Add(text[start..end]);
            start = end;
        }

        return units;
    }
}
