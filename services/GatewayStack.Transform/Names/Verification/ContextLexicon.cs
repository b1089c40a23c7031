namespace GatewayStack.Transform.Names.Verification;

/// <summary>Words that tell what stands beside them, as hashes.</summary>
/// <param name="keys">Hashes of words, in ascending order.</param>
/// <param name="flags">What each tells.</param>
internal sealed class ContextLexicon(uint[] keys, uint[] flags)
{
    private readonly HashTable _words = new(keys, i => flags[i]);

    /// <summary>Hashes of words, in ascending order.</summary>
    public ReadOnlySpan<uint> Keys => keys;

    /// <summary>What each tells.</summary>
    public ReadOnlySpan<uint> Flags => flags;

    /// <summary>Looks a word up.</summary>
    public ContextFlags Find(uint hash) => (ContextFlags)_words.Find(hash);
}
