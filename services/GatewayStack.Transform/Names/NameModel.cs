namespace GatewayStack.Transform.Names;

/// <summary>What was learned: rows of weights addressed by hashed features, weights of label pairs, the lists, and the table from margin to score.</summary>
/// <param name="Lexicon">The lists.</param>
/// <param name="Bits">There are two to the power of this many rows.</param>
/// <param name="Weights">Rows of <see cref="NameLabels.Stride"/> weights.</param>
/// <param name="Transitions">The weight of each label after each other: previous * stride + next.</param>
/// <param name="ScoreStep">The width of a step of margin.</param>
/// <param name="Scores">For each type and code level <see cref="ScoreSteps"/> scores in thousandths.</param>
internal sealed record NameModel(NameLexicon Lexicon, int Bits, sbyte[] Weights, short[] Transitions, int ScoreStep, ushort[] Scores)
{
    /// <summary>Steps of margin that have a score of their own; what is above has the last one's.</summary>
    public const int ScoreSteps = 64;

    /// <summary>A unit looks like code to one of so many levels.</summary>
    public const int CodeLevels = 4;

    /// <summary>How many scores there are.</summary>
    public const int ScoreCount = 3 * CodeLevels * ScoreSteps;

    /// <summary>The score of a name.</summary>
    public double ScoreOf(NameFinding name)
    {
        var step = Math.Clamp(name.Margin / ScoreStep, 0, ScoreSteps - 1);
        return Scores[(((name.Type * CodeLevels) + name.CodeLevel) * ScoreSteps) + step] / 1000.0;
    }
}
