using System.Collections.Concurrent;
using Microsoft.ML;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>Engines of one model: ML.NET's engine serves one caller at a time, so each caller has one to itself.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class EnginePool<TRow>(MLContext context, ITransformer model)
    where TRow : class
{
    private readonly ConcurrentBag<PredictionEngine<TRow, HeadAnswer>> _idle = [];

    /// <summary>The probability for one row.</summary>
    public double Predict(TRow row)
    {
        if (!_idle.TryTake(out var engine))
        {
            engine = context.Model.CreatePredictionEngine<TRow, HeadAnswer>(model);
        }

        // One that has thrown is in an unknown state and is not put back.
        var answer = engine.Predict(row).Probability;
        _idle.Add(engine);
        return answer;
    }
}
