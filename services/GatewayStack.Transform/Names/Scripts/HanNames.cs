using System.Buffers;

namespace GatewayStack.Transform.Names.Scripts;

/// <summary>Names of Chinese and Japanese: a surname of the lists, what follows it, and what stands on both sides.</summary>
internal static class HanNames
{
    /// <summary>What the parts of the evidence must come to.</summary>
    private const double Bar = 3;

    private static readonly SearchValues<char> Surnames = ScriptLists.Characters("han.surnames");
    private static readonly SearchValues<char> Given = ScriptLists.Characters("han.given");
    private static readonly SearchValues<char> Weak = ScriptLists.Characters("han.weak");
    private static readonly ScriptWords Doubles = ScriptLists.Words("han.double");
    private static readonly ScriptWords Keys = ScriptLists.Words("han.keys");
    private static readonly ScriptWords Intros = ScriptLists.Words("han.intros");
    private static readonly ScriptWords Sure = ScriptLists.Words("han.sure");
    private static readonly SearchValues<char> NoSurname = SearchValues.Create("百同贵貴单單复複外");
    private static readonly ScriptWords Left = ScriptLists.Words("han.left");
    private static readonly ScriptWords Honorifics = ScriptLists.Words("han.honorifics");
    private static readonly ScriptWords Right = ScriptLists.Words("han.right");
    private static readonly ScriptWords Ordinary = ScriptLists.Words("han.words");
    private static readonly ScriptWords Cities = ScriptLists.Words("han.cities");
    private static readonly ScriptWords BeforeCity = ScriptLists.Words("han.before.city");
    private static readonly ScriptWords AfterCity = ScriptLists.Words("han.after.city");
    private static readonly ScriptWords JapaneseHonorifics = ScriptLists.Words("ja.honorifics");
    private static readonly ScriptWords SureHonorifics = ScriptLists.Words("ja.sure.honorifics");
    private static readonly ScriptWords JapaneseOthers = ScriptLists.Words("ja.no.name");
    private static readonly SearchValues<char> JapaneseEnds = ScriptLists.Characters("ja.no.ends");
    private static readonly ScriptWords JapaneseLeft = ScriptLists.Words("ja.left");
    private static readonly ScriptWords NoLoans = ScriptLists.Words("ja.no.loan");
    private static readonly ScriptWords JapaneseAfter = ScriptLists.Words("ja.after");
    private static readonly SearchValues<char> JapaneseSingle = ScriptLists.Characters("ja.single");
    private static readonly SearchValues<char> JapaneseGiven = ScriptLists.Characters("ja.given");

    /// <summary>True for Chinese characters.</summary>
    public static bool IsHan(char c) => c is >= '\u3400' and <= '\u9FFF' or '々';

    /// <summary>True for Hiragana and Katakana.</summary>
    public static bool IsKana(char c) => c is >= '\u3041' and <= '\u30FF' and not '・';

    /// <summary>Reads a run of Chinese characters and kana.</summary>
    public static void Read(ReadOnlySpan<char> unit, int start, int end, NameLexicon lexicon, ScriptFindings into)
    {
        var isJapanese = unit.ContainsAnyInRange('\u3041', '\u30FA');
        for (var at = start; at < end;)
        {
            if (!IsHan(unit[at]))
            {
                at = Math.Max(at + 1, IsKatakana(unit[at]) ? Loaned(unit, at, end, into) : 0);
                continue;
            }

            var word = at + 1;
            while (word < end && IsHan(unit[word]))
            {
                word++;
            }

            var next = City(unit, at, word, into);
            next = next > at ? next : Japanese(unit, at, word, lexicon, into);
            next = next > at ? next : isJapanese ? Addressed(unit, at, word, into) : Chinese(unit, at, word, into);
            at = Math.Max(at + 1, next);
        }
    }

    private static int City(ReadOnlySpan<char> unit, int at, int word, ScriptFindings into)
    {
        var length = Cities.LengthAt(unit[at..word]);
        if (length == 0)
        {
            return 0;
        }

        var end = at + length;
        var isWhole = IsBorder(unit, at) && end == word && (end == unit.Length || !IsKana(unit[end]));
        if (isWhole || BeforeCity.LengthBefore(unit[..at]) > 0 || AfterCity.LengthAt(unit[end..]) > 0)
        {
            into.Place(at, end);
        }

        return end;
    }

