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
    /// <param name="lastEnd">Where the last pseudonym ended that was found.</param>
    /// <param name="hits">Receives what is found, in order.</param>
    /// <returns>No pseudonym that is found later begins before this position.</returns>
    public int Advance(ReadOnlySpan<char> text, int from, bool final, ref int lastEnd, List<PseudonymHit> hits)
    {
        while (from < text.Length)
        {
            var next = text[from..].IndexOfAny(_beginnings);
            if (next < 0)
            {
                return text.Length;
            }

            from += next;
            var (loose, looseOpen) = WalkLoose(text, from);
            var (exact, exactOpen) = from == lastEnd || BeginsWord(text, from) || FollowsAnother(text, from) ? WalkExact(text, from, final) : default;
            if ((looseOpen || exactOpen) && !final)
            {
                return from;
            }

            var best = loose.End >= exact.End ? loose : exact;
            if (best.Value is { } value)
            {
                hits.Add(new PseudonymHit(from, best.End, value));
                lastEnd = best.End;
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

    /// <summary>The longest pseudonym that begins here with whatever models write into one, and whether the text ended before that was certain.</summary>
    private ((int End, string? Value) Best, bool Open) WalkLoose(ReadOnlySpan<char> text, int start)
    {
        var (range, gap) = (_loose.Root, 0);
        (int End, string? Value) best = default;
        for (var i = start; i < text.Length; i++)
        {
            if (_loose.IsEnd(range))
            {
                return (best, false);
            }

            var next = _loose.Next(range, char.ToUpperInvariant(text[i]));
            if (!next.IsEmpty)
            {
                (range, gap) = (next, 0);
                best = _loose.Value(range) is { } value ? (i + 1, value) : best;
            }
            else if (range.Depth == 0 || ++gap > LongestGap || !Gaps.Contains(text[i]))
            {
                return (best, false);
            }
        }

        // At the end of the whole text nothing follows; else this is asked again: a mark that belongs to the last letter may.
        return (best, best.Value is not null || !_loose.IsEnd(range));
    }

    /// <summary>The same for one that keeps its form: it ends where a word does, or where another begins.</summary>
    private ((int End, string? Value) Best, bool Open) WalkExact(ReadOnlySpan<char> text, int start, bool final)
    {
        var range = _exact.Root;
        (int End, string? Value) best = default;
        (int End, string Value)? ended = null;
        for (var i = start; i < text.Length; i++)
        {
            if (ended is { } whole)
            {
                var (begins, open) = BeginsWord(text, i) ? (true, false) : BeginsAnother(text, i, final);
                if (open)
                {
                    return (best, true);
                }

                best = begins ? whole : best;
                ended = null;
            }

            range = _exact.IsEnd(range) ? default : _exact.Next(range, char.ToUpperInvariant(text[i]));
            if (range.IsEmpty)
            {
                return (best, false);
            }

            ended = _exact.Value(range) is { } value ? (i + 1, value) : null;
        }

        return (ended ?? best, ended is not null || best.Value is not null || !_exact.IsEnd(range));
    }

    /// <summary>True where all letters of a pseudonym stand here, whatever follows them; and whether the text ended before that was certain.</summary>
    private (bool Begins, bool Open) BeginsAnother(ReadOnlySpan<char> text, int at, bool final)
    {
        var range = _exact.Root;
        var i = at;
        for (; i < text.Length && !range.IsEmpty; i++)
        {
            if (_exact.Value(range) is not null)
            {
                return (true, false);
            }

            range = _exact.Next(range, char.ToUpperInvariant(text[i]));
        }

        if (final && _exact.Value(range) is not null)
        {
            return (true, false);
        }

        var (loose, isOpen) = WalkLoose(text, at);
        return loose.Value is not null && (final || !isOpen) ? (true, false) : (false, !final && (isOpen || (i == text.Length && !range.IsEmpty)));
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
