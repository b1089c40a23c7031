using GatewayStack.Transform.Classification.Models;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Measures models on texts that were written apart from all training texts.</summary>
internal static class ProbeReport
{
    /// <summary>For each set and head how many of its texts get the label that they shall, and how many get one that they shall not.</summary>
    public static void Write(ExampleSources sources, ContentModels models, TextWriter log)
    {
        Span<double> heads = stackalloc double[Heads.All.Length];
        Span<double> topics = stackalloc double[Heads.Topics.Length];
        foreach (var set in sources.Probes().GroupBy(p => p.Set).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            var wanted = new int[Heads.All.Length];
            var found = new int[Heads.All.Length];
            var wrong = new int[Heads.All.Length];
            foreach (var (text, _, labels) in set)
            {
                var pieces = models.Probabilities(text, heads, topics);
                for (var i = 0; i < heads.Length; i++)
                {
                    var isWanted = labels.Contains(Heads.All[i].Name);
                    var isFound = Heads.All[i].OfText(heads[i], pieces) >= ContentModels.Threshold;
                    wanted[i] += isWanted ? 1 : 0;
                    found[i] += isWanted && isFound ? 1 : 0;
                    wrong[i] += !isWanted && isFound ? 1 : 0;
                }
            }

            log.WriteLine($"probes {set.Key} ({set.Count()} texts): " + string.Join(
                "  ",
                Heads.All.Select((h, i) => (h, i)).Where(x => wanted[x.i] + wrong[x.i] > 0).Select(x => $"{x.h.Name} {found[x.i]}/{wanted[x.i]} wrong {wrong[x.i]}")));
        }
    }
}
