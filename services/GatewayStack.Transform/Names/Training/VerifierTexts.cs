using System.Text;

namespace GatewayStack.Transform.Names.Training;

/// <summary>The texts that the verifier learns from. It judges by the whole of a text, so single lines are put together to longer ones.</summary>
internal static class VerifierTexts
{
    private const float DisguiseWeight = 0.7f;

    /// <summary>Adds texts that the tagger has not learned from.</summary>
    public static void Add(VerifierSet set, NameModel tagger, IEnumerable<NameGroup> groups, TrainingRandom random)
    {
        var made = new List<NameExample>();
        var plain = new List<NameExample>();
        foreach (var group in groups)
        {
            switch (group.Source)
            {
                case NameSource.People:
                    Each(group.Once, "people", 1);
                    Each(Together(group.Once, 3 + random.Next(5), random.Percent(50) ? " " : "\n"), "people", 0.5f);
                    break;
                case NameSource.Definitions:
                    Each(group.Once.Where((_, i) => i % 4 == 0), "definitions", 0.3f);
                    break;
                case NameSource.Kinds:
                    Each(group.Once, group.Author!.Name, 3);
                    Each(group.Disguised!, group.Author.Name, 3 * DisguiseWeight);
                    break;
                case NameSource.Quiet:
                    Each(Together(group.Once, 10, "\n"), "quiet", 0.5f);
                    plain.AddRange(group.Once);
                    break;
                default:
                    (group.Once.Exists(e => e.Marks.Count > 0) ? made : plain).AddRange(group.Once);
                    break;
            }
        }

        random.Shuffle(made);
        random.Shuffle(plain);
        Each(made.Take(made.Count / 3), "made", 0.5f);
        Each(Mixed(made, plain, random), "made", 0.5f);

        void Each(IEnumerable<NameExample> examples, string source, float weight)
        {
            foreach (var example in examples)
            {
                set.Add(tagger, example, source, weight);
            }
        }
    }

    /// <summary>Texts of several lines, from none with names to nearly all.</summary>
    private static IEnumerable<NameExample> Mixed(List<NameExample> made, List<NameExample> plain, TrainingRandom random)
    {
        int nextMade = 0, nextPlain = 0;
        while (nextMade + 12 < made.Count && nextPlain + 12 < plain.Count)
        {
            var share = random.Next(10) switch { < 3 => 0, < 6 => 20, < 8 => 50, _ => 90 };
            var lines = new List<NameExample>();
            for (var count = 3 + random.Next(9); count > 0; count--)
            {
                lines.Add(random.Percent(share) ? made[nextMade++] : plain[nextPlain++]);
            }

            yield return Join(lines, "\n");
        }
    }

    private static IEnumerable<NameExample> Together(IEnumerable<NameExample> examples, int count, string between) =>
        examples.Chunk(count).Select(chunk => Join(chunk, between));

    private static NameExample Join(IReadOnlyCollection<NameExample> examples, string between)
    {
        var text = new StringBuilder();
        var marks = new List<NameMark>();
        foreach (var example in examples)
        {
            text.Append(text.Length > 0 ? between : string.Empty);
            marks.AddRange(example.Marks.Select(mark => mark with { Start = mark.Start + text.Length, End = mark.End + text.Length }));
            text.Append(example.Text);
        }

        return new NameExample(text.ToString(), marks);
    }
}
