using System.Numerics;

namespace GatewayStack.Transform.Recognizers;

/// <summary>What some words stand for, compared without case: a table that reads a word of a text in place. Immutable.</summary>
/// <typeparam name="T">What a word stands for.</typeparam>
internal sealed class WordTable<T>
{
    private const uint Seed = 0x811C9DC5;
    private const uint Prime = 0x01000193;

    /// <summary>Words fill a third of their slots or less, so one in a dozen of the bits is set.</summary>
    private const int BitsASlot = 4;

    private readonly Entry[] _entries;

    /// <summary>A bit for how each word is long, begins and ends: most words of a text have none, and are not read.</summary>
    private readonly ulong[] _outlines;
    private readonly int _outlineShift;
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
        _outlines = new ulong[size * BitsASlot / 64];
        _outlineShift = 32 - BitOperations.Log2(size * BitsASlot);
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
            var outline = OutlineOf(word);
            _outlines[outline >> 6] |= 1UL << (int)(outline & 63);
        }
    }

    /// <summary>Looks a word up.</summary>
    public bool TryGetValue(ReadOnlySpan<char> word, out T value)
    {
        if (word.Length <= _longest && !word.IsEmpty && OutlineOf(word) is var outline && (_outlines[outline >> 6] >> (int)(outline & 63) & 1) != 0)
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

    private uint OutlineOf(ReadOnlySpan<char> word) => ((Fold(word[0]) * 0x9E3779B1) ^ (Fold(word[^1]) * 0x85EBCA77) ^ ((uint)word.Length * 0xC2B2AE3D)) >> _outlineShift;

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
