using System.Collections.Frozen;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>What programs call the parts of a message that somebody else wrote.</summary>
internal static class PartNames
{
    private static readonly FrozenSet<string> OfData = new[]
    {
        "document", "documents", "doc", "docs", "document_content", "source", "sources", "search_result", "search_results", "search-results", "searchresults", "result", "results",
        "retrieved", "retrieved_context", "retrieved_documents", "retrieved_text", "passage", "passages", "webpage", "web_page", "website", "page", "article", "email", "mail",
        "file", "file_content", "file_contents", "attachment", "attachments", "excerpt", "excerpts", "quote", "untrusted", "untrusted_content", "untrusted_text", "untrusted_data",
        "chunk", "chunks", "snippet", "snippets", "tool_result", "tool_output", "transcript", "knowledge", "knowledge_base",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> OfMessages = OfData
        .Concat(["context", "contexts", "data", "content", "text", "input", "reference", "references", "message", "comment", "blockquote"])
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Begun = new[]
    {
        "DOCUMENT", "DOCUMENTS", "CONTEXT", "TEXT", "EMAIL", "E-MAIL", "MAIL", "MESSAGE", "FILE", "PAGE", "WEBPAGE", "WEB", "DATA", "CONTENT", "ARTICLE", "SOURCE", "SOURCES",
        "EXCERPT", "RETRIEVED", "QUOTE", "QUOTED", "UNTRUSTED", "ATTACHMENT", "TRANSCRIPT", "SEARCH", "RESULT", "RESULTS", "TOOL",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Of tags around data.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Data { get; } = OfData.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The same in what a person sends; in what an application tells its model, some of these may hold its own words.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Messages { get; } = OfMessages.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Behind the word that begins a part.</summary>
    public static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Words { get; } = Begun.GetAlternateLookup<ReadOnlySpan<char>>();
}
