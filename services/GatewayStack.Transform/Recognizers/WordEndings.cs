namespace GatewayStack.Transform.Recognizers;

/// <summary>What some endings of words are worth, compared without case: of most words the last two letters say that they have none. Immutable.</summary>
/// <typeparam name="T">What an ending is worth.</typeparam>
internal sealed class WordEndings<T>
    where T : struct, IComparable<T>
{
    private const int Slots = 1024;

    private readonly KeyValuePair<string, T>[]?[] _endings = new KeyValuePair<string, T>[]?[Slots];

    /// <summary>Sorts endings.</summary>
    /// <param name="endings">The endings, each of two letters at least.</param>
    public WordEndings(IEnumerable<KeyValuePair<string, T>> endings)
    {
        foreach (var group in endings.GroupBy(e => SlotOf(e.Key)))
        {
            _endings[group.Key] = [.. group];
        }
    }

    /// <summary>The most that an ending of the word is worth; the default where it has none.</summary>
    public T Best(ReadOnlySpan<char> word)
    {
        var best = default(T);
        foreach (var (ending, worth) in word.Length < 2 ? [] : _endings[SlotOf(word)] ?? [])
        {
            if (worth.CompareTo(best) > 0 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                best = worth;
            }
        }

        return best;
    }

    private static int SlotOf(ReadOnlySpan<char> word) => (int)((WordTable<T>.Fold(word[^1]) + (WordTable<T>.Fold(word[^2]) * 32)) % Slots);
}
