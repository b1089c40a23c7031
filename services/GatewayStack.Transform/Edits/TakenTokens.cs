namespace GatewayStack.Transform.Edits;

/// <summary>What stands in a request's texts already, read once: asking each text for each pseudonym would take the square of a request's length.</summary>
/// <remarks>Belongs to one request: not safe for concurrent use.</remarks>
/// <param name="texts">The texts.</param>
internal sealed class TakenTokens(IEnumerable<string> texts)
{
    /// <summary>Letters and digits by which a place is known, whatever stands between them. Every pseudonym has more.</summary>
    private const int Known = 8;

    private int[]? _places;
    private HashSet<int>? _words;

    /// <summary>True where the token stands in one of the texts, in any case; by chance for one in millions that do not.</summary>
    public bool Contains(string token)
    {
        _places ??= Read();
        var letters = Letters(token);
        return letters.Length < Known || (Has(letters.AsSpan(0, Known)) && Has(letters.AsSpan(letters.Length - Known)));
    }

    /// <summary>True where a word stands in one of the texts as a whole, in any case.</summary>
    public bool HasWord(string word) => (_words ??= ReadWords()).Contains(Hash(word));

    private HashSet<int> ReadWords()
    {
        var words = new HashSet<int>();
        foreach (var text in texts)
        {
            for (var (i, start) = (0, 0); i <= text.Length; i++)
            {
                if (i < text.Length && char.IsLetterOrDigit(text[i]))
                {
                    continue;
                }

                if (i > start)
                {
                    words.Add(Hash(text.AsSpan(start, i - start)));
                }

                start = i + 1;
            }
        }

        return words;
    }

    private bool Has(ReadOnlySpan<char> letters) => Array.BinarySearch(_places!, Hash(letters)) >= 0;

    private int[] Read()
    {
        var places = new List<int>();
        foreach (var text in texts)
        {
            var letters = Letters(text).AsSpan();
            for (var i = 0; i + Known <= letters.Length; i++)
            {
                places.Add(Hash(letters.Slice(i, Known)));
            }
        }

        places.Sort();
        return [.. places];
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static int Hash(ReadOnlySpan<char> letters) => string.GetHashCode(letters, StringComparison.OrdinalIgnoreCase);
}