    /// <summary>A name in Katakana before an honorific: <c>リー・ウェイさん</c>.</summary>
    private static int Loaned(ReadOnlySpan<char> unit, int at, int end, ScriptFindings into)
    {
        var word = at;
        var isParted = false;
        while (word < unit.Length && (IsKatakana(unit[word]) || (unit[word] is '・' or '=' && word > at && word + 1 < unit.Length && IsKatakana(unit[word + 1]))))
        {
            isParted |= !IsKatakana(unit[word]);
            word++;
        }

        if ((at > 0 && (IsHan(unit[at - 1]) || IsKatakana(unit[at - 1]) || (at > 1 && unit[at - 1] == '・' && IsKatakana(unit[at - 2])))) || word - at < 2
            || SureHonorifics.LengthAt(unit[word..]) == 0 || (!isParted && NoLoans.Contains(unit[at..word])))
        {
            return word;
        }

        into.Person(at, word, ScriptNames.Said);
        return word;
    }

    /// <summary>Two or three characters that no list has, alone before an honorific, or behind a word for who somebody is: <c>合田さん</c>, <c>担当三好様</c>.</summary>
    private static int Addressed(ReadOnlySpan<char> unit, int at, int word, ScriptFindings into)
    {
        // Some honorifics are written in characters, too, at the end of the word.
        var end = SureHonorifics.LengthAt(unit[word..]) > 0 ? word : word - SureHonorifics.LengthBefore(unit[at..word]);
        var start = at + JapaneseLeft.LengthAt(unit[at..end]);
        if ((end == word && SureHonorifics.LengthAt(unit[word..]) == 0) || end - start is < 2 or > 3 || JapaneseOthers.Contains(unit[start..end]) || JapaneseEnds.Contains(unit[end - 1]) || (start == at && !IsBorder(unit, at)))
        {
            return 0;
        }

        into.Person(start, end, ScriptNames.Said);
        return word;
    }

    private static bool IsKatakana(char c) => c is >= '\u30A1' and <= '\u30FA' or 'ー';

    private static int Japanese(ReadOnlySpan<char> unit, int at, int word, NameLexicon lexicon, ScriptFindings into)
    {
        if (!IsBorder(unit, at))
        {
            return 0;
        }

        var surname = word - at >= 3 && ScriptNames.Is(lexicon, unit.Slice(at, 3), WordFlags.Surname) ? 3
            : word - at >= 2 && ScriptNames.Is(lexicon, unit.Slice(at, 2), WordFlags.Surname) ? 2 : 0;
        var isSingle = surname == 0 && JapaneseSingle.Contains(unit[at]);
        if (surname == 0 && !isSingle)
        {
            return 0;
        }

        surname = isSingle ? 1 : surname;
        if (at + surname == word && Spaced(unit, word, lexicon, isSingle) is > 0 and var spaced)
        {
            into.Person(at, spaced, ScriptNames.Said);
            return spaced;
        }

        for (var given = 0; given <= 3 && at + surname + given <= word; given++)
        {
            var end = at + surname + given;
            if (JapaneseHonorifics.LengthAt(unit[end..]) is var honorific and > 0
                && (!isSingle || (end == word && given == 0) || (given > 0 && IsGiven(unit[(at + 1)..end], lexicon)))
                && (given == 0 || end < word || IsGiven(unit[(at + surname)..end], lexicon)))
            {
                into.Person(at, end, ScriptNames.Said);
                return end + honorific;
            }
        }

        var rest = unit[(at + surname)..word];
        if (rest.Length is > 0 and <= 3 ? !isSingle && IsGiven(rest, lexicon) : rest.IsEmpty && !isSingle && (IsKeyed(unit, at) || JapaneseAfter.LengthAt(unit[word..]) > 0))
        {
            into.Person(at, word, ScriptNames.Said);
            return word;
        }

        return 0;
    }

