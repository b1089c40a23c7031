using System.Buffers;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>A part of a message.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="IsLoose">True for a quotation, a fence and a mark in small letters, which people use for their own words too.</param>
internal readonly record struct DelimitedPart(Range Range, bool IsLoose);

/// <summary>
/// Finds what somebody else wrote inside a message: between tags such as <c>&lt;document&gt;</c>, between <c>BEGIN DOCUMENT</c> and its end, in fences, and in quoted lines.
/// Programs put what they have retrieved there, and people what they have copied.
/// </summary>
internal static class DelimitedParts
{
    /// <summary>What follows so many parts is one.</summary>
    private const int Most = 64;

    private const int LongestTag = 4096;

    /// <summary>A line that is indented further is code.</summary>
    private const int MostIndent = 3;

    private const string Begin = "BEGIN ";
    private const string End = "END ";
    private const string Quotes = "\"\"\"";

    /// <summary>What a tag that is escaped begins with, behind the sign, which may be escaped itself.</summary>
    private const string Less = "lt;";

    private static readonly SearchValues<char> OfNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-");
    private static readonly SearchValues<char> OfTags = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:");

    private static readonly SearchValues<string> Openers = SearchValues.Create(
        ["<", "&lt;", "&LT;", "amp;lt;", "```", "~~~", Quotes, Begin, "begin ", "Begin ", "\n>", "\n >", "\n  >", "\n   >", "\n\t>", "\r>", "\r >", "\r  >", "\r   >", "\r\t>"],
        StringComparison.Ordinal);

    /// <summary>The parts of a text, one behind the other; null where there is none, which allocates nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Who sends it.</param>
    public static List<DelimitedPart>? Find(ReadOnlySpan<char> text, SegmentOrigin origin)
    {
        if (origin is not (SegmentOrigin.User or SegmentOrigin.Unspecified or SegmentOrigin.System))
        {
            return null;
        }

        List<DelimitedPart>? parts = null;
        for (var at = QuoteSign(text, 0) >= 0 ? 0 : Next(text, 0); at < text.Length;)
        {
            var (start, end, isLoose) = PartAt(text, at, origin);
            if (end <= start)
            {
                at = Next(text, at + 1);
                continue;
            }

            (parts ??= []).Add(new DelimitedPart(parts.Count + 1 < Most ? start..end : start..text.Length, isLoose));
            if (parts.Count == Most)
            {
                break;
            }

            at = Next(text, end);
        }

        return parts;
    }

    private static int Next(ReadOnlySpan<char> text, int from) =>
        from < text.Length && text[from..].IndexOfAny(Openers) is >= 0 and var next ? from + next : text.Length;

    private static (int Start, int End, bool IsLoose) PartAt(ReadOnlySpan<char> text, int at, SegmentOrigin origin) => text[at] switch
    {
        '<' => Tagged(text, at + 1, ">", "</", origin),
        '&' or 'a' => Tagged(text, at + text[at..].IndexOf(Less, StringComparison.OrdinalIgnoreCase) + Less.Length, "gt;", "lt;/", origin),
        'b' or 'B' => Marked(text, at),
        _ when origin == SegmentOrigin.System => default,
        '`' or '~' => StartsLine(text, at) ? Fenced(text, at) : default,
        '"' => InQuotes(text, at),
        _ => Quoted(text, at),
    };

    /// <summary>To the last end of that name: what stands inside may write one, too.</summary>
    private static (int Start, int End, bool IsLoose) Tagged(ReadOnlySpan<char> text, int at, ReadOnlySpan<char> close, ReadOnlySpan<char> end, SegmentOrigin origin)
    {
        var rest = text[at..];
        var length = rest.IndexOfAnyExcept(OfTags);
        if (length <= 0 || !(rest[length] is '>' or '&' || char.IsWhiteSpace(rest[length])))
        {
            return default;
        }

        // "doc:document", "document_2", "document1".
        var known = rest[..length].TrimEnd("_-0123456789");
        known = known[(known.LastIndexOf(':') + 1)..];
        if (!(origin == SegmentOrigin.System ? PartNames.Data : PartNames.Messages).Contains(known))
        {
            return default;
        }

        var closed = rest[length..Math.Min(rest.Length, length + LongestTag)].IndexOf(close, StringComparison.OrdinalIgnoreCase);
        if (closed < 0)
        {
            return default;
        }

        var start = at + length + closed + close.Length;
        return (start, LastEnd(text, start, end, rest[..length]), false);
    }

    private static (int Start, int End, bool IsLoose) Fenced(ReadOnlySpan<char> text, int at)
    {
        // It ends where as many stand by themselves: fewer are of what it holds.
        var length = text[at..].IndexOfAnyExcept(text[at]);
        var fence = length < 0 ? text[at..] : text.Slice(at, length);
        var line = text[at..].IndexOf('\n');
        if (line < 0)
        {
            return default;
        }

        var start = at + line + 1;
        for (var from = start; from < text.Length;)
        {
            var next = text[from..].IndexOf(fence, StringComparison.Ordinal);
            if (next < 0)
            {
                break;
            }

            if (StartsLine(text, from + next))
            {
                // What follows the end of a fence on its line is none of it, and opens nothing.
                return (start, from + next + fence.Length, true);
            }

            from += next + fence.Length;
        }

        return (start, text.Length, true);
    }

