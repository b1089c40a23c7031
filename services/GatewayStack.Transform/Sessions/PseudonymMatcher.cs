using System.Buffers;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Edits;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Sessions;

/// <summary>A pseudonym that stands in an answer: [Start, End) of the folded text, and what it stands for.</summary>
internal readonly record struct PseudonymHit(int Start, int End, string Value);

/// <summary>
/// Finds the pseudonyms of a request in an answer, as models write them: in other case, with emphasis or a line break inside, escaped. Immutable and safe
/// for concurrent use.
/// </summary>
/// <remarks>A place is decided only when what follows can no longer make it a longer pseudonym: a text in pieces gives what the whole text gives.</remarks>
internal sealed class PseudonymMatcher
{
    /// <summary>So many characters that mean nothing may stand between two of a pseudonym.</summary>
    private const int LongestGap = 6;

    // What a model may write between a token's characters, and what it writes for its underscore.
    private static readonly SearchValues<char> Gaps = SearchValues.Create("_\\*`~ \t\r\n-");

    private readonly PseudonymTable _loose;
    private readonly PseudonymTable _exact;
    private readonly SearchValues<char> _beginnings;

    public PseudonymMatcher(IEnumerable<Pseudonym> pseudonyms)
    {
        var tokens = pseudonyms.Select(p => KeyValuePair.Create(Fold(p.Token), p.Value)).ToList();

        // One that keeps a value's form is looked for as it is: with gaps allowed in it, a number of nine digits would be met by chance in many texts.
        _loose = new PseudonymTable(tokens.Where(t => Placeholder.IsPseudonym(t.Key)).Select(t =>
            KeyValuePair.Create(Upper(t.Key.Replace("_", string.Empty, StringComparison.Ordinal)), t.Value)));
        _exact = new PseudonymTable(tokens.Where(t => !Placeholder.IsPseudonym(t.Key)).Select(t => KeyValuePair.Create(Upper(t.Key), t.Value)));
        var beginnings = new HashSet<char>();
        foreach (var c in _loose.Beginnings.Concat(_exact.Beginnings))
        {
            beginnings.Add(c);
            beginnings.Add(char.ToLowerInvariant(c));
        }

        _beginnings = SearchValues.Create([.. beginnings]);
    }

    /// <summary>Looks on from <paramref name="from"/>.</summary>
    /// <param name="text">The folded text.</param>
    /// <param name="from">Where the last look ended.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="hits">Receives what is found, in order.</param>
    /// <returns>No pseudonym that is found later begins before this position.</returns>
    public int Advance(ReadOnlySpan<char> text, int from, bool final, List<PseudonymHit> hits)
    {
        while (from < text.Length)
        {
            var next = text[from..].IndexOfAny(_beginnings);
            if (next < 0)
            {
                return text.Length;
            }

            from += next;
            var (loose, looseOpen) = Walk(_loose, text, from, gaps: true);
            var (exact, exactOpen) = BeginsWord(text, from) || FollowsAnother(text, from) ? Walk(_exact, text, from, gaps: false) : default;
            if ((looseOpen || exactOpen) && !final)
            {
                return from;
            }

            var best = loose.End >= exact.End ? loose : exact;
            if (best.Value is { } value)
            {
                hits.Add(new PseudonymHit(from, best.End, value));
            }

            from = Math.Max(from + 1, best.End);
        }

        return from;
    }

    /// <summary>
    /// Inside of a longer number or word a pseudonym is none. Not every script has blanks between words: only letters and digits of the pseudonyms' own kind go on with
    /// one.
    /// </summary>
    private static bool BeginsWord(ReadOnlySpan<char> text, int at) =>
        at == 0 || !char.IsAsciiLetterOrDigit(text[at]) || !char.IsAsciiLetterOrDigit(text[at - 1]) || IsBehindEscape(text, at);

    /// <summary>In a piece of JSON or of a program a line may begin behind two characters that stand for its end.</summary>
    private static bool IsBehindEscape(ReadOnlySpan<char> text, int at) => at > 1 && text[at - 1] is 'n' or 'r' or 't' && text[at - 2] == '\\';

    /// <summary>Two values may touch, and so do what stands in their place.</summary>
    private static bool FollowsAnother(ReadOnlySpan<char> text, int at) => at > Placeholder.LetterCount && text[at - Placeholder.LetterCount - 1] == '_'
        && !text.Slice(at - Placeholder.LetterCount, Placeholder.LetterCount).ContainsAnyExcept(Placeholder.OfLetters);

    /// <summary>The longest pseudonym that begins here, and whether the text ended before that was certain.</summary>
    private static ((int End, string? Value) Best, bool Open) Walk(PseudonymTable table, ReadOnlySpan<char> text, int start, bool gaps)
    {
        var (range, gap) = (table.Root, 0);
        (int End, string? Value) best = default;
        (int End, string Value)? ended = null;
        for (var i = start; ; i++)
        {
            if (i == text.Length)
            {
                // At the end of the whole text nothing follows; else this is asked again: a mark that belongs to the last letter may.
                return (ended ?? best, ended is not null || best.Value is not null || !table.IsEnd(range));
            }

            if (ended is { } whole)
            {
                best = BeginsWord(text, i) ? whole : best;
                ended = null;
            }

            if (table.IsEnd(range))
            {
                return (best, false);
            }

            var next = table.Next(range, char.ToUpperInvariant(text[i]));
            if (!next.IsEmpty)
            {
                (range, gap) = (next, 0);
                if (table.Value(range) is { } value)
                {
                    // What keeps its form must also end where a word does.
                    ended = gaps ? null : (i + 1, value);
                    best = gaps ? (i + 1, value) : best;
                }
            }
            else if (!gaps || range.Depth == 0 || ++gap > LongestGap || !Gaps.Contains(text[i]))
            {
                return (best, false);
            }
        }
    }

    private static string Upper(string token) => string.Create(token.Length, token, static (upper, token) =>
    {
        for (var i = 0; i < upper.Length; i++)
        {
            upper[i] = char.ToUpperInvariant(token[i]);
        }
    });

    private static string Fold(string token)
    {
        using var folded = new FoldedText(json: false, token.Length);
        folded.Append(token, final: true);
        return folded.Chars.ToString();
    }
}
