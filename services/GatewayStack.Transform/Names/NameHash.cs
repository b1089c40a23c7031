namespace GatewayStack.Transform.Names;

/// <summary>The hashes that the lists and the weights are addressed by. Part of the format of the weights file: a change makes old files useless.</summary>
internal static class NameHash
{
    /// <summary>The beginning of a chain.</summary>
    public const uint Seed = 0x9E3779B9;

    /// <summary>A word, without regard to case.</summary>
    public static uint Word(ReadOnlySpan<char> word)
    {
        var hash = Seed;
        foreach (var c in word)
        {
            hash = (hash ^ Lower(c)) * 0x01000193;
        }

        return Mix(hash);
    }

    /// <summary>Two hashes in their order.</summary>
    public static uint Join(uint first, uint second) => Mix((first * 0x85EBCA6B) + second + 0x165667B1);

    /// <summary>The small form of a character; digits are one, curly apostrophes straight.</summary>
    public static char Lower(char c)
    {
        if (c < 128)
        {
            return c is >= 'A' and <= 'Z' ? (char)(c | 0x20) : c is >= '0' and <= '9' ? '0' : c;
        }

        return c == '’' ? '\'' : char.ToLowerInvariant(c);
    }

    /// <summary>Spreads the bits.</summary>
    public static uint Mix(uint hash)
    {
        hash ^= hash >> 15;
        hash *= 0x2C1B3C6D;
        hash ^= hash >> 12;
        hash *= 0x297A2D39;
        return hash ^ (hash >> 15);
    }
}
