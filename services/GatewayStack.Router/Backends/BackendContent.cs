using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;
using GatewayStack.Router.Llm.Attachments;

namespace GatewayStack.Router.Backends;

/// <summary>The JSON body of a call to a content-bearing backend: the original bytes, and the texts its pointers name.</summary>
internal sealed class BackendContent(ReadOnlyMemory<byte> body, JsonDocument document) : IDisposable
{
    public JsonElement Root => document.RootElement;

    public required ImmutableArray<ContentSegment> Segments { get; init; }

    public required ImmutableArray<JsonElement> SegmentElements { get; init; }

    public required ImmutableArray<UnscannedPart> Unscanned { get; init; }

    /// <summary>How the texts of files are written back, by segment.</summary>
    public IReadOnlyDictionary<int, TextFile> Files { get; init; } = FrozenDictionary<int, TextFile>.Empty;

    /// <summary>Documents whose text can be read for facts.</summary>
    public ImmutableArray<ContentAttachment> Attachments { get; init; } = [];

    /// <summary>The body with edits spliced in.</summary>
    public ReadOnlyMemory<byte> Write(ImmutableArray<TextEdit> edits)
    {
        var splices = new BodySplices();
        AddTo(splices, edits);
        return splices.Apply(body);
    }

    /// <summary>Adds the edits to other changes of the same body.</summary>
    public void AddTo(BodySplices splices, ImmutableArray<TextEdit> edits) =>
        SegmentSplices.Add(splices, body.Span, Segments, SegmentElements, Files, edits);

    public void Dispose() => document.Dispose();
}
