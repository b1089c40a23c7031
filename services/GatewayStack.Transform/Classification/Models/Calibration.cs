namespace GatewayStack.Transform.Classification.Models;

/// <summary>Turns a head's score into a probability: Platt's curve, in ML.NET's form.</summary>
/// <param name="Slope">Factor of the score; negative.</param>
/// <param name="Offset">What is added.</param>
internal readonly record struct Calibration(double Slope, double Offset)
{
    /// <summary>The probability.</summary>
    public double Probability(float score) => 1 / (1 + Math.Exp((Slope * score) + Offset));
}
