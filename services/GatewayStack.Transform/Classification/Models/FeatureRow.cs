using Microsoft.ML.Data;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>What a head is trained on and scores: the features of one stretch of text.</summary>
internal sealed class FeatureRow
{
    /// <summary>How often each feature occurs, divided by the root of how many there are.</summary>
    [VectorType(Featurizer.Size)]
    public VBuffer<float> Features { get; set; }

    /// <summary>What a head shall answer.</summary>
    public bool Label { get; set; }

    /// <summary>The topic's number, from 0 on.</summary>
    [KeyType(5)]
    public uint Topic { get; set; }

    /// <summary>How much the row counts in training.</summary>
    public float Weight { get; set; } = 1;

    /// <summary>The features of the pieces together.</summary>
    /// <param name="text">The text.</param>
    /// <param name="pieces">Its pieces that belong to the stretch.</param>
    /// <param name="most">A stretch counts as if it had no more features.</param>
    public static VBuffer<float> Vector(ReadOnlySpan<char> text, ReadOnlySpan<Range> pieces, int most = int.MaxValue)
    {
        var features = new int[pieces.Length * Featurizer.MaxFeatures];
        var count = 0;
        foreach (var piece in pieces)
        {
            count += Featurizer.Write(text[piece], features.AsSpan(count));
        }

        Array.Sort(features, 0, count);
        var indices = new int[count];
        var values = new float[count];
        var scale = MathF.Sqrt(Math.Min(count, most)) / Math.Max(1, count);
        var distinct = 0;
        for (var i = 0; i < count; i++)
        {
            if (i > 0 && features[i] == features[i - 1])
            {
                values[distinct - 1] += scale;
            }
            else
            {
                indices[distinct] = features[i];
                values[distinct++] = scale;
            }
        }

        return new VBuffer<float>(Featurizer.Size, distinct, values, indices);
    }
}

/// <summary>A text for a model that makes features itself.</summary>
internal sealed class TextRow
{
    /// <summary>The text.</summary>
    public string Text { get; set; } = string.Empty;
}

/// <summary>What a head answers.</summary>
internal sealed class HeadAnswer
{
    /// <summary>The probability of yes.</summary>
    public float Probability { get; set; }
}
