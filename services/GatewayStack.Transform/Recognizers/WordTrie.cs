using System.Collections.Immutable;

namespace GatewayStack.Transform.Recognizers;

/// <summary>
/// Finds a fixed set of words and phrases where a word begins, all in one pass: a flat trie that is entered at the beginnings of words only, so that
/// a text costs little more than a look at each of its words, whatever the set grows to. Immutable.
/// </summary>
/// <typeparam name="T">What a word stands for.</typeparam>
internal sealed class WordTrie<T>
    where T : class
{
    private readonly WordAutomaton _words;
    private readonly T?[] _values;

    /// <summary>Builds the trie.</summary>
    /// <param name="words">The words; each once.</param>
    /// <param name="loose">True to read letters without their accents, and every mark that joins words as a blank.</param>
    public WordTrie(IEnumerable<KeyValuePair<string, T>> words, bool loose)
    {
        var all = words.ToArray();
        _words = new WordAutomaton(all.Select(w => w.Key), loose);
        _values = [null, .. all.Select(w => w.Value)];
    }

    /// <summary>The place to go on from when nothing has been read yet.</summary>
    public static int Root => WordAutomaton.Root;

    /// <summary>True when there are no words.</summary>
    public bool IsEmpty => _values.Length == 1;

    /// <summary>Reads one unit; 0 when no word goes on so.</summary>
    public int Step(int node, char c) => _words.Step(node, c);

    /// <summary>The places before <paramref name="limit"/> where a word may stand.</summary>
    public WordPlaces MayStand(ReadOnlySpan<char> text, int from, int limit) => _words.Places(text, from, limit, isSure: false);

    /// <summary>The places where a word stands, or may stand once more text is known.</summary>
    public WordPlaces Stand(ReadOnlySpan<char> text, int from) => _words.Places(text, from, text.Length, isSure: true);

    /// <summary>What the word that ends here stands for.</summary>
    public T? Value(int node) => _values[_words.Word(node)];

    /// <summary>True when longer words begin with what has been read.</summary>
    public bool GoesOn(int node) => _words.GoesOn(node);
}

/// <summary>Latin letters without their marks. The process has no data for normalising text (it runs with the invariant culture): the letters stand here.</summary>
internal static class LatinBases
{
    /// <summary>The first unit that is not covered.</summary>
    public const int Count = 0x250;

    /// <summary>A plain letter, and the forms of it.</summary>
    private const string Forms = "AÀÁÂÃÄÅàáâãäåĀāĂăĄą CÇçĆćĈĉĊċČč DĎďĐđ EÈÉÊËèéêëĒēĔĕĖėĘęĚě GĜĝĞğĠġĢģ HĤĥ IÌÍÎÏìíîïĨĩĪīĬĭĮįİı JĴĵ KĶķ " +
        "LĹĺĻļĽľŁł NÑñŃńŅņŇň OÒÓÔÕÖØòóôõöøŌōŎŏŐő RŔŕŖŗŘř SßŚśŜŝŞşŠšȘș TŢţŤťȚț UÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲų WŴŵ YÝýÿŶŷŸ ZŹźŻżŽž";

    private static readonly ImmutableArray<char> Bases = Build();

    /// <summary>The capital letter that a Latin letter is a form of.</summary>
    public static char Of(char c) => Bases[c];

    private static ImmutableArray<char> Build()
    {
        var bases = Enumerable.Range(0, Count).Select(c => char.ToUpperInvariant((char)c)).ToArray();
        foreach (var group in Forms.Split(' '))
        {
            foreach (var form in group[1..])
            {
                bases[form] = group[0];
            }
        }

        return [.. bases];
    }
}
