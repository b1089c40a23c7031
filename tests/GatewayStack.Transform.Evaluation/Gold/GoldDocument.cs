using System.Collections.Immutable;

namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>A text with what is in it.</summary>
internal sealed record GoldDocument
{
    /// <summary>Type of a span that is neither rewarded nor punished.</summary>
    public const string Ignore = "_IGNORE";

    /// <summary>Its name in the file.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of text it is, such as <c>mail</c>; empty where the file does not say.</summary>
    public string Group { get; init; } = string.Empty;

    /// <summary>The text.</summary>
    public required string Text { get; init; }

    /// <summary>What is in it, in UTF-16 units.</summary>
    public ImmutableArray<Span> Spans { get; init; } = [];

    /// <summary>1 for a positive example of a classifier's label, 0 for a negative one; null where the file does not say.</summary>
    public int? Label { get; init; }
}

/// <summary>A part of a text and its type; [Start, End) in UTF-16 units.</summary>
internal readonly record struct Span(int Start, int End, string Type)
{
    /// <summary>Units that both have.</summary>
    public int Shared(Span other) => Math.Max(0, Math.Min(End, other.End) - Math.Max(Start, other.Start));
}
