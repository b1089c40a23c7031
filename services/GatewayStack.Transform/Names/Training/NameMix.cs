namespace GatewayStack.Transform.Names.Training;

/// <summary>Where texts come from.</summary>
internal enum NameSource
{
    /// <summary>People wrote and labelled them.</summary>
    People,

    /// <summary>Definitions of WordNet.</summary>
    Definitions,

    /// <summary>Filled templates.</summary>
    Made,

    /// <summary>Lines of this repository.</summary>
    Quiet,

    /// <summary>Mails, tickets, forms and the like, many of them without names though full of capitals.</summary>
    Kinds,
}

/// <summary>The documents of one author. All of them stand on one side of every split: what is learned of one author's manner says little of the next.</summary>
/// <param name="Name">What the author is called in logs.</param>
/// <param name="Part">Which of the taggers that the verifier learns from has not seen the author.</param>
/// <param name="Documents">The documents.</param>
internal sealed record NameAuthor(string Name, int Part, List<NameExample> Documents);

/// <summary>Texts that stand on one side of every split.</summary>
/// <param name="Source">Where they come from.</param>
/// <param name="Weighted">What the tagger learns: some of them several times.</param>
/// <param name="Once">Each once.</param>
/// <param name="Author">Who wrote them, where that is known.</param>
/// <param name="Disguised">Those without names, once more with other words of the lists of names.</param>
internal sealed record NameGroup(NameSource Source, List<NameExample> Weighted, List<NameExample> Once, NameAuthor? Author = null, List<NameExample>? Disguised = null);

/// <summary>What is learned from: texts that people labelled, the same with other names, and made-up texts with and without names.</summary>
internal sealed class NameMix
{
    private const int KindsWeight = 2;

    private readonly List<NameGroup> _groups = [];

    /// <summary>Makes the texts.</summary>
    /// <param name="pools">The lists.</param>
    /// <param name="human">Texts that people labelled.</param>
    /// <param name="more">Texts that are taken as they are.</param>
    /// <param name="authors">Mails, tickets, forms and the like, many of them without names though full of capitals.</param>
    /// <param name="seed">Where the random choices begin.</param>
    /// <param name="rounds">So many texts are made from each template.</param>
    public NameMix(NamePools pools, List<NameExample> human, List<NameExample> more, IReadOnlyList<NameAuthor> authors, int seed, int rounds)
    {
        var random = new TrainingRandom(seed);
        var generator = new NameGenerator(pools, random);
        var disguise = new NameDisguise(pools, new TrainingRandom(seed));
        foreach (var chunk in human.Chunk(10))
        {
            // Twice, so that what people wrote weighs as much as what was made up.
            List<NameExample> group = [.. chunk, .. chunk];
            List<NameExample> once = [.. chunk];
            foreach (var example in chunk)
            {
                if (generator.Rename(example) is { } renamed)
                {
                    group.Add(renamed);
                    once.Add(renamed);
                }

                if (random.Percent(8))
                {
                    group.Add(NameGenerator.Recase(example, random.Next(16)));
                    once.Add(group[^1]);
                }
            }

            _groups.Add(new NameGroup(NameSource.People, group, once));
        }

        // Few texts for all there is: they count several times, and those with names come with other names too.
        foreach (var author in authors)
        {
            List<NameExample> group = [];
            List<NameExample> once = [.. author.Documents];
            foreach (var example in author.Documents)
            {
                group.AddRange(Enumerable.Repeat(example, KindsWeight));
                for (var i = 0; i < KindsWeight && example.Marks.Count > 0; i++)
                {
                    group.Add(generator.Rename(example) ?? example);
                    once.Add(group[^1]);
                }
            }

            _groups.Add(new NameGroup(
                NameSource.Kinds, group, once, author, [.. author.Documents.Where(example => example.Marks.Count == 0).Select(disguise.Make).OfType<NameExample>()]));
        }

        AddRange(NameSource.Definitions, more.Chunk(10));
        AddRange(NameSource.Made, pools.Templates("templates.txt").Concat(pools.Templates("plain.txt"))
            .Select(template => Enumerable.Range(0, rounds).Select(_ => generator.Fill(template)).ToArray()));
        AddRange(NameSource.Quiet, pools.Templates("quiet.txt").Select(line => new NameExample(line, [])).Chunk(10));
    }

    /// <summary>What the tagger learns from: all but one part.</summary>
    /// <param name="part">The part that is left out; -1 leaves none out.</param>
    /// <param name="of">How many parts there are.</param>
    public IEnumerable<NameExample> Learn(int part, int of) => _groups.Where((group, i) => !IsIn(group, i, part, of)).SelectMany(group => group.Weighted);

    /// <summary>That part.</summary>
    public IEnumerable<NameGroup> HoldBack(int part, int of) => _groups.Where((group, i) => IsIn(group, i, part, of));

    private static bool IsIn(NameGroup group, int i, int part, int of) => group.Author is { } author ? author.Part == part : i % of == part;

    private void AddRange(NameSource source, IEnumerable<NameExample[]> groups) =>
        _groups.AddRange(groups.Select(group => new NameGroup(source, [.. group], [.. group])));
}
