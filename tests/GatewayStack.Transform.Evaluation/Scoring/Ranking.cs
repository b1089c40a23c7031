namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>How well scores tell positive examples from negative ones.</summary>
/// <param name="scored">Score and truth of each example.</param>
internal sealed class Ranking(IEnumerable<(double Score, bool IsPositive)> scored)
{
    private readonly (double Score, bool IsPositive)[] _scored = [.. scored.OrderByDescending(s => s.Score)];

    private int Positives => _scored.Count(s => s.IsPositive);

    private int Negatives => _scored.Length - Positives;

    /// <summary>Chance that a positive example scores above a negative one; equal scores count half. Not a number without both.</summary>
    public double Auc
    {
        get
        {
            var (below, pairs) = (0L, 0.0);
            foreach (var level in _scored.GroupBy(s => s.Score).Reverse())
            {
                long positives = level.Count(s => s.IsPositive);
                long negatives = level.Count() - positives;
                pairs += positives * (below + (negatives / 2.0));
                below += negatives;
            }

            return pairs / ((double)Positives * Negatives);
        }
    }

    /// <summary>Mean distance between score and truth over ten bins of the score.</summary>
    public double CalibrationError =>
        _scored.GroupBy(s => Math.Min(9, (int)(s.Score * 10)))
            .Sum(bin => bin.Count() * Math.Abs(bin.Average(s => s.Score) - bin.Average(s => s.IsPositive ? 1.0 : 0))) / Math.Max(1, _scored.Length);

    /// <summary>The best recall of a threshold at which at most this part of the negative examples is above it.</summary>
    public double RecallAt(double falsePositives)
    {
        var (best, right, wrong) = (0, 0, 0);
        foreach (var level in _scored.GroupBy(s => s.Score))
        {
            right += level.Count(s => s.IsPositive);
            wrong += level.Count(s => !s.IsPositive);
            if (wrong <= falsePositives * Negatives)
            {
                best = right;
            }
        }

        return (double)best / Math.Max(1, Positives);
    }

    /// <summary>Recall and false positives at a threshold.</summary>
    public (double Recall, double FalsePositives) At(double threshold) =>
        ((double)_scored.Count(s => s.IsPositive && s.Score >= threshold) / Math.Max(1, Positives),
            (double)_scored.Count(s => !s.IsPositive && s.Score >= threshold) / Math.Max(1, Negatives));
}
