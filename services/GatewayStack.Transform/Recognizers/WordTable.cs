namespace GatewayStack.Transform.Recognizers;

/// <summary>What some words stand for, compared without case: a table that reads a word of a text in place. Immutable.</summary>
/// <typeparam name="T">What a word stands for.</typeparam>
internal sealed class WordTable<T>
{
    private const uint Seed = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    private readonly Entry[] _entries;
    private readonly uint _mask;
    private readonly int _longest;

    /// <summary>Builds the table.</summary>
    /// <param name="words">The words, each once.</param>
    public WordTable(IReadOnlyCollection<KeyValuePair<string, T>> words)
    {
        var size = 16u;
        while (size < words.Count * 3)
        {
            size *= 2;
        }

        _mask = size - 1;
        _entries = new Entry[size];
        foreach (var (word, value) in words)
        {
            var hash = HashOf(word);
            var slot = hash & _mask;
            while (_entries[slot].Word is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _entries[slot] = new Entry(hash, word, value);
            _longest = Math.Max(_longest, word.Length);
        }
    }

    /// <summary>Looks a word up.</summary>
    public bool TryGetValue(ReadOnlySpan<char> word, out T value)
    {
        if (word.Length <= _longest)
        {
            var hash = HashOf(word);
            for (var slot = hash & _mask; _entries[slot].Word is { } candidate; slot = (slot + 1) & _mask)
            {
                if (_entries[slot].Hash == hash && word.Equals(candidate, StringComparison.OrdinalIgnoreCase))
                {
                    value = _entries[slot].Value;
                    return true;
                }
            }
        }

        value = default!;
        return false;
    }

    /// <summary>A unit without its case: two that are the same without case are the same here.</summary>
    internal static uint Fold(char c) => c < 128 ? (uint)(c is >= 'a' and <= 'z' ? c - 0x20 : c) : char.ToUpperInvariant(c);

    private static uint HashOf(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word)
        {
            hash = (hash ^ Fold(c)) * Prime;
        }

        return hash ^ (hash >> 15);
    }

    private readonly record struct Entry(uint Hash, string? Word, T Value);
}
