using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm;

namespace GatewayStack.Router.Backends;

/// <summary>The JSON body of a call to a content-bearing backend: the original bytes, and the texts its pointers name.</summary>
internal sealed class BackendContent(ReadOnlyMemory<byte> body, JsonDocument document) : IDisposable
{
    public JsonElement Root => document.RootElement;

    public required ImmutableArray<ContentSegment> Segments { get; init; }

    public required ImmutableArray<JsonElement> SegmentElements { get; init; }

    public required ImmutableArray<UnscannedPart> Unscanned { get; init; }

    /// <summary>The body with edits spliced in.</summary>
    public ReadOnlyMemory<byte> Write(ImmutableArray<TextEdit> edits)
    {
        var splices = new BodySplices();
        AddTo(splices, edits);
        return splices.Apply(body);
    }

    /// <summary>Adds the edits to other changes of the same body.</summary>
    public void AddTo(BodySplices splices, ImmutableArray<TextEdit> edits)
    {
        foreach (var ofSegment in edits.GroupBy(e => e.SegmentId))
        {
            var edited = TextEdits.Apply(Segments[ofSegment.Key].Text, ofSegment);
            splices.Replace(StrictJson.Locate(body.Span, SegmentElements[ofSegment.Key]), BodySplices.Literal(edited));
        }
    }

    public void Dispose() => document.Dispose();
}
