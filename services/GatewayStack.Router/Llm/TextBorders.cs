using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Llm;

/// <summary>Tells the texts of one message that stand next to one another what stands beyond their borders: a model reads them as one, and a value may go over.</summary>
internal static class TextBorders
{
    /// <summary>Links the texts of parts that follow one another.</summary>
    /// <param name="segments">All texts.</param>
    /// <param name="parts">Those of the parts, in their order.</param>
    public static void Link(ImmutableArray<ContentSegment>.Builder segments, List<int> parts)
    {
        for (var i = 0; i < parts.Count; i++)
        {
            segments[parts[i]] = segments[parts[i]] with { Before = Before(segments, parts, i), After = After(segments, parts, i) };
        }
    }

    private static string? Before(ImmutableArray<ContentSegment>.Builder segments, List<int> parts, int index)
    {
        var text = string.Empty;
        for (var i = index - 1; i >= 0 && text.Length < ContentSegment.MostBeyond; i--)
        {
            text = segments[parts[i]].Text[^Math.Min(segments[parts[i]].Text.Length, ContentSegment.MostBeyond)..] + ContentSegment.Border + text;
        }

        text = text[^Math.Min(text.Length, ContentSegment.MostBeyond)..];
        return text.Length == 0 ? null : char.IsLowSurrogate(text[0]) ? text[1..] : text;
    }

    private static string? After(ImmutableArray<ContentSegment>.Builder segments, List<int> parts, int index)
    {
        var text = string.Empty;
        for (var i = index + 1; i < parts.Count && text.Length < ContentSegment.MostBeyond; i++)
        {
            text = text + ContentSegment.Border + segments[parts[i]].Text[..Math.Min(segments[parts[i]].Text.Length, ContentSegment.MostBeyond)];
        }

        text = text[..Math.Min(text.Length, ContentSegment.MostBeyond)];
        return text.Length == 0 ? null : char.IsHighSurrogate(text[^1]) ? text[..^1] : text;
    }
}
