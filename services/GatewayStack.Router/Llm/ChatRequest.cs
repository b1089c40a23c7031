using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Llm.Attachments;

namespace GatewayStack.Router.Llm;

/// <summary>A chat completion request: the original bytes, and where in them the members stand that the gateway reads or changes.</summary>
internal sealed class ChatRequest : IDisposable
{
    private readonly JsonDocument _document;

    public ChatRequest(ReadOnlyMemory<byte> body, JsonDocument document)
    {
        Body = body;
        _document = document;
    }

    public ReadOnlyMemory<byte> Body { get; }

    public JsonElement Root => _document.RootElement;

    public required ModelRequest Model { get; init; }

    public required ImmutableArray<ContentSegment> Segments { get; init; }

    /// <summary>The JSON string of each segment, by segment id.</summary>
    public required ImmutableArray<JsonElement> SegmentElements { get; init; }

    public required ImmutableArray<UnscannedPart> Unscanned { get; init; }

    /// <summary>How the texts of files are written back, by segment id.</summary>
    public IReadOnlyDictionary<int, TextFile> Files { get; init; } = FrozenDictionary<int, TextFile>.Empty;

    /// <summary>Documents whose text can be read for facts.</summary>
    public ImmutableArray<ContentAttachment> Attachments { get; init; } = [];

    /// <summary>How many messages, from the first, belong to turns that a model has answered.</summary>
    public int AnsweredMessages { get; init; }

    public required bool AsksForUsage { get; init; }

    /// <summary>True when the answer's content is to be a JSON document (<c>response_format</c>).</summary>
    public bool AsksForJson { get; init; }

    public void Dispose() => _document.Dispose();
}
