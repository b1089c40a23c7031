namespace GatewayStack.Transform.Names.Scripts;

/// <summary>Names of Thai: a given name of the lists behind a title or before a surname of the lists.</summary>
internal static class ThaiNames
{
    private const int LongestGiven = 16;
    private const int ShortestGiven = 3;

    private static readonly ScriptWords Titles = ScriptLists.Words("th.titles");
    private static readonly ScriptWords Ordinary = ScriptLists.Words("th.ordinary");
    private static readonly ScriptWords Civil = ScriptLists.Words("th.civil");
    private static readonly ScriptWords NoNames = ScriptLists.Words("th.no.name");
    private static readonly ScriptWords Fields = ScriptLists.Words("th.fields");
    private static readonly ScriptWords Given = ScriptLists.Words("th.given");
    private static readonly ScriptWords Surnames = ScriptLists.Words("th.surnames");
    private static readonly ScriptWords Cities = ScriptLists.Words("th.cities");
    private static readonly ScriptWords BeforeCity = ScriptLists.Words("th.before.city");

    /// <summary>Reads a run of Thai.</summary>
    public static void Read(ReadOnlySpan<char> unit, int start, int end, NameLexicon lexicon, ScriptFindings into)
    {
        for (var at = start; at < end;)
        {
            if (unit[at] is < '\u0E01' or > '\u0E46')
            {
                at++;
                continue;
            }

            var next = City(unit, at, end, into);
            next = next > at ? next : Name(unit, at, end, lexicon, into);
            at = Math.Max(at + 1, next);
        }
    }

    private static int City(ReadOnlySpan<char> unit, int at, int end, ScriptFindings into)
    {
        if (Cities.LengthAt(unit[at..end]) is not (> 0 and var length) || BeforeCity.LengthBefore(unit[..at].TrimEnd(' ')) == 0)
        {
            return 0;
        }

        into.Place(at, at + length);
        return at + length;
    }

    private static bool IsBorder(ReadOnlySpan<char> unit, int at) => at == 0 || !IsThai(unit[at - 1]);

    private static bool IsThai(char c) => c is >= '\u0E01' and <= '\u0E4E';

    /// <summary>A name of no list behind a civil title: all up to the blank, and the family's name up to the next one, as forms and letters write them.</summary>
    private static int Unlisted(ReadOnlySpan<char> unit, int at, ScriptFindings into)
    {
        var end = RunEnd(unit, at);
        if (end - at is < ShortestGiven or > LongestGiven || NoNames.LengthAt(unit[at..end]) > 0)
        {
            return 0;
        }

        var family = end < unit.Length && unit[end] == ' ' ? RunEnd(unit, end + 1) : end;
        family = family - end - 1 is >= ShortestGiven and <= LongestGiven && Fields.LengthAt(unit[(end + 1)..family]) == 0 ? family : end;
        into.Person(at, family, ScriptNames.Said);
        return family;
    }

    private static int RunEnd(ReadOnlySpan<char> unit, int at)
    {
        while (at < unit.Length && IsThai(unit[at]))
        {
            at++;
        }

        return at;
    }

    private static int Name(ReadOnlySpan<char> unit, int at, int end, NameLexicon lexicon, ScriptFindings into)
    {
        var before = unit[..ScriptNames.KeyEnd(unit, at, out _)];
        var isTitled = Titles.LengthBefore(before) > 0;
        var given = Given.LengthAt(unit[at..end]);
        for (var length = Math.Min(LongestGiven, end - at); isTitled && length > given && length >= ShortestGiven; length--)
        {
            if (ScriptNames.Is(lexicon, unit.Slice(at, length), WordFlags.Given) && !Ordinary.Contains(unit.Slice(at, length)))
            {
                given = length;
            }
        }

        if (given == 0)
        {
            return Civil.LengthBefore(unit[..at]) is > 0 and var title && IsBorder(unit, at - title) ? Unlisted(unit, at, into) : 0;
        }

        var nameEnd = at + given;
        var family = nameEnd < unit.Length && unit[nameEnd] == ' ' ? nameEnd + 1 : nameEnd;
        var surname = Surnames.LengthAt(unit[family..]);
        if (!isTitled && surname == 0)
        {
            return 0;
        }

        nameEnd = surname > 0 ? family + surname : nameEnd;
        into.Person(at, nameEnd, isTitled ? ScriptNames.Said : ScriptNames.Listed);
        return nameEnd;
    }
}
