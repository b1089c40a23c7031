namespace GatewayStack.Transform.Names.Training;

/// <summary>A run of candidates to learn from.</summary>
/// <param name="Features">The features of all its tokens, one after another.</param>
/// <param name="Ends">Where each token's features end.</param>
/// <param name="Gold">For each token the labels that are right, as bits: one, or all where nothing is known.</param>
internal sealed record NameRun(uint[] Features, int[] Ends, ushort[] Gold)
{
    /// <summary>How many tokens it has.</summary>
    public int Length => Gold.Length;

    /// <summary>True when nothing is left open.</summary>
    public bool IsCertain { get; } = Array.TrueForAll(Gold, bits => (bits & (bits - 1)) == 0);
}

/// <summary>Turns texts with names into runs of candidates with features and labels.</summary>
internal static class NameSet
{
    private const ushort Any = (1 << NameLabels.Count) - 1;

    /// <summary>Makes the runs of texts.</summary>
    public static List<NameRun> Make(IEnumerable<NameExample> examples, NameLexicon lexicon)
    {
        var runs = new List<NameRun>();
        var tokens = new NameTokens();
        var features = new uint[NameTokens.Capacity * NameFeatures.Max];
        foreach (var example in examples)
        {
            for (var start = 0; start < example.Text.Length;)
            {
                var end = NameUnits.End(example.Text, start, final: true, out _);
                var unit = example.Text.AsSpan(start, end - start);
                if (tokens.Read(unit, lexicon))
                {
                    AddRuns(tokens, unit, Label(tokens, example, start), features, runs);
                }

                start = end;
            }
        }

        return runs;
    }

    private static ushort[] Label(NameTokens tokens, NameExample example, int offset)
    {
        var gold = new ushort[NameTokens.Capacity];
        Array.Fill(gold, (ushort)1);
        foreach (var mark in example.Marks)
        {
            int first = -1, last = -1;
            bool exact = mark.Type >= 0, begins = false, ends = false;
            for (var i = NameTokens.First; i < tokens.Last; i++)
            {
                if (tokens.End[i] + offset > mark.Start && tokens.Start[i] + offset < mark.End)
                {
                    first = first < 0 ? i : first;
                    last = i;
                    exact &= tokens.Candidate[i];
                    begins |= tokens.Start[i] + offset == mark.Start;
                    ends |= tokens.End[i] + offset == mark.End;
                }
            }

            for (var i = first; first >= 0 && i <= last; i++)
            {
                gold[i] = exact && begins && ends ? (ushort)(1 << NameLabels.Of(mark.Type, i == first, i == last)) : Any;
            }
        }

        return gold;
    }

    private static void AddRuns(NameTokens tokens, ReadOnlySpan<char> unit, ushort[] gold, uint[] buffer, List<NameRun> runs)
    {
        for (var from = NameTokens.First; from < tokens.Last; from++)
        {
            if (!tokens.Candidate[from])
            {
                continue;
            }

            var to = from + 1;
            while (to < tokens.Last && tokens.Candidate[to])
            {
                to++;
            }

            var ends = new int[to - from];
            var count = 0;
            for (var i = from; i < to; i++)
            {
                count += NameFeatures.Extract(tokens, unit, i, from, to, buffer.AsSpan(count));
                ends[i - from] = count;
            }

            runs.Add(new NameRun(buffer[..count], ends, gold[from..to]));
            from = to;
        }
    }
}
