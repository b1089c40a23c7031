namespace GatewayStack.Transform.Names.Training;

/// <summary>Learns from texts that a model has not seen how likely a name is at each margin.</summary>
internal sealed class NameCalibration
{
    private readonly List<(NameFinding Name, bool Right)> _seen = [];

    /// <summary>How many names were looked at.</summary>
    public int Count => _seen.Count;

    /// <summary>Reads texts and notes which of the names that are found are there. What nobody knows is left out.</summary>
    public void Add(NameModel model, IEnumerable<NameExample> examples)
    {
        var reader = new NameReader();
        foreach (var (text, marks) in examples)
        {
            for (var start = 0; start < text.Length;)
            {
                var end = NameUnits.End(text, start, final: true, out _);
                foreach (var name in reader.Read(model, text.AsSpan(start, end - start)))
                {
                    var met = marks.Where(mark => mark.Start < start + name.End && start + name.Start < mark.End).ToList();
                    if (!met.Exists(mark => mark.Type < 0))
                    {
                        _seen.Add((name, met.Count > 0));
                    }
                }

                start = end;
            }
        }
    }

    /// <summary>The table of scores: a logistic curve of the margin for each type, moved by the code level.</summary>
    /// <param name="step">The width of a step of margin.</param>
    public ushort[] Scores(int step)
    {
        var scores = new ushort[NameModel.ScoreCount];
        for (var type = 0; type < NameLabels.Types.Length; type++)
        {
            var weights = Fit(_seen.Where(seen => seen.Name.Type == type).ToList(), step);
            for (var level = 0; level < NameModel.CodeLevels; level++)
            {
                for (var at = 0; at < NameModel.ScoreSteps; at++)
                {
                    var score = 1 / (1 + Math.Exp(-(weights[level] + (weights[^1] * (at + 0.5)))));
                    scores[(((type * NameModel.CodeLevels) + level) * NameModel.ScoreSteps) + at] = (ushort)Math.Round(Math.Min(score, 0.999) * 1000);
                }
            }
        }

        return scores;
    }

    /// <summary>Gradient descent: an intercept for each code level, and one slope.</summary>
    private static double[] Fit(List<(NameFinding Name, bool Right)> seen, int step)
    {
        var weights = new double[NameModel.CodeLevels + 1];
        weights[^1] = 0.1;
        var gradient = new double[weights.Length];
        var curvature = new double[weights.Length];
        for (var round = 0; round < 300; round++)
        {
            // A little pull to the middle keeps levels that were hardly seen where they are.
            for (var i = 0; i < weights.Length; i++)
            {
                gradient[i] = -0.5 * weights[i];
                curvature[i] = 0.5;
            }

            foreach (var (name, right) in seen)
            {
                var margin = Math.Min(name.Margin / (double)step, NameModel.ScoreSteps);
                var score = 1 / (1 + Math.Exp(-(weights[name.CodeLevel] + (weights[^1] * margin))));
                var error = (right ? 1 : 0) - score;
                gradient[name.CodeLevel] += error;
                gradient[^1] += error * margin;
                curvature[name.CodeLevel] += score * (1 - score);
                curvature[^1] += score * (1 - score) * margin * margin;
            }

            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] += 0.5 * gradient[i] / curvature[i];
            }
        }

        return weights;
    }
}
