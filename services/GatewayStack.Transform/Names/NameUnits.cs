namespace GatewayStack.Transform.Names;

/// <summary>
/// Cuts a text into the units that are tagged by themselves: a line, or a sentence of a line. Where a unit ends depends on nothing but its own
/// characters and the one after them, so a text that arrives in pieces is cut as it would be as a whole.
/// </summary>
internal static class NameUnits
{
    /// <summary>No unit is longer, in UTF-16 units.</summary>
    public const int MaxLength = 512;

    /// <summary>A point after one of these ends no sentence. Words of one or two letters are taken for abbreviations anyway.</summary>
    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mrs", "prof", "inc", "ltd", "corp", "gmbh", "etc", "gen", "col", "sgt", "capt", "rev", "hon", "gov", "sen", "rep", "ave", "blvd", "dept",
        "univ", "approx", "bros", "messrs", "msgr", "supt", "assoc", "est", "ste", "apt", "fig", "jan", "feb", "mar", "apr", "jun", "jul", "aug",
        "sep", "sept", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun", "str", "ing", "mme", "mlle", "sra", "dra", "srta",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Abbreviations.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Where the unit that begins at a place ends.</summary>
    /// <param name="text">The text, as far as it is known.</param>
    /// <param name="start">Where the unit begins.</param>
    /// <param name="final">True when nothing follows <paramref name="text"/>.</param>
    /// <param name="complete">False when what follows may still move the end.</param>
    /// <returns>The end, exclusive.</returns>
    public static int End(ReadOnlySpan<char> text, int start, bool final, out bool complete)
    {
        var limit = (int)Math.Min(text.Length, (long)start + MaxLength);
        complete = true;
        for (var i = start; i < limit;)
        {
            var next = text[i..limit].IndexOfAny("\n.!?");
            if (next < 0)
            {
                break;
            }

            i += next;
            if (text[i] == '\n')
            {
                return i + 1;
            }

            var mark = i;
            for (i++; i < limit && text[i] is '.' or '!' or '?' or '"' or '\'' or ')' or ']' or '”' or '’'; i++)
            {
            }

            if (i < limit && text[i] is ' ' or '\t' && (text[mark] != '.' || EndsSentence(text[start..mark])))
            {
                return i + 1;
            }
        }

        if (limit - start < MaxLength)
        {
            complete = final;
            return limit;
        }

        return HardEnd(text, start, limit);
    }

    private static bool EndsSentence(ReadOnlySpan<char> before)
    {
        var begin = before.Length;
        while (begin > 0 && char.IsLetterOrDigit(before[begin - 1]))
        {
            begin--;
        }

        var word = before[begin..];
        return word.Length == 0 || char.IsAsciiDigit(word[^1]) || (word.Length > 2 && !Lookup.Contains(word));
    }

    /// <summary>A line that is too long is cut at its last blank, and failing that between two characters.</summary>
    private static int HardEnd(ReadOnlySpan<char> text, int start, int limit)
    {
        var blank = text[start..limit].LastIndexOfAny(' ', '\t');
        if (blank > 0)
        {
            return start + blank + 1;
        }

        return char.IsHighSurrogate(text[limit - 1]) ? limit - 1 : limit;
    }
}
