using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Json;
using GatewayStack.Router.Llm.Attachments;

namespace GatewayStack.Router.Llm;

/// <summary>Turns edits of texts into splices of the body they were read from.</summary>
internal static class SegmentSplices
{
    /// <summary>Adds the edits to other changes of the same body. A text that was decoded from a file goes back into it.</summary>
    public static void Add(
        BodySplices splices,
        ReadOnlySpan<byte> body,
        ImmutableArray<ContentSegment> segments,
        ImmutableArray<JsonElement> elements,
        IReadOnlyDictionary<int, TextFile> files,
        ImmutableArray<TextEdit> edits)
    {
        foreach (var ofSegment in edits.GroupBy(e => e.SegmentId))
        {
            var edited = TextEdits.Apply(segments[ofSegment.Key].Text, ofSegment);
            var value = files.TryGetValue(ofSegment.Key, out var file) ? file.Encode(edited) : edited;
            splices.Replace(StrictJson.Locate(body, elements[ofSegment.Key]), BodySplices.Literal(value));
        }
    }
}
