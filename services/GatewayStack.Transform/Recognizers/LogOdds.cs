namespace GatewayStack.Transform.Recognizers;

/// <summary>Evidence is added up as log-odds; a finding's score is the probability they amount to.</summary>
internal static class LogOdds
{
    /// <summary>The probability, 0 to 1.</summary>
    public static double ToProbability(double odds) => 1 / (1 + Math.Exp(-odds));
}
