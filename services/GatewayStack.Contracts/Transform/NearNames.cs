namespace GatewayStack.Contracts.Transform;

/// <summary>Finds the known name that a misspelt one must mean.</summary>
internal static class NearNames
{
    /// <summary>Shorter names are near to each other by chance.</summary>
    private const int Shortest = 5;

    private const int MostEdits = 2;

    /// <summary>The nearest of the known names, of two the first by the alphabet; null when none is near.</summary>
    public static string? Find(string name, IEnumerable<string> known) => known
        .Select(k => (Name: k, Distance: Distance(name, k)))
        .Where(k => k.Distance <= MostEdits)
        .OrderBy(k => k.Distance).ThenBy(k => k.Name, StringComparer.Ordinal)
        .Select(k => k.Name).FirstOrDefault();

    private static int Distance(string name, string known)
    {
        var (one, other) = (Letters(name), Letters(known));
        if (one == other)
        {
            return one.Length == 0 ? int.MaxValue : 0;
        }

        return Math.Min(one.Length, other.Length) < Shortest || Math.Abs(one.Length - other.Length) > MostEdits || AreOfTwoCountries(name, known)
            ? int.MaxValue
            : Edits(one, other);
    }

    /// <summary>What is left where case and what joins words make no difference.</summary>
    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    /// <summary>The number of another country is another one (<c>DE_TAX_ID</c>, <c>LU_TAX_ID</c>), unless two letters of the country changed places.</summary>
    private static bool AreOfTwoCountries(string one, string other) =>
        Country(one) is { } first && Country(other) is { } second && first != second && (first[0] != second[1] || first[1] != second[0]);

    private static string? Country(string name) =>
        name.Length > 3 && name[2] == '_' && char.IsAsciiLetter(name[0]) && char.IsAsciiLetter(name[1]) ? name[..2].ToUpperInvariant() : null;

    /// <summary>Characters put in, left out, changed, or changed with their neighbour (Damerau; optimal string alignment).</summary>
    private static int Edits(string one, string other)
    {
        var d = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                d[i, j] = Math.Min(Math.Min(d[i - 1, j], d[i, j - 1]) + 1, d[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[one.Length, other.Length];
    }
}
