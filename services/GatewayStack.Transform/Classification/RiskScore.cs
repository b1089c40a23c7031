namespace GatewayStack.Transform.Classification;

/// <summary>
/// The risk of a request: 1 - product over its types of (1 - weight x score)^(1 + log2 n), where n is how often the type was found and score its
/// best. One finding of a type gives its weight, more of it or other types add to it, and nothing that is added ever lowers it.
/// </summary>
internal struct RiskScore()
{
    private double _harmless = 1;

    /// <summary>Adds a type.</summary>
    public void Add(double weight, double score, int count) => _harmless *= Math.Pow(1 - (weight * score), 1 + Math.Log2(count));

    /// <summary>0 to 1, to four decimals.</summary>
    public readonly double Value => Math.Round(1 - _harmless, 4);
}