    /// <summary>Where the given name ends that stands behind a surname and a blank, as in letters; 0 where none does.</summary>
    private static int Spaced(ReadOnlySpan<char> unit, int surnameEnd, NameLexicon lexicon, bool isSingle)
    {
        var start = surnameEnd + 1;
        if (start >= unit.Length || unit[surnameEnd] != ' ')
        {
            return 0;
        }

        var end = start;
        while (end < unit.Length && IsHan(unit[end]))
        {
            end++;
        }

        for (var given = Math.Min(3, end - start); given > 0; given--)
        {
            if (JapaneseHonorifics.LengthAt(unit[(start + given)..]) > 0 && (!isSingle || IsGiven(unit.Slice(start, given), lexicon)))
            {
                return start + given;
            }
        }

        return !isSingle && end - start is > 0 and <= 3 && IsGiven(unit[start..end], lexicon) ? end : 0;
    }

    private static bool IsGiven(ReadOnlySpan<char> given, NameLexicon lexicon) =>
        given.Length > 0 && (JapaneseGiven.Contains(given[^1]) || ScriptNames.Is(lexicon, given, WordFlags.Given));

    private static int Chinese(ReadOnlySpan<char> unit, int at, int word, ScriptFindings into)
    {
        if (word - at is 2 or 3 or 4 && Sure.LengthBefore(unit[..at]) > 0)
        {
            into.Person(at, word, ScriptNames.Said);
            return word;
        }

        var surname = Doubles.LengthAt(unit[at..word]) is > 0 and var two ? two : Surnames.Contains(unit[at]) ? 1 : 0;
        if (surname == 0)
        {
            return 0;
        }

        if (at + surname == word && at > 0 && unit[at - 1] == '姓' && !(at > 1 && NoSurname.Contains(unit[at - 2])))
        {
            into.Person(at, word, ScriptNames.Said);
            return word;
        }

        var left = Before(unit, at, into.LastEnd);
        for (var given = 2; given >= 0; given--)
        {
            var end = at + surname + given;
            if (end > word || Ordinary.Contains(unit[at..end]))
            {
                continue;
            }

            var typical = 0.0;
            var known = 0;
            foreach (var c in unit[(at + surname)..end])
            {
                var weight = Given.Contains(c) ? 1 : Weak.Contains(c) ? 0.5 : 0;
                typical += weight;
                known += weight > 0 ? 1 : 0;
            }

            var isBorder = end == word;
            var isTitled = Honorifics.LengthAt(unit[end..]) > 0;
            var right = isTitled ? 2.5 : Right.LengthAt(unit[end..]) > 0 ? 0.75 : isBorder ? 0.5 : 0;
            var isSaid = given == 0 ? isTitled && left > 0 : known > 0 || (left >= 3 && isBorder);
            if (isSaid && left + typical + right + (known == 2 || surname == 2 ? 0.5 : 0) >= Bar)
            {
                into.Person(at, end, isTitled || left >= 2 ? ScriptNames.Said : ScriptNames.Listed);
                return end;
            }
        }

        return 0;
    }

    /// <summary>What stands before a name: a key, an introduction, another name of a list, a word such as "to", or a border.</summary>
    private static double Before(ReadOnlySpan<char> unit, int at, int lastEnd)
    {
        var key = ScriptNames.KeyEnd(unit, at, out var isMarked);
        if (Keys.LengthBefore(unit[..key]) > 0)
        {
            return isMarked ? 3 : 2;
        }

        if (Intros.LengthBefore(unit[..at]) > 0)
        {
            return 2;
        }

        if (lastEnd > 0 && at - lastEnd is 1 or 2 && unit[lastEnd] is '、' or ',')
        {
            return 2;
        }

        return Left.LengthBefore(unit[..at]) is > 0 and var length ? (IsBorder(unit, at - length) ? 1.5 : 1) : IsBorder(unit, at) ? 0.5 : 0;
    }

    private static bool IsKeyed(ReadOnlySpan<char> unit, int at) => Keys.LengthBefore(unit[..ScriptNames.KeyEnd(unit, at, out _)]) > 0;

    private static bool IsBorder(ReadOnlySpan<char> unit, int at) => at == 0 || !IsHan(unit[at - 1]);
}
