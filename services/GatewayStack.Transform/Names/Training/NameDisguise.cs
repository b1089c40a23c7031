using System.Text;

namespace GatewayStack.Transform.Names.Training;

/// <summary>
/// Texts without names, once more with other words of the lists of names in place of those that they have: a Davy lamp becomes an Okafor lamp. What is
/// learned from them is what stands round such a word, not the word.
/// </summary>
internal sealed class NameDisguise
{
    private const int Shortest = 3;

    private readonly TrainingRandom _random;
    private readonly (HashSet<string> Of, string[] Draw)[] _lists;

    /// <summary>Makes one.</summary>
    public NameDisguise(NamePools pools, TrainingRandom random)
    {
        _random = random;
        var common = pools.CommonWords.ToHashSet(StringComparer.OrdinalIgnoreCase);
        _lists = [List([.. pools.Given[0], .. pools.Given[1]]), List([.. pools.Surnames[0], .. pools.Surnames[1]]), List([.. pools.Cities, .. pools.Towns])];

        (HashSet<string> Of, string[] Draw) List(string[] names)
        {
            string[] draw = [.. names.Where(name => name.Length >= Shortest && name.All(c => c < 0x250 && char.IsLetter(c)))];
            return (draw.Where(name => !common.Contains(name)).ToHashSet(StringComparer.Ordinal), draw);
        }
    }

    /// <summary>The text with other words, the same for the same; null where it has none to change.</summary>
    public NameExample? Make(NameExample harmless)
    {
        var text = new StringBuilder();
        var changed = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < harmless.Text.Length;)
        {
            var end = i;
            while (end < harmless.Text.Length && (char.IsLetterOrDigit(harmless.Text[end]) || harmless.Text[end] == '_'))
            {
                end++;
            }

            if (end == i)
            {
                text.Append(harmless.Text[i++]);
                continue;
            }

            var word = harmless.Text[i..end];
            if (!changed.TryGetValue(word, out var other) && IsName(word) && Array.FindIndex(_lists, list => list.Of.Contains(word)) is >= 0 and var at)
            {
                changed[word] = other = _lists[at].Draw[_random.Next(_lists[at].Draw.Length)];
            }

            text.Append(other ?? word);
            i = end;
        }

        return changed.Count == 0 ? null : new NameExample(text.ToString(), []);
    }

    private static bool IsName(string word) => word.Length >= Shortest && char.IsUpper(word[0]) && word.Skip(1).All(char.IsLower);
}
