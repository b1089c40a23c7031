namespace GatewayStack.Transform.Names.Training;

/// <summary>What is learned from: texts that people labelled, the same with other names, and made-up texts with and without names.</summary>
internal sealed class NameMix
{
    private readonly List<List<NameExample>> _groups = [];

    /// <summary>Makes the texts.</summary>
    /// <param name="pools">The lists.</param>
    /// <param name="human">Texts that people labelled.</param>
    /// <param name="more">Texts that are taken as they are.</param>
    /// <param name="seed">Where the random choices begin.</param>
    /// <param name="rounds">So many texts are made from each template.</param>
    public NameMix(NamePools pools, List<NameExample> human, List<NameExample> more, int seed, int rounds)
    {
        var random = new TrainingRandom(seed);
        var generator = new NameGenerator(pools, random);
        foreach (var chunk in human.Chunk(10))
        {
            // Twice, so that what people wrote weighs as much as what was made up.
            List<NameExample> group = [.. chunk, .. chunk];
            foreach (var example in chunk)
            {
                if (generator.Rename(example) is { } renamed)
                {
                    group.Add(renamed);
                }

                if (random.Percent(8))
                {
                    group.Add(NameGenerator.Recase(example, random.Next(16)));
                }
            }

            _groups.Add(group);
        }

        _groups.AddRange(more.Chunk(10).Select(chunk => chunk.ToList()));
        foreach (var template in pools.Templates("templates.txt").Concat(pools.Templates("plain.txt")))
        {
            _groups.Add([.. Enumerable.Range(0, rounds).Select(_ => generator.Fill(template))]);
        }

        _groups.AddRange(pools.Templates("quiet.txt").Chunk(10).Select(chunk => chunk.Select(line => new NameExample(line, [])).ToList()));
    }

    /// <summary>All but one part.</summary>
    /// <param name="part">The part that is left out; -1 leaves none out.</param>
    /// <param name="of">How many parts there are.</param>
    public IEnumerable<NameExample> Learn(int part, int of) => _groups.Where((_, i) => i % of != part).SelectMany(group => group);

    /// <summary>That part.</summary>
    public IEnumerable<NameExample> HoldBack(int part, int of) => _groups.Where((_, i) => i % of == part).SelectMany(group => group);
}
