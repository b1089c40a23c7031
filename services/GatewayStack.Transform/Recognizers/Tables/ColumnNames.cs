using System.Buffers;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>Names of persons and of organisations in cells.</summary>
internal static class ColumnNames
{
    private const int LongestName = 48;
    private const int ShortestOrganization = 3;
    private const int MostWords = 5;

    /// <summary>So many characters has a name of Chinese, Japanese or Korean at most, a blank inside included.</summary>
    private const int LongestHan = 7;

    private static readonly SearchValues<char> Code = SearchValues.Create("@_=<>{}[]\\*:?%");

    /// <summary>A name below a head that says it is a person's.</summary>
    public static bool IsPerson(ReadOnlySpan<char> cell, out int length) => IsWritten(cell, out length, out _, out _);

    /// <summary>Two words, one of them a usual given name: below this head stand other things too.</summary>
    public static bool IsKnownPerson(ReadOnlySpan<char> cell, out int length) => IsWritten(cell, out length, out var words, out var isKnown) && words > 1 && isKnown;

    /// <summary>A company, a school, a club.</summary>
    public static bool IsOrganization(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        if (cell.Length is < ShortestOrganization or > LongestName || !(char.IsUpper(cell[0]) || char.IsAsciiDigit(cell[0])) || cell.ContainsAny(Code)
            || ColumnValues.Digits(cell) > 4 || ColumnValues.IsNothing(cell))
        {
            return false;
        }

        var words = 0;
        var others = 0;
        var letters = 0;
        foreach (var range in cell.Split(' '))
        {
            var word = cell[range].Trim(",.&()'\"");
            words += word.IsEmpty ? 0 : 1;
            others += NameWords.IsOther(word) ? 1 : 0;
            foreach (var c in word)
            {
                letters += char.IsLetter(c) ? 1 : 0;
            }
        }

        return letters >= ShortestOrganization && words <= 7 && others < words;
    }

    /// <summary>A few short words of a script without capitals.</summary>
    private static bool IsUncasedName(ReadOnlySpan<char> cell, ref int length, ref int words, ref bool isKnown)
    {
        var longest = WordStart.IsUnblanked(cell[0]) && cell[0] >= '\u2E80' ? LongestHan : LongestName;
        length = cell.Length;
        words = cell.Count(' ') + 1;
        isKnown = words > 1 || longest == LongestHan;
        words = Math.Max(words, longest == LongestHan ? 2 : 1);
        if (cell.Length > longest || words > MostWords)
        {
            return false;
        }

        foreach (var c in cell)
        {
            if (!(WordStart.IsUncased(c) || WordStart.IsMark(c) || c is ' ' or '-' or '.' or '\'' or '·' or '・' or 'ー'))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>One to five words with capitals, particles and initials among them; surname and given name may have a comma between them.</summary>
    private static bool IsWritten(ReadOnlySpan<char> cell, out int length, out int words, out bool isKnown)
    {
        (length, words, isKnown) = (0, 0, false);
        if (cell.Length > 1 && WordStart.IsUncased(cell[0]))
        {
            return IsUncasedName(cell, ref length, ref words, ref isKnown);
        }

        var end = cell.IndexOf('(') is > 0 and var bracket ? bracket : cell.Length;
        var name = cell[..end].TrimEnd(" ,");
        if (name.Length is < 2 or > LongestName || !char.IsUpper(name[0]) || ColumnValues.IsNothing(name))
        {
            return false;
        }

        var letters = 0;
        var lowers = 0;
        foreach (var range in name.Split(' '))
        {
            var word = name[range].Trim(".,");
            if (word.IsEmpty)
            {
                continue;
            }

            foreach (var c in word)
            {
                if (!(char.IsLetter(c) || c is '\'' or '’' or '-' or '.'))
                {
                    return false;
                }

                letters++;
                lowers += char.IsLower(c) ? 1 : 0;
            }

            if (NameWords.IsTitle(word) || (NameWords.IsParticle(word) && char.IsLower(word[0])))
            {
                continue;
            }

            if (!char.IsUpper(word[0]) || NameWords.IsOther(word))
            {
                return false;
            }

            isKnown |= NameWords.IsGiven(word);
            words++;
        }

        length = name.Length;
        return words is >= 1 and <= MostWords && letters >= 2 && (lowers > 0 || letters > 4 || words > 1) && name.Count(',') <= 1;
    }
}
