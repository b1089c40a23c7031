using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Finds what somebody else wrote inside a message: between tags such as <c>&lt;document&gt;</c>, between <c>BEGIN DOCUMENT</c> and its end, in fences, and in quoted lines. Programs put
/// what they have retrieved there, and people what they have copied.
/// </summary>
internal static class DelimitedParts
{
    /// <summary>What follows so many parts is one.</summary>
    private const int Most = 64;

    private const int LongestTag = 4096;

    private static readonly FrozenSet<string> OfData = new[]
    {
        "document", "documents", "doc", "docs", "document_content", "source", "sources", "search_result", "search_results", "search-results", "searchresults", "result", "results", "retrieved",
        "retrieved_context", "retrieved_documents", "retrieved_text", "passage", "passages", "webpage", "web_page", "website", "page", "article", "email", "mail", "file", "file_content",
        "file_contents", "attachment", "attachments", "excerpt", "excerpts", "quote", "untrusted", "untrusted_content", "untrusted_text", "untrusted_data", "chunk", "chunks", "snippet", "snippets",
        "tool_result", "tool_output", "transcript", "knowledge", "knowledge_base",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>In what an application tells its model, these may hold its own words.</summary>
    private static readonly FrozenSet<string> OfMessages = OfData.Concat(["context", "contexts", "data", "content", "text", "input", "reference", "references", "message", "comment", "blockquote"])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Begun = new[]
    {
        "DOCUMENT", "DOCUMENTS", "CONTEXT", "TEXT", "EMAIL", "E-MAIL", "MAIL", "MESSAGE", "FILE", "PAGE", "WEBPAGE", "WEB", "DATA", "CONTENT", "ARTICLE", "SOURCE", "SOURCES", "EXCERPT", "RETRIEVED",
        "QUOTE", "QUOTED", "UNTRUSTED", "ATTACHMENT", "TRANSCRIPT", "SEARCH", "RESULT", "RESULTS", "TOOL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Data = OfData.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Messages = OfMessages.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words = Begun.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly SearchValues<char> OfNames = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-");
    private static readonly SearchValues<char> OfTags = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-:");
    private static readonly SearchValues<string> Openers = SearchValues.Create(["<", "```", "~~~", "\n>", "BEGIN "], StringComparison.Ordinal);

    /// <summary>The parts of a text, one behind the other; null where there is none, which allocates nothing.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Who sends it.</param>
    public static List<Range>? Find(ReadOnlySpan<char> text, SegmentOrigin origin)
    {
        if (origin is not (SegmentOrigin.User or SegmentOrigin.Unspecified or SegmentOrigin.System))
        {
            return null;
        }

        List<Range>? parts = null;
        for (var at = text is ['>', ..] ? 0 : Next(text, 0); at < text.Length;)
        {
            var (start, end) = PartAt(text, at, origin);
            if (end <= start)
            {
                at = Next(text, at + 1);
                continue;
            }

            (parts ??= []).Add(parts.Count + 1 < Most ? start..end : start..text.Length);
            if (parts.Count == Most)
            {
                break;
            }

            at = Next(text, end);
        }

        return parts;
    }

    /// <summary>True for a quotation or a fence, which people use for their own words too.</summary>
    public static bool IsLoose(ReadOnlySpan<char> text, Range part)
    {
        var start = part.Start.GetOffset(text.Length);
        if (start < text.Length && text[start] == '>')
        {
            return true;
        }

        var before = text[..start].TrimEnd("\r\n");
        var line = before[(before.LastIndexOf('\n') + 1)..].TrimStart("> ");
        return line.StartsWith("```", StringComparison.Ordinal) || line.StartsWith("~~~", StringComparison.Ordinal);
    }

    private static int Next(ReadOnlySpan<char> text, int from) =>
        from < text.Length && text[from..].IndexOfAny(Openers) is >= 0 and var next ? from + next : text.Length;

    private static (int Start, int End) PartAt(ReadOnlySpan<char> text, int at, SegmentOrigin origin) => text[at] switch
    {
        '<' => Tagged(text, at, origin),
        '`' or '~' when origin != SegmentOrigin.System && StartsLine(text, at) => Fenced(text, at),
        '>' or '\n' when origin != SegmentOrigin.System => Quoted(text, at),
        'B' => Marked(text, at),
        _ => default,
    };

    /// <summary>To the last end of that name: what stands inside may write one, too.</summary>
    private static (int Start, int End) Tagged(ReadOnlySpan<char> text, int at, SegmentOrigin origin)
    {
        var rest = text[(at + 1)..];
        var length = rest.IndexOfAnyExcept(OfTags);
        if (length <= 0 || !(rest[length] is '>' || char.IsWhiteSpace(rest[length])))
        {
            return default;
        }

        // "doc:document", "document_2", "document1".
        var known = rest[..length].TrimEnd("_-0123456789");
        known = known[(known.LastIndexOf(':') + 1)..];
        if (!(origin == SegmentOrigin.System ? Data : Messages).Contains(known))
        {
            return default;
        }

        var close = rest[length..Math.Min(rest.Length, length + LongestTag)].IndexOf('>');
        if (close < 0)
        {
            return default;
        }

        var start = at + 1 + length + close + 1;
        return (start, LastEnd(text, start, "</", rest[..length]));
    }

    private static (int Start, int End) Fenced(ReadOnlySpan<char> text, int at)
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
                return (start, from + next + fence.Length);
            }

            from += next + fence.Length;
        }

        return (start, text.Length);
    }

    /// <summary>Lines that follow one another, each with its sign.</summary>
    private static (int Start, int End) Quoted(ReadOnlySpan<char> text, int at)
    {
        var start = text[at] == '\n' ? at + 1 : at;
        if (start >= text.Length || text[start] != '>')
        {
            return default;
        }

        var end = start;
        while (end < text.Length && text[end] == '>')
        {
            var line = text[end..].IndexOf('\n');
            if (line < 0)
            {
                return (start, text.Length);
            }

            end += line + 1;
        }

        // The line break stays with what follows: it may begin another quotation.
        return (start, end - 1);
    }

    private static (int Start, int End) Marked(ReadOnlySpan<char> text, int at)
    {
        const string Begin = "BEGIN ";
        if (!text[at..].StartsWith(Begin, StringComparison.Ordinal) || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
        {
            return default;
        }

        var rest = text[(at + Begin.Length)..];
        var length = rest.IndexOfAnyExcept(OfNames);
        length = length < 0 ? rest.Length : length;
        var word = rest[..length].TrimEnd('-');
        if (!Words.Contains(word))
        {
            return default;
        }

        var start = at + Begin.Length + word.Length;
        return (start, LastEnd(text, start, "END ", word));
    }

    /// <summary>The last place where something ends that has begun; the end of the text where it does not.</summary>
    private static int LastEnd(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> sign, ReadOnlySpan<char> name)
    {
        var rest = text[start..];
        for (var end = rest.Length; end > 0;)
        {
            var last = rest[..end].LastIndexOf(sign, StringComparison.Ordinal);
            if (last < 0)
            {
                break;
            }

            var named = rest[(last + sign.Length)..];
            named = named.StartsWith("OF ", StringComparison.Ordinal) ? named[3..] : named;
            if (named.StartsWith(name, StringComparison.OrdinalIgnoreCase) && !(last > 0 && char.IsLetterOrDigit(rest[last - 1])))
            {
                return start + last;
            }

            end = last;
        }

        return text.Length;
    }

    private static bool StartsLine(ReadOnlySpan<char> text, int at)
    {
        for (var indent = 0; at > 0 && indent <= 3; indent++)
        {
            if (text[at - 1] == '\n')
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
