namespace GatewayStack.Transform.Evaluation.Scoring;

/// <summary>What precision and recall are made of.</summary>
internal readonly record struct Counts(long Gold, long Found, long Predicted, long Right)
{
    /// <summary>Right findings of all; 1 when there are none.</summary>
    public double Precision => Predicted == 0 ? 1 : (double)Right / Predicted;

    /// <summary>Gold spans found of all; 1 when there are none.</summary>
    public double Recall => Gold == 0 ? 1 : (double)Found / Gold;

    /// <summary>Harmonic mean of precision and recall.</summary>
    public double F1 => F(1);

    /// <summary>The same with recall four times as heavy: a miss is worse than a word too much.</summary>
    public double F2 => F(4);

    public static Counts operator +(Counts a, Counts b) => new(a.Gold + b.Gold, a.Found + b.Found, a.Predicted + b.Predicted, a.Right + b.Right);

    /// <summary>The counts taken <paramref name="times"/> times.</summary>
    public static Counts operator *(Counts a, int times) => new(a.Gold * times, a.Found * times, a.Predicted * times, a.Right * times);

    private double F(double weight)
    {
        if (Gold == 0 && Predicted == 0)
        {
            return 1;
        }

        var (p, r) = (Precision, Recall);
        return p + r == 0 || (Gold > 0 && Found == 0) ? 0 : (1 + weight) * p * r / ((weight * p) + r);
    }
}
