namespace GatewayStack.Transform.Names.Verification;

/// <summary>
/// What the best name of a text must reach before any other is believed. Among many words that look like names one is sure to look like one more than
/// it should; and where one is beyond doubt, those beside it are likely to be names too.
/// </summary>
internal static class TextBar
{
    /// <summary>The log-odds that a name must have in a text whose best name reaches <see cref="Of"/>.</summary>
    public const double Name = -0.75;

    /// <summary>By how much the bar grows with the logarithm of the number of candidates.</summary>
    private const double Growth = 0.7;

    /// <summary>More candidates raise it no further: a long text is not held to more than a page.</summary>
    private const int Most = 60;

    private static readonly int[] Bars = [.. Enumerable.Range(0, Most + 1).Select(Rounded)];

    /// <summary>The bar for the best of so many candidates, on the scale of the second round's sums, where <see cref="Name"/> is 0.</summary>
    public static int Of(int candidates) => Bars[Math.Clamp(candidates, 0, Most)];

    /// <summary>In sixteenths, so that no machine's logarithm shows.</summary>
    private static int Rounded(int candidates) => (int)Math.Round(((Growth * Math.Log(Math.Max(candidates, 1))) - Name) * 16) * (TreeEnsemble.Unit / 16);
}
