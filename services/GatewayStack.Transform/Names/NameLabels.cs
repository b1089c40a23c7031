namespace GatewayStack.Transform.Names;

/// <summary>The labels of tokens: outside, and for each type first, inside, last and only.</summary>
internal static class NameLabels
{
    /// <summary>Not part of a name.</summary>
    public const int Outside = 0;

    /// <summary>How many labels there are.</summary>
    public const int Count = 13;

    /// <summary>A row of weights in memory: one vector.</summary>
    public const int Stride = 16;

    /// <summary>The types in the order of their labels.</summary>
    public static readonly string[] Types = ["PERSON", "LOCATION", "ORGANIZATION"];

    private static readonly ushort[] Before = MakeBefore();

    /// <summary>The label of a token.</summary>
    public static int Of(int type, bool first, bool last) => 1 + (type * 4) + (first ? (last ? 3 : 0) : last ? 2 : 1);

    /// <summary>The type of a label other than outside.</summary>
    public static int TypeOf(int label) => (label - 1) / 4;

    /// <summary>True for labels that begin a name.</summary>
    public static bool Begins(int label) => label != Outside && (label - 1) % 4 is 0 or 3;

    /// <summary>True for labels that end a name.</summary>
    public static bool Ends(int label) => label != Outside && (label - 1) % 4 is 2 or 3;

    /// <summary>True when a name that has begun goes on after it.</summary>
    public static bool Continues(int label) => label != Outside && (label - 1) % 4 is 0 or 1;

    /// <summary>The labels that may stand before a label, as bits.</summary>
    public static ushort PredecessorsOf(int label) => Before[label];

    private static ushort[] MakeBefore()
    {
        var before = new ushort[Count];
        for (var label = 0; label < Count; label++)
        {
            for (var previous = 0; previous < Count; previous++)
            {
                var allowed = label == Outside || Begins(label)
                    ? !Continues(previous)
                    : Continues(previous) && TypeOf(previous) == TypeOf(label);
                before[label] |= (ushort)(allowed ? 1 << previous : 0);
            }
        }

        return before;
    }
}
