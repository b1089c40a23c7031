using System.Buffers;
using System.Collections.Frozen;
using System.Text;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Finds the plain forms of an override ("ignore all previous instructions", "show your system prompt") in languages that no training text is in: a verb, what it is about and
/// which of those, in one sentence, however it is written. It knows words, not meaning: other wordings are not found.
/// </summary>
internal static class OverridePhrases
{
    /// <summary>The probability of a text that says so in words.</summary>
    public const double Probability = 0.9;

    /// <summary>So far from the verb the rest stands, in UTF-16 units.</summary>
    private const int Reach = 60;

    /// <summary>Fewer letters that stand apart are items or initials, and no words.</summary>
    private const int LeastSpelled = 12;

    private static readonly SearchValues<char> Ends = SearchValues.Create(".!?。！？\n\r;；।؟");

    private static readonly Phrase[] Phrases = [.. OverridePhraseRows.All.Select(r => new Phrase(r))];

    private static readonly FrozenDictionary<string, Phrase[]> ByVerb = Phrases
        .SelectMany(p => p.Verbs, (p, v) => (Verb: v, Phrase: p)).GroupBy(p => p.Verb, p => p.Phrase, StringComparer.Ordinal)
        .ToFrozenDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static readonly SearchValues<string> AllVerbs = SearchValues.Create([.. ByVerb.Keys], StringComparison.Ordinal);

    private static readonly FrozenDictionary<char, string[]> ByLetter = ByVerb.Keys.GroupBy(v => v[0]).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    /// <summary>The verbs of rows in Latin script, as one types them without a keyboard that has the signs of their letters.</summary>
    private static readonly SearchValues<string> AsciiVerbs = SearchValues.Create([.. VerbsInLatin().Select(WithoutSigns)], StringComparison.OrdinalIgnoreCase);

    /// <summary>Those that have such signs, and letters that few other languages have.</summary>
    private static readonly SearchValues<string> SignedVerbs = SearchValues.Create(
        [.. VerbsInLatin().SelectMany(v => new[] { v, Capitals(v), Capitals(v[..1]) + v[1..], PlainWords.Of(v) }), "ş", "ğ", "ı", "Ş", "Ğ", "İ"], StringComparison.Ordinal);

    /// <summary>True where a text says so. A text in Latin script without one of the verbs costs a look or two.</summary>
    /// <param name="text">The text, folded.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static bool AreIn(ReadOnlySpan<char> text, CancellationToken cancellation)
    {
        var isAscii = Ascii.IsValid(text);
        if ((isAscii || IsLatin(text)) && !text.ContainsAny(AsciiVerbs) && (isAscii || !text.ContainsAny(SignedVerbs)))
        {
            return false;
        }

        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var spelled = ArrayPool<char>.Shared.Rent(text.Length);
        try
        {
            if (Stand(plain.AsSpan(0, PlainWords.Write(text, plain)), isSpelled: false, cancellation))
            {
                return true;
            }

            cancellation.ThrowIfCancellationRequested();
            var count = PlainWords.WriteSpelled(text, spelled);
            return count >= LeastSpelled && Stand(spelled.AsSpan(0, PlainWords.Write(spelled.AsSpan(0, count), spelled)), isSpelled: true, cancellation);
        }
        finally
        {
            // Others must not see what it was.
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<char>.Shared.Return(spelled, clearArray: true);
        }
    }

    private static bool Stand(ReadOnlySpan<char> text, bool isSpelled, CancellationToken cancellation)
    {
        for (var (at, looks) = (text.IndexOfAny(AllVerbs), 1); at >= 0; looks++)
        {
            if (looks % 256 == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            foreach (var verb in ByLetter[text[at]])
            {
                if (!text[at..].StartsWith(verb, StringComparison.Ordinal))
                {
                    continue;
                }

                foreach (var phrase in ByVerb[verb])
                {
                    if (phrase.Stands(text, at, verb.Length, isSpelled))
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

    private static bool IsLatin(ReadOnlySpan<char> text) => !text.ContainsAnyInRange('\u0370', '\u1DFF') && !text.ContainsAnyInRange('\u2E80', '\uD7FF');

    private static bool IsLatin(string word) => IsLatin(word.AsSpan());

    private static IEnumerable<string> VerbsInLatin() => OverridePhraseRows.All.SelectMany(r => r.Verbs.Split('|')).Where(IsLatin);

    /// <summary>As Turkish writes them.</summary>
    private static string Capitals(string word) => word.Replace('i', 'İ').Replace('ı', 'I').ToUpperInvariant();

    /// <summary>As one types without a keyboard that has them.</summary>
    private static string WithoutSigns(string word)
    {
        const string Signs = "ıişsğgöoüuçcâa";
        return string.Concat(word.Select(c => Signs.IndexOf(c, StringComparison.Ordinal) is var sign and >= 0 && sign % 2 == 0 ? Signs[sign + 1] : c));
    }

    private sealed class Phrase(OverridePhrase row)
    {
        private readonly SearchValues<string> _objects = Words(row.Objects);
        private readonly SearchValues<string> _which = Words(row.Which);
        private readonly SearchValues<string> _not = Words(row.Not);
        private readonly string[] _notBefore = Split(row.NotBefore);
        private readonly string[] _notBehind = Split(row.NotBehind);

        /// <summary>As they stand in a plain text.</summary>
        public string[] Verbs { get; } = Split(row.Verbs);

        /// <summary>True where all of the phrase stands around a verb.</summary>
        /// <param name="text">The plain text.</param>
        /// <param name="at">Where the verb stands.</param>
        /// <param name="length">How long it is.</param>
        /// <param name="isSpelled">True where nobody knows where words begin.</param>
        public bool Stands(ReadOnlySpan<char> text, int at, int length, bool isSpelled)
        {
            var end = at + length;
            if (row.HasBlanks && !isSpelled && at > 0 && char.IsLetter(text[at - 1]))
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

        private static SearchValues<string> Words(string words) => SearchValues.Create(Split(words), StringComparison.Ordinal);

        private static string[] Split(string words)
        {
            var all = words.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(PlainWords.Of).ToList();
            return [.. all.Concat(all.Where(IsLatin).Select(WithoutSigns)).Distinct(StringComparer.Ordinal)];
        }
    }
}
