namespace GatewayStack.Transform.Classification.Models;

/// <summary>Turns a head's score into a probability: Platt's curve, in ML.NET's form.</summary>
/// <param name="Slope">Factor of the score; negative.</param>
/// <param name="Offset">What is added.</param>
internal readonly record struct Calibration(double Slope, double Offset)
{
    /// <summary>A text of so many pieces is short: the curves are fitted on texts that are no longer.</summary>
    public const int ShortText = 8;

    /// <summary>The odds of a text fall no further than those of one of so many pieces: else filling would hide any attack.</summary>
    public const int LongText = 8 * ShortText;

    /// <summary>The best window of a text says no more than this, in log-odds: one line cannot outweigh a whole text, and a probability in single
    /// precision tells no more apart.</summary>
    private const double MostOfOne = 8;

    /// <summary>The probability.</summary>
    public double Probability(float score) => 1 / (1 + Math.Exp((Slope * score) + Offset));

    /// <summary>
    /// What a probability that holds for a short text comes to when it is the highest of many in a long one. That a text is an attack does not become
    /// likelier by its length, so each of its places is the less likely to be one, and the odds fall with their number, up to a bound.
    /// </summary>
    /// <param name="highest">The highest probability.</param>
    /// <param name="pieces">How many pieces the text has.</param>
    public static double OfLongText(double highest, int pieces)
    {
        var odds = highest / (1 - highest) * ShortText / Math.Clamp(pieces, ShortText, LongText);
        return double.IsPositiveInfinity(odds) ? 1 : odds / (1 + odds);
    }

    /// <summary>The probability of a text by its best window and by the whole of it: their mean, in log-odds.</summary>
    public double OfWholeText(float best, float whole) => Mean(-((Slope * best) + Offset), -((Slope * whole) + Offset));

    /// <summary>The same of what somebody else's model says of them.</summary>
    public static double OfWholeText(double best, double whole) => Mean(Math.Log(best / (1 - best)), Math.Log(whole / (1 - whole)));

    private static double Mean(double best, double whole) => 1 / (1 + Math.Exp(-(Math.Min(best, MostOfOne) + Math.Min(whole, MostOfOne)) / 2));

    /// <summary>The probability for a text of so many pieces: where one place decides, the odds fall with their number.</summary>
    public static double OfText(HeadUnit unit, double probability, int pieces) => unit == HeadUnit.Text ? probability : OfLongText(probability, pieces);
}
