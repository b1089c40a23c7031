using GatewayStack.Transform.Classification.Models;
using Microsoft.ML.Data;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>A text that a head learns from or is measured on.</summary>
/// <param name="Text">The text.</param>
/// <param name="Label">What the head shall answer.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Group">Texts that are much alike have the same group, and are never on both sides of a split.</param>
/// <param name="Weight">How much it counts.</param>
internal sealed record Example(string Text, bool Label, string Source, string Group, float Weight = 1)
{
    private List<VBuffer<float>>? _windows;
    private VBuffer<float>? _whole;
    private int? _pieces;

    /// <summary>The part of a split it belongs to, counted round; null when its group decides.</summary>
    public int? Part { get; init; }

    /// <summary>Only one of its stretches need be what the label says: the others may be harmless.</summary>
    public bool IsLong => Text.Length > 2 * TextWindows.Length;

    /// <summary>How many pieces it has.</summary>
    public int Pieces => _pieces ??= TextWindows.Pieces(Text).Count;

    /// <summary>The features of its stretches.</summary>
    public IReadOnlyList<VBuffer<float>> Windows(HeadUnit unit) =>
        _windows ??= [.. TextWindows.Of(Text, unit).Select(w => FeatureRow.Vector(Text, w)).Where(v => v.GetValues().Length > 0)];

    /// <summary>The features of the text as a whole.</summary>
    public VBuffer<float> Whole => _whole ??= FeatureRow.Vector(Text, TextWindows.Pieces(Text).ToArray(), LinearHeads.MostTopicFeatures);

    /// <summary>Which part of a split it belongs to.</summary>
    public int Fold(int folds, int seed) => Part is { } part ? part % folds : (int)(Hash(Group, seed) % (uint)folds);

    private static uint Hash(string text, int seed)
    {
        var hash = 2166136261u ^ (uint)seed;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 16777619u;
        }

        hash ^= hash >> 15;
        hash *= 0x2C1B3C6Du;
        return hash ^ (hash >> 13);
    }
}
