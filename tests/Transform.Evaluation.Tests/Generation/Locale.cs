using System.Collections.Immutable;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>How people, places and numbers of one country look.</summary>
internal sealed record Locale
{
    /// <summary>Its key, such as <c>us</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Lists by name: <c>first</c>, <c>last</c>, <c>street</c>, <c>city</c>, ...</summary>
    public required ImmutableDictionary<string, ImmutableArray<string>> Lists { get; init; }

    /// <summary>Country code, upper case.</summary>
    public string Country => Lists["country"][0];

    /// <summary>Reads all of them.</summary>
    public static ImmutableDictionary<string, Locale> ReadAll()
    {
        var all = ImmutableDictionary.CreateBuilder<string, Locale>(StringComparer.Ordinal);
        foreach (var section in Resources.Read("locales.txt").Split("\n[").Skip(1))
        {
            var lines = section.Split('\n');
            var key = lines[0].TrimEnd(']');
            var lists = lines.Skip(1).Select(l => l.Split(": ", 2)).Where(l => l.Length == 2)
                .ToImmutableDictionary(l => l[0], l => Items(l[0], l[1]), StringComparer.Ordinal);
            all[key] = new Locale { Key = key, Lists = lists };
        }

        return all.ToImmutable();
    }

    // Addresses and companies have commas of their own.
    private static ImmutableArray<string> Items(string name, string line) =>
        [.. line.Split(name is "address" or "lines" or "company" ? " | " : ", ").Select(i => i.Trim().Replace("\\n", "\n", StringComparison.Ordinal))];
}
