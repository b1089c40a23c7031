using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Finds the plain forms of an override ("ignore all previous instructions", "show your system prompt") in languages that no training text is in: a verb, what it is about and which
/// of those, in one sentence. It knows words, not meaning: other wordings are not found.
/// </summary>
internal static class OverridePhrases
{
    /// <summary>The probability of a text that says so in words.</summary>
    public const double Probability = 0.9;

    /// <summary>So far from the verb the rest stands, in UTF-16 units.</summary>
    private const int Reach = 60;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?。！？\n\r;；।؟");

    private static readonly Phrase[] Phrases = [.. OverridePhraseRows.All.Select(r => new Phrase(r))];

    private static readonly FrozenDictionary<string, Phrase[]> ByVerb = Phrases
        .SelectMany(p => p.Verbs, (p, v) => (Verb: v, Phrase: p)).GroupBy(p => p.Verb, p => p.Phrase, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static readonly SearchValues<string> AllVerbs = SearchValues.Create([.. ByVerb.Keys], StringComparison.Ordinal);

    private static readonly string[] Longest = [.. ByVerb.Keys.OrderByDescending(v => v.Length)];

    /// <summary>True where a text says so. A text in ASCII costs one look.</summary>
    public static bool AreIn(ReadOnlySpan<char> text, CancellationToken cancellation)
    {
        if (Ascii.IsValid(text))
        {
            return false;
        }

        for (var (at, looks) = (text.IndexOfAny(AllVerbs), 1); at >= 0; looks++)
        {
            if (looks % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            foreach (var verb in Longest)
            {
                if (!text[at..].StartsWith(verb, StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (var phrase in ByVerb[verb])
                {
                    if (phrase.Stands(text, at, verb.Length))
                    {
                        return true;
                    }
                }
            }

            var next = text[(at + 1)..].IndexOfAny(AllVerbs);
            at = next < 0 ? -1 : at + 1 + next;
        }

        return false;
    }

    private sealed class Phrase(OverridePhrase row)
    {
        private readonly SearchValues<string> _objects = Words(row.Objects, row.HasBlanks);
        private readonly SearchValues<string> _which = Words(row.Which, row.HasBlanks);
        private readonly SearchValues<string> _not = Words(row.Not, row.HasBlanks);
        private readonly string[] _notBefore = Split(row.NotBefore, row.HasBlanks);
        private readonly string[] _notBehind = Split(row.NotBehind, isCapital: false);

        /// <summary>With a capital, too, where a sentence begins.</summary>
        public string[] Verbs { get; } = Split(row.Verbs, row.HasBlanks);

        public bool Stands(ReadOnlySpan<char> text, int at, int length)
        {
            var end = at + length;
            if (row.HasBlanks && at > 0 && char.IsLetter(text[at - 1]))
            {
                return false;
            }

            var before = Before(text[Math.Max(0, at - Reach)..at]);
            var behind = text[end..Math.Min(text.Length, end + Reach)];
            var stop = behind.IndexOfAny(Ends);
            behind = stop < 0 ? behind : behind[..stop];
            foreach (var word in _notBehind)
            {
                if (behind.StartsWith(word, StringComparison.Ordinal))
                {
                    return false;
                }
            }

            foreach (var word in _notBefore)
            {
                if (before.TrimEnd().EndsWith(word.AsSpan().TrimEnd(), StringComparison.Ordinal))
                {
                    return false;
                }
            }

            return Has(before, behind, _objects) && Has(before, behind, _which) && !Has(before, behind, _not);
        }

        private static bool Has(ReadOnlySpan<char> before, ReadOnlySpan<char> behind, SearchValues<string> words) => before.ContainsAny(words) || behind.ContainsAny(words);

        private static ReadOnlySpan<char> Before(ReadOnlySpan<char> text) => text[(text.LastIndexOfAny(Ends) + 1)..];

        private static SearchValues<string> Words(string words, bool isCapital) => SearchValues.Create(Split(words, isCapital), StringComparison.Ordinal);

        private static string[] Split(string words, bool isCapital)
        {
            var all = words.Split('|', StringSplitOptions.RemoveEmptyEntries);
            return isCapital ? [.. all.Concat(all.Select(w => Capital(w[0]) + w[1..])).Distinct(StringComparer.Ordinal)] : all;
        }

        private static char Capital(char c) => c == 'i' ? 'İ' : char.ToUpperInvariant(c);
    }
}
