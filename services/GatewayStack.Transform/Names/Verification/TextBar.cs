namespace GatewayStack.Transform.Names.Verification;

/// <summary>
/// What a text as a whole must show before names in it are believed. Among many words that look like names one is sure to look like one more than it
/// should; and where one is beyond doubt, those beside it are likely to be names too. All on the scale of the second round's sums, where <see cref="Name"/> is 0.
/// </summary>
internal static class TextBar
{
    /// <summary>The log-odds that a name must have in a text whose best name reaches <see cref="OfBest"/>.</summary>
    public const double Name = -1;

    /// <summary>What it must have in a text of one unit: nothing stands elsewhere that could speak for it.</summary>
    private const double NameAlone = -0.25;

    /// <summary>By how much the bar for the best name grows with the logarithm of the number of candidates.</summary>
    private const double Growth = 0.2;

    /// <summary>More candidates raise it no further: a long text is not held to more than a page.</summary>
    private const int Most = 60;

    private static readonly int Alone = Rounded(NameAlone);

    private static readonly int[] Best = [.. Enumerable.Range(0, Most + 1).Select(candidates => Rounded(Growth * Math.Log(Math.Max(candidates, 1))))];

    /// <summary>The bar for each name of a text of so many units.</summary>
    public static int OfName(int units) => units > 1 ? 0 : Alone;

    /// <summary>The bar for the best of so many candidates.</summary>
    public static int OfBest(int candidates) => Best[Math.Clamp(candidates, 0, Most)];

    /// <summary>In sixteenths, so that no machine's logarithm shows.</summary>
    private static int Rounded(double odds) => (int)Math.Round((odds - Name) * 16) * (TreeEnsemble.Unit / 16);
}
