using GatewayStack.Transform.Classification.Models;
using Microsoft.ML.Data;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>The weights of one head before its curve.</summary>
internal sealed record LinearModel(float[] Weights, float Bias)
{
    /// <summary>The score of one stretch.</summary>
    public float Score(in VBuffer<float> features)
    {
        float sum = 0;
        var values = features.GetValues();
        var indices = features.GetIndices();
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * Weights[indices[i]];
        }

        return sum + Bias;
    }

    /// <summary>The score of a text by the unit of a head.</summary>
    public float Score(Example example, HeadUnit unit)
    {
        var best = float.NegativeInfinity;
        foreach (var window in example.Windows(unit))
        {
            best = Math.Max(best, Score(window));
        }

        return float.IsNegativeInfinity(best) ? Bias : unit == HeadUnit.Text ? (best + Score(example.Whole)) / 2 : best;
    }
}
