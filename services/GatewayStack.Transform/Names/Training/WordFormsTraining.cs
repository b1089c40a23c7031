using GatewayStack.Transform.Names.Verification;

namespace GatewayStack.Transform.Names.Training;

/// <summary>Learns from the lists which runs of letters names have and common words have not.</summary>
internal static class WordFormsTraining
{
    private const int Epochs = 6;
    private const double Rate = 0.05;
    private const double Decay = 1e-6;
    private const int Scale = 24;

    private static readonly string[] Names = ["given.txt", "surnames.txt", "cities.txt", "towns.txt"];
    private static readonly string[] Words = ["words.txt", "words_other.txt", "tech.txt"];

    /// <summary>Learns by logistic regression, one word after another.</summary>
    public static WordForms Learn(string folder, TrainingRandom random)
    {
        var names = Read(folder, Names);
        var words = Read(folder, Words);
        var both = names.Intersect(words, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        List<(ushort[] Runs, bool IsName)> all = [.. Runs(names), .. Runs(words).Select(word => word with { IsName = false })];
        var weights = new double[1 << WordForms.Bits];
        var lean = (double)words.Count / Math.Max(1, names.Count);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(all);
            foreach (var (runs, isName) in all)
            {
                var sum = 0.0;
                foreach (var run in runs)
                {
                    sum += weights[run];
                }

                var change = Rate * ((isName ? 1 : 0) - (1 / (1 + Math.Exp(-sum)))) * (isName ? lean : 1);
                foreach (var run in runs)
                {
                    weights[run] += change - (Decay * weights[run]);
                }
            }
        }

        return new WordForms([.. weights.Select(weight => (sbyte)Math.Clamp(Math.Round(weight * Scale), -127, 127))]);

        IEnumerable<(ushort[] Runs, bool IsName)> Runs(IEnumerable<string> list)
        {
            var into = new ushort[WordForms.MostRuns];
            foreach (var word in list.Where(word => !both.Contains(word)).Order(StringComparer.Ordinal))
            {
                var count = WordForms.Runs(word, into);
                if (count > 0)
                {
                    yield return (into[..count], true);
                }
            }
        }
    }

    /// <summary>The single words of lists, in small letters.</summary>
    private static HashSet<string> Read(string folder, string[] files)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (var file in files)
        {
            foreach (var line in File.ReadLines(Path.Combine(folder, file)).Where(line => line.Length > 2 && line[0] != '#'))
            {
                var word = string.Equals(file, "words.txt", StringComparison.Ordinal) ? line[..line.IndexOf(' ', StringComparison.Ordinal)] : line;
                if (word.Length > 2 && word.All(char.IsLetter))
                {
                    words.Add(word.ToLowerInvariant());
                }
            }
        }

        return words;
    }
}
