namespace GatewayStack.Transform.Names.Training;

/// <summary>A name that a text is known to hold.</summary>
/// <param name="Start">Where it begins, in UTF-16 units.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Type">The index of its type; -1 neither rewards nor punishes what is found there.</param>
internal readonly record struct NameMark(int Start, int End, int Type);

/// <summary>A text with its names.</summary>
/// <param name="Text">The text.</param>
/// <param name="Marks">All its names, in order.</param>
internal sealed record NameExample(string Text, IReadOnlyList<NameMark> Marks);
