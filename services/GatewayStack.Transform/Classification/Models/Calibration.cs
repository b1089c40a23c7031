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
}
