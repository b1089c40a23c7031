using System.Text.RegularExpressions;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>Finds texts that are much alike, so that they are never on both sides of a split.</summary>
internal static partial class NearCopies
{
    /// <summary>Likeness of two texts, as the share of their four-word runs in common, from which they are of one group.</summary>
    private const double Alike = 0.25;

    /// <summary>Near-copies get the group of the first of them.</summary>
    public static IEnumerable<Example> Group(IEnumerable<Example> examples)
    {
        var kept = new List<(HashSet<uint> Runs, string Group)>();
        foreach (var example in examples)
        {
            var words = Word().Matches(example.Text.ToLowerInvariant()).Select(m => m.Value).ToArray();
            var runs = Enumerable.Range(0, Math.Max(1, words.Length - 3)).Select(i => Hash(words.AsSpan(i, Math.Min(4, words.Length - i)))).ToHashSet();

            // An eighth of the runs, the same ones in each text, is enough to compare long texts.
            if (runs.Count > 80)
            {
                runs.RemoveWhere(r => r % 8 != 0);
            }

            var like = kept.Find(k => k.Runs.Count(runs.Contains) >= Alike * Math.Min(k.Runs.Count, runs.Count));
            var group = like.Group ?? example.Group;
            kept.Add((runs, group));
            yield return example with { Group = group };
        }
    }

    private static uint Hash(ReadOnlySpan<string> words)
    {
        var hash = 2166136261u;
        foreach (var word in words)
        {
            foreach (var c in word)
            {
                hash = (hash ^ c) * 16777619u;
            }

            hash = (hash ^ ' ') * 16777619u;
        }

        hash ^= hash >> 16;
        return hash * 0x7FEB352Du;
    }

    [GeneratedRegex(@"\w+", RegexOptions.NonBacktracking)]
    private static partial Regex Word();
}
