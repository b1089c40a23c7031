using System.Globalization;

namespace GatewayStack.Transform.Classification.Training;

/// <summary>How well scores tell yes from no.</summary>
/// <param name="Auc">Probability that a yes scores higher than a no.</param>
/// <param name="RecallAt1">Share of the yes found at 1 % false positives.</param>
/// <param name="RecallAt5">The same at 5 %.</param>
/// <param name="Recall">Share of the yes found at probability 0.5.</param>
/// <param name="FalsePositives">Share of the no taken for yes at probability 0.5.</param>
/// <param name="CalibrationError">Expected calibration error over ten equal parts of the probability.</param>
/// <param name="Yes">How many yes.</param>
/// <param name="No">How many no.</param>
internal sealed record Measures(double Auc, double RecallAt1, double RecallAt5, double Recall, double FalsePositives, double CalibrationError, int Yes, int No)
{
    /// <summary>Measures.</summary>
    /// <param name="answers">Probability and truth of each text.</param>
    public static Measures Of(IReadOnlyList<(double Probability, bool Label)> answers)
    {
        var sorted = answers.OrderByDescending(a => a.Probability).ToList();
        int yes = sorted.Count(a => a.Label), no = sorted.Count - yes;
        double area = 0, at1 = 0, at5 = 0;
        int found = 0, wrong = 0;
        for (var i = 0; i < sorted.Count;)
        {
            // Equal scores cannot be told apart: they count together.
            int moreFound = 0, moreWrong = 0;
            var score = sorted[i].Probability;
            for (; i < sorted.Count && sorted[i].Probability == score; i++)
            {
                moreFound += sorted[i].Label ? 1 : 0;
                moreWrong += sorted[i].Label ? 0 : 1;
            }

            area += moreWrong * (found + (moreFound / 2.0));
            found += moreFound;
            wrong += moreWrong;
            at1 = wrong <= 0.01 * no ? found : at1;
            at5 = wrong <= 0.05 * no ? found : at5;
        }

        var error = answers.GroupBy(a => (int)Math.Min(9, a.Probability * 10))
            .Sum(g => Math.Abs(g.Average(a => a.Probability) - g.Average(a => a.Label ? 1.0 : 0)) * g.Count()) / Math.Max(1, answers.Count);
        return new Measures(
            yes == 0 || no == 0 ? double.NaN : area / ((double)yes * no),
            yes == 0 || no == 0 ? double.NaN : at1 / yes,
            yes == 0 || no == 0 ? double.NaN : at5 / yes,
            yes == 0 ? double.NaN : answers.Count(a => a.Label && a.Probability >= 0.5) / (double)yes,
            no == 0 ? double.NaN : answers.Count(a => !a.Label && a.Probability >= 0.5) / (double)no,
            error,
            yes,
            no);
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"yes {Yes,5} no {No,5}  AUC {Auc:0.000}  R@1% {RecallAt1:0.000}  R@5% {RecallAt5:0.000}  "
        + $"| at 0.5: recall {Recall:0.000} false {FalsePositives:0.0000}  ECE {CalibrationError:0.000}");
}
