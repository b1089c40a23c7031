namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Evidence is added as log-odds; a score is the probability that comes of it.</summary>
internal static class LogOdds
{
    /// <summary>The logistic function.</summary>
    public static double ToProbability(double evidence) => 1 / (1 + Math.Exp(-evidence));
}