    /// <summary>Where no end follows, only what begins a line begins anything.</summary>
    private static (int Start, int End, bool IsLoose) InQuotes(ReadOnlySpan<char> text, int at)
    {
        var start = at + Quotes.Length;
        var next = text[start..].IndexOf(Quotes, StringComparison.Ordinal);
        return next >= 0 ? (start, start + next + Quotes.Length, true) : StartsLine(text, at) ? (start, text.Length, true) : (start, start, true);
    }

    /// <summary>Lines that follow one another, each with its sign.</summary>
    private static (int Start, int End, bool IsLoose) Quoted(ReadOnlySpan<char> text, int at)
    {
        var start = text[at] is '\n' or '\r' ? at + 1 : at;
        var last = start;
        for (var (line, sign) = (start, QuoteSign(text, start)); sign >= 0; sign = QuoteSign(text, line))
        {
            var end = text[sign..].IndexOfAny('\r', '\n');
            if (end < 0)
            {
                return (start, text.Length, true);
            }

            // The line break stays with what follows: it may begin another quotation.
            last = sign + end;
            line = last + (text[last..].StartsWith("\r\n", StringComparison.Ordinal) ? 2 : 1);
        }

        return (start, last, true);
    }

    /// <summary>The sign of a quoted line that begins here; -1 for another line.</summary>
    private static int QuoteSign(ReadOnlySpan<char> text, int line)
    {
        for (var at = line; at < text.Length && at <= line + MostIndent; at++)
        {
            if (text[at] is not (' ' or '\t'))
            {
                return text[at] == '>' ? at : -1;
            }
        }

        return -1;
    }

    private static (int Start, int End, bool IsLoose) Marked(ReadOnlySpan<char> text, int at)
    {
        if (at > 0 && char.IsLetterOrDigit(text[at - 1]))
        {
            return default;
        }

        var rest = text[(at + Begin.Length)..];
        var length = rest.IndexOfAnyExcept(OfNames);
        length = length < 0 ? rest.Length : length;
        var word = rest[..length].TrimEnd('-');
        if (!PartNames.Words.Contains(word))
        {
            return default;
        }

        // In small letters it is a phrase, unless it is set apart from what stands around it; people write it so, too.
        var start = at + Begin.Length + word.Length;
        return text[at..].StartsWith(Begin, StringComparison.Ordinal) ? (start, LastEnd(text, start, End, word), false)
            : IsDecorated(text, at, start) || IsLine(text, at, start) ? (start, LastEnd(text, start, End, word, StringComparison.OrdinalIgnoreCase), true)
            : default;
    }

    /// <summary>True where signs stand on both sides: <c>[begin text]</c>, <c>--- begin text ---</c>.</summary>
    private static bool IsDecorated(ReadOnlySpan<char> text, int start, int end) =>
        text[..start].TrimEnd(' ') is [.., '[' or '(' or '<' or '{' or '-' or '=' or '*' or '#' or '_' or '~']
        && text[end..].TrimStart(' ') is [']' or ')' or '>' or '}' or '-' or '=' or '*' or '#' or '_' or '~', ..];

    /// <summary>True where nothing else stands on its line.</summary>
    private static bool IsLine(ReadOnlySpan<char> text, int start, int end) =>
        StartsLine(text, start) && (text[end..].TrimStart(" :").IsEmpty || text[end..].TrimStart(" :") is ['\r' or '\n', ..]);

    /// <summary>The last place where something ends that has begun; the end of the text where it does not.</summary>
    private static int LastEnd(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> sign, ReadOnlySpan<char> name, StringComparison comparison = StringComparison.Ordinal)
    {
        var rest = text[start..];
        for (var end = rest.Length; end > 0;)
        {
            var last = rest[..end].LastIndexOf(sign, comparison);
            if (last < 0)
            {
                break;
            }

            var named = rest[(last + sign.Length)..];
            named = named.StartsWith("OF ", comparison) ? named[3..] : named;
            if (named.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (sign[0] == 'l' || !(last > 0 && char.IsLetterOrDigit(rest[last - 1]))))
            {
                return start + last;
            }

            end = last;
        }

        return text.Length;
    }

    private static bool StartsLine(ReadOnlySpan<char> text, int at)
    {
        for (var indent = 0; at > 0 && indent <= MostIndent; indent++)
        {
            if (text[at - 1] is '\n' or '\r')
            {
                return true;
            }

            if (text[at - 1] is not (' ' or '>'))
            {
                return false;
            }

            at--;
        }

        return at == 0;
    }
}
