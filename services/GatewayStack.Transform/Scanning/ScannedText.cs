using GatewayStack.Transform.Recognizers.Cues;
using Microsoft.Extensions.ObjectPool;

namespace GatewayStack.Transform.Scanning;

/// <summary>A text that is scanned, and what several rows ask of it, which is read once.</summary>
/// <param name="units">The folded text.</param>
/// <param name="indexes">What has been read of it; null to read everything anew.</param>
internal readonly ref struct ScannedText(ReadOnlySpan<char> units, TextIndexes? indexes)
{
    /// <summary>The folded text.</summary>
    public ReadOnlySpan<char> Units { get; } = units;

    /// <summary>What has been read of it.</summary>
    public TextIndexes? Indexes { get; } = indexes;
}

/// <summary>What has been read of one text, for all rows. Belongs to one scan at a time, and is used again by the next.</summary>
internal sealed class TextIndexes
{
    private static readonly ObjectPool<TextIndexes> Pool = new DefaultObjectPool<TextIndexes>(new Policy());

    /// <summary>The words that say what a value beside them is.</summary>
    public CueIndex Cues { get; } = new();

    /// <summary>Indexes that are empty.</summary>
    public static TextIndexes Rent() => Pool.Get();

    /// <summary>Gives them back.</summary>
    public static void Return(TextIndexes indexes) => Pool.Return(indexes);

    private sealed class Policy : PooledObjectPolicy<TextIndexes>
    {
        public override TextIndexes Create() => new();

        public override bool Return(TextIndexes obj)
        {
            obj.Cues.Clear();
            return true;
        }
    }
}
