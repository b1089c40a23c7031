using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Names.Scripts;

/// <summary>
/// Names in scripts without capitals (Han, kana, Hangul, Thai, Hebrew, Arabic, Devanagari), and behind titles of Cyrillic and Greek. Nothing in such a script looks like
/// a name: one is what a list or a word beside it says is one. A clause never is.
/// </summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class ScriptNames
{
    /// <summary>The score where a word beside the name says so.</summary>
    public const double Said = 0.95;

    /// <summary>The score where only lists say so.</summary>
    public const double Listed = 0.8;

    private readonly SpacedNames _hebrew = new("he", '\u0590', '\u05FF');
    private readonly SpacedNames _arabic = new("ar", '\u0600', '\u06FF');
    private readonly SpacedNames _devanagari = new("hi", '\u0900', '\u097F');

    /// <summary>Finds the names of a unit.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="offset">Where it begins in the text.</param>
    /// <param name="lexicon">The lists of names.</param>
    /// <param name="found">Added to.</param>
    public void Read(ReadOnlySpan<char> unit, int offset, NameLexicon lexicon, List<NameSpan> found)
    {
        var first = unit.IndexOfAnyInRange('\u0370', '\uD7FF');
        if (first < 0)
        {
            return;
        }

        var into = new ScriptFindings(offset, found);
        bool hebrew = false, arabic = false, devanagari = false;
        for (var i = first; i < unit.Length;)
        {
            var c = unit[i];
            var end = i + 1;
            switch (c)
            {
                case < '\u0590':
                    end = TitledNames.IsLetter(c) ? TitledNames.Read(unit, i, TitledNames.WordEnd(unit, i), into) : end;
                    break;
                case <= '\u05FF':
                    hebrew = true;
                    break;
                case <= '\u06FF':
                    arabic = true;
                    break;
                case >= '\u0900' and <= '\u097F':
                    devanagari = true;
                    break;
                case >= '\u0E00' and <= '\u0E7F':
                    end = RunEnd(unit, i, static c => c is >= '\u0E00' and <= '\u0E7F');
                    ThaiNames.Read(unit, i, end, lexicon, into);
                    break;
                case >= '\uAC00' and <= '\uD7A3':
                    end = RunEnd(unit, i, static c => c is >= '\uAC00' and <= '\uD7A3');
                    KoreanNames.Read(unit, i, end, lexicon, into);
                    break;
                default:
                    if (HanNames.IsHan(c) || HanNames.IsKana(c))
                    {
                        end = RunEnd(unit, i, static c => HanNames.IsHan(c) || HanNames.IsKana(c));
                        HanNames.Read(unit, i, end, lexicon, into);
                    }

                    break;
            }

            i = end;
        }

        if (hebrew)
        {
            _hebrew.Read(unit, lexicon, into);
        }

        if (arabic)
        {
            _arabic.Read(unit, lexicon, into);
        }

        if (devanagari)
        {
            _devanagari.Read(unit, lexicon, into);
        }
    }

    /// <summary>Whether a list of names has a word.</summary>
    public static bool Is(NameLexicon lexicon, ReadOnlySpan<char> word, WordFlags flags) => (lexicon.Find(NameHash.Word(word), out _) & flags) != WordFlags.None;

    /// <summary>Where the key ends whose value begins at a place, marks and blanks between them left out; and whether a mark such as a colon is between them.</summary>
    public static int KeyEnd(ReadOnlySpan<char> unit, int start, out bool isMarked)
    {
        isMarked = false;
        while (start > 0 && unit[start - 1] is ' ' or '\t' or '"' or '\'' or '*' or '“' or '「' or ':' or '=' or '|')
        {
            start--;
            isMarked |= unit[start] is ':' or '=' or '|';
        }

        return start;
    }

    private static int RunEnd(ReadOnlySpan<char> unit, int start, Func<char, bool> belongs)
    {
        while (start < unit.Length && belongs(unit[start]))
        {
            start++;
        }

        return start;
    }
}

/// <summary>Takes what is found in one unit.</summary>
/// <param name="offset">Where the unit begins in the text.</param>
/// <param name="found">Added to.</param>
internal readonly struct ScriptFindings(int offset, List<NameSpan> found)
{
    /// <summary>Where the last name ends that was found in this unit; -1 for none.</summary>
    public int LastEnd => found.Count == 0 || found[^1].Start < offset ? -1 : found[^1].End - offset;

    /// <summary>Takes a person.</summary>
    public void Person(int start, int end, double score) => found.Add(new NameSpan(offset + start, offset + end, EntityTypes.Person, score));

    /// <summary>Takes a place.</summary>
    public void Place(int start, int end) => found.Add(new NameSpan(offset + start, offset + end, EntityTypes.Location, ScriptNames.Listed));
}
