using System.Buffers;
using System.Collections.Frozen;

namespace GatewayStack.Transform.Names.Scripts;

/// <summary>The sections of <c>names.txt</c>.</summary>
internal static class ScriptLists
{
    private const string Resource = "GatewayStack.Transform.Names.scripts.txt";

    private static readonly Dictionary<string, string> Sections = Read();

    /// <summary>The words of a section.</summary>
    public static ScriptWords Words(string section) => new(Sections[section].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The characters of a section.</summary>
    public static SearchValues<char> Characters(string section) => SearchValues.Create(string.Concat(Sections[section].Where(c => !char.IsWhiteSpace(c))));

    private static Dictionary<string, string> Read()
    {
        using var stream = typeof(ScriptLists).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("The names of scripts without capitals are missing from the assembly.");
        using var reader = new StreamReader(stream);
        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        var section = string.Empty;
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('['))
            {
                section = line.Trim('[', ']');
            }
            else if (!line.StartsWith('#'))
            {
                sections[section] = sections.GetValueOrDefault(section) + "\n" + line;
            }
        }

        return sections;
    }
}

/// <summary>A list of words, looked up in a text without cutting it up.</summary>
internal sealed class ScriptWords
{
    private readonly FrozenDictionary<string, bool>.AlternateLookup<ReadOnlySpan<char>> _words;
    private readonly int _longest;
    private readonly int _shortest;

    /// <summary>Makes one.</summary>
    /// <param name="words">The words: <c>_</c> stands for a blank, <c>~</c> before one says that it is an ordinary word as well.</param>
    public ScriptWords(IReadOnlyCollection<string> words)
    {
        var sure = words.Select(w => (Word: w.TrimStart('~').Replace('_', ' '), IsSure: !w.StartsWith('~'))).GroupBy(w => w.Word, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.All(w => w.IsSure), StringComparer.Ordinal);
        _words = sure.GetAlternateLookup<ReadOnlySpan<char>>();
        _longest = sure.Keys.Max(w => w.Length);
        _shortest = sure.Keys.Min(w => w.Length);
    }

    /// <summary>True for a word of the list.</summary>
    public bool Contains(ReadOnlySpan<char> word) => _words.ContainsKey(word);

    /// <summary>Whether a word is on the list, and whether it is nothing but a name.</summary>
    public bool Contains(ReadOnlySpan<char> word, out bool isSure) => _words.TryGetValue(word, out isSure);

    /// <summary>How long the longest word is that a text begins with; 0 for none.</summary>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(_longest, text.Length); length >= _shortest; length--)
        {
            if (_words.ContainsKey(text[..length]))
            {
                return length;
            }
        }

        return 0;
    }

    /// <summary>How long the longest word is that a text ends with; 0 for none.</summary>
    public int LengthBefore(ReadOnlySpan<char> text)
    {
        for (var length = Math.Min(_longest, text.Length); length >= _shortest; length--)
        {
            if (_words.ContainsKey(text[^length..]))
            {
                return length;
            }
        }

        return 0;
    }
}
