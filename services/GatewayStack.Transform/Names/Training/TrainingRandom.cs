namespace GatewayStack.Transform.Names.Training;

/// <summary>Numbers that look random and are the same for the same seed on every machine and runtime (SplitMix64).</summary>
internal sealed class TrainingRandom(int seed)
{
    private ulong _state = (ulong)seed;

    /// <summary>A number from 0 up to a bound, exclusive.</summary>
    public int Next(int bound) => (int)((Step() >> 33) % (ulong)bound);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Percent(int of) => Next(100) < of;

    /// <summary>One of a list.</summary>
    public T Pick<T>(IReadOnlyList<T> of) => of[Next(of.Count)];

    /// <summary>Brings a list into another order.</summary>
    public void Shuffle<T>(IList<T> items)
    {
        for (var i = items.Count - 1; i > 0; i--)
        {
            var other = Next(i + 1);
            (items[i], items[other]) = (items[other], items[i]);
        }
    }

    private ulong Step()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
