using System.Collections.Frozen;

namespace GatewayStack.Transform.Names.Scripts;

/// <summary>Names of Cyrillic and Greek behind a title: words with a capital, whatever the lists and the weights know of them.</summary>
internal static class TitledNames
{
    private const int Shortest = 3;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Titles = FrozenSet.ToFrozenSet(
        ("господин господина господину господином госпожа госпоже госпожу госпожой доктор доктора доктору доктором профессор профессора профессору врач врача врачу "
        + "г-н г-на г-ну г-жа г-же г-жу гр гражданин гражданка гражданина гражданке гражданки гражданину дядя дяди дяде дядю тётя тёти тёте тётю тетя тети тете тетю дед деда деду бабушка бабушке "
        + "бабушки бабушку няня няне сосед соседка соседу соседке соседа дядько дядька тітка тітки сусід сусідка громадянин громадянка громадянки громадянина г-ца господинът госпожица господин господине "
        + "госпођа госпођо доктору "
        + "пан пана пану паном пані лікар лікаря лікарю професор професора професору κύριος κύριο κυρίου κύριε κυρία κυρίας γιατρός γιατρό καθηγητής καθηγητή")
        .Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Offices = FrozenSet.ToFrozenSet(
        "президент президента президенту директор директора директору министр министра министру міністр міністра міністру директоре президенте πρόεδρος πρόεδρε υπουργός υπουργέ διευθυντής διευθυντά"
        .Split(' '), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True for letters of these scripts.</summary>
    public static bool IsLetter(char c) => c is >= '\u0370' and <= '\u052F' && char.IsLetter(c);

    /// <summary>Reads a word that may be a title.</summary>
    /// <returns>Where to go on.</returns>
    public static int Read(ReadOnlySpan<char> unit, int start, int end, ScriptFindings into)
    {
        if (!Titles.Contains(unit[start..end]))
        {
            return end;
        }

        var nameEnd = end;
        for (var words = 0; words < 3 && nameEnd + 1 < unit.Length && unit[nameEnd] == ' ' && char.IsUpper(unit[nameEnd + 1]) && IsLetter(unit[nameEnd + 1]); words++)
        {
            var wordEnd = WordEnd(unit, nameEnd + 1);
            if (wordEnd - nameEnd - 1 < Shortest || Offices.Contains(unit[(nameEnd + 1)..wordEnd]))
            {
                break;
            }

            nameEnd = wordEnd;
        }

        if (nameEnd > end)
        {
            into.Person(end + 1, nameEnd, ScriptNames.Said);
        }

        return nameEnd;
    }

    /// <summary>Where a word ends.</summary>
    public static int WordEnd(ReadOnlySpan<char> unit, int start)
    {
        while (start < unit.Length && (IsLetter(unit[start]) || (unit[start] == '-' && start + 1 < unit.Length && IsLetter(unit[start + 1]))))
        {
            start++;
        }

        return start;
    }
}
