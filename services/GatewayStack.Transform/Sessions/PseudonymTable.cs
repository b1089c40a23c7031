namespace GatewayStack.Transform.Sessions;

/// <summary>Pseudonyms by their letters: a sorted list in which each letter narrows a range. It takes no memory but its texts. Immutable and safe for concurrent use.</summary>
internal sealed class PseudonymTable
{
    private readonly string[] _keys;
    private readonly string[] _values;

    /// <summary>A table.</summary>
    /// <param name="entries">Keys in upper case, and what they stand for; of two of one key the first holds.</param>
    public PseudonymTable(IEnumerable<KeyValuePair<string, string>> entries)
    {
        var sorted = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in entries)
        {
            if (key.Length > 0)
            {
                sorted.TryAdd(key, value);
            }
        }

        (_keys, _values) = ([.. sorted.Keys], [.. sorted.Values]);
    }

    /// <summary>Where a walk begins.</summary>
    public Range Root => new(0, _keys.Length, 0);

    /// <summary>The first letters of all keys.</summary>
    public IEnumerable<char> Beginnings => _keys.Select(k => k[0]).Distinct();

    /// <summary>The keys that go on with a letter.</summary>
    public Range Next(Range range, char letter) => new(First(range, letter), First(range, letter + 1), range.Depth + 1);

    /// <summary>What the letters so far stand for; null where they are no key.</summary>
    public string? Value(Range range) => !range.IsEmpty && _keys[range.Low].Length == range.Depth ? _values[range.Low] : null;

    /// <summary>True where no key goes on.</summary>
    public bool IsEnd(Range range) => range.IsEmpty || (range.High - range.Low == 1 && _keys[range.Low].Length == range.Depth);

    /// <summary>The first key of a range that has this letter next, or a later one. A key that ends comes before all others.</summary>
    private int First(Range range, int letter)
    {
        var (low, high) = (range.Low, range.High);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_keys[middle].Length <= range.Depth || _keys[middle][range.Depth] < letter)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The keys that begin with the same letters.</summary>
    /// <param name="Low">The first.</param>
    /// <param name="High">The first after them.</param>
    /// <param name="Depth">How many letters.</param>
    internal readonly record struct Range(int Low, int High, int Depth)
    {
        /// <summary>True for none.</summary>
        public bool IsEmpty => Low >= High;
    }
}
