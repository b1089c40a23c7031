using System.Buffers;
using System.Collections.Frozen;
using GatewayStack.Transform.Recognizers.Dates;
using GatewayStack.Transform.Recognizers.Handles;
using GatewayStack.Transform.Recognizers.Persons;

namespace GatewayStack.Transform.Recognizers.Tables;

/// <summary>Tells whether a cell holds what its column says.</summary>
/// <param name="cell">The cell.</param>
/// <param name="length">How much of it does.</param>
internal delegate bool CellCheck(ReadOnlySpan<char> cell, out int length);

/// <summary>Whether the heads of a table allow such a column.</summary>
internal delegate bool HeadCheck(in Match head);

/// <summary>What the cells of columns look like.</summary>
internal static class ColumnValues
{
    /// <summary>From the keyword on, no head of a column is longer.</summary>
    private const int LongestHead = 96;

    private const int Oldest = 119;
    private const int LongestNumber = 24;
    private const int LongestCode = 12;
    private const int LongestNationality = 28;

    private static readonly SearchValues<char> Login = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-\\");
    private static readonly SearchValues<char> Marks = SearchValues.Create("_.0123456789");
    private static readonly SearchValues<char> Number = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 -/.");
    private static readonly SearchValues<char> Code = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-#* ");
    private static readonly SearchValues<char> Capitals = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Account = SearchValues.Create("0123456789 -/.");
    private static readonly SearchValues<char> Phone = SearchValues.Create("0123456789 ()/.-+");
    private static readonly SearchValues<char> Plate = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÜ0123456789 -·");
    private static readonly SearchValues<char> Degrees = SearchValues.Create("0123456789.,°'\"′″ +-NSEWOnsewo");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units = WordSet.Of(
        "y yr yrs year years yo m mo mos month months w wk wks weeks j jahre jahr monate mon a ans an mois años año anni anno anos ano meses mesi jaar mnd maanden lat lata rok "
            + "mies miesięcy år mån");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Nothing = WordSet.Of(
        "none n/a na nil unknown unk unbekannt keine keiner inconnu inconnue ninguna desconocido desconocida sconosciuta desconhecida onbekend nieznane okänd pending tbc tbd "
            + "yes no ja nein oui non "
        + "same other others all any various mixed local foreign domestic eu non-eu international total sum");

    /// <summary>Words behind a head's own that make it the name of another thing: <c>user type</c>, <c>passport expiry</c>.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Others = WordSet.Of(
        "type types typ tipo count role roles rolle group groups gruppe status state class klasse classe clase level manager team teams expiry expires expired exp valid until "
            + "gültig bis validité "
        + "validità date datum fecha issued issue category categoria kind score limit since story agent agents format policy version range bracket band total sum avg rate key "
            + "required check checked "
        + "verified seen copy ok file path tag tags plan tier ausgestellt ablauf");

    /// <summary>True when the keyword is a name's own word, not a part of another.</summary>
    public static bool IsName(ReadOnlySpan<char> head, int keyword, int length)
    {
        var end = keyword + length;
        if (!((keyword == 0 || !(char.IsLetterOrDigit(head[keyword - 1]) || WordStart.IsMark(head[keyword - 1]) || head[keyword - 1] is '.' or '/' or '$'))
            && (end >= head.Length || !(WordStart.IsMark(head[end]) || (char.IsLetterOrDigit(head[end]) && !(char.IsUpper(head[end]) && char.IsLower(head[end - 1]))) || head[end] is '/' or '='
                || (head[end] == '.' && end + 1 < head.Length && char.IsLetterOrDigit(head[end + 1]))))))
        {
            return false;
        }

        // The rest of the cell.
        while (end < head.Length && head[end] is not ('|' or '\t' or ';' or ',' or '\n' or '\r') && !(head[end] == ' ' && end + 1 < head.Length && head[end + 1] == ' '))
        {
            var start = end;
            while (end < head.Length && char.IsLetter(head[end]))
            {
                end++;
            }

            if (end > start && Others.Contains(head[start..end]))
            {
                return false;
            }

            end += end == start ? 1 : 0;
            if (end - keyword > LongestHead)
            {
                // A line of prose, of which every row for every line below would read all.
                return false;
            }
        }

        return true;
    }

    public static bool IsBirth(ReadOnlySpan<char> cell, out int length)
    {
        var shape = cell.Length > 0 && char.IsAsciiDigit(cell[0]) ? DateShape.Read(cell, 0) : DateShape.None;
        length = shape.End;
        return shape.End > 0 && (shape.End == cell.Length || !char.IsLetterOrDigit(cell[shape.End]));
    }

    /// <summary>A number of years, perhaps with its unit, perhaps behind a letter for the sex: <c>34</c>, <c>34 J.</c>, <c>F41</c>.</summary>
    public static bool IsAge(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        var digits = cell.Length > 1 && cell[0] is 'F' or 'M' or 'W' or 'H' or 'V' or 'K' ? cell[1..].TrimStart('/') : cell;
        var end = digits.IndexOfAnyExcept(Alphabets.Digit);
        var unit = end < 0 ? [] : digits[end..].Trim(" .");
        return (end < 0 ? digits.Length : end) is > 0 and <= 3
            && int.TryParse(end < 0 ? digits : digits[..end], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var age)
            && age is > 0 and <= Oldest && (unit.IsEmpty || Units.Contains(unit));
    }

    public static bool IsLogin(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        var name = cell.Length > 0 && cell[0] == '@' ? cell[1..] : cell;
        return name.Length is >= 3 and <= 40 && char.IsAsciiLetter(name[0]) && !name.ContainsAnyExcept(Login) && name.ContainsAnyInRange('a', 'z') && !NoNames.IsWord(name)
            && !NoNames.IsPost(name) && (!char.IsAsciiLetterUpper(name[0]) || name.ContainsAny(Marks) || name.Contains('\\')) && !Nothing.Contains(name);
    }

    /// <summary>Written as logins are: the column holds roles and teams as well.</summary>
    public static bool IsWeakLogin(ReadOnlySpan<char> cell, out int length) => IsLogin(cell, out length) && (cell[0] == '@' || LoginShape.IsLogin(cell));

    /// <summary>One word, whatever its letters: people choose them.</summary>
    public static bool IsHandle(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        var name = cell.TrimStart('@');
        return name.Length is >= 3 and <= 32 && !name.ContainsAnyExcept(Login) && new Credentials.ValueShape(name) is { Lowers: > 0 } && !NoNames.IsWord(name)
            && !Nothing.Contains(name);
    }

    public static bool IsNumber(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 5 and <= LongestNumber && !cell.ContainsAnyExcept(Number) && Digits(cell) >= 4 && !IsDate(cell);
    }

    /// <summary>A number with letters among its digits, as the numbers of lines and amounts have none.</summary>
    public static bool IsMixedNumber(ReadOnlySpan<char> cell, out int length) => IsNumber(cell, out length) && cell.ContainsAnyInRange('A', 'Z') && cell.Length >= 7;

    /// <summary>The number of a chart, which may be short.</summary>
    public static bool IsChart(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 4 and <= LongestNumber && !cell.ContainsAnyExcept(Number) && Digits(cell) >= 3 && !IsDate(cell);
    }

    /// <summary>A nationality's adjective, its country or a code of that, or several of them.</summary>
    public static bool IsNationality(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        if (cell.Length is < 1 or > LongestNationality || !char.IsLetter(cell[0]) || Nothing.Contains(cell))
        {
            return false;
        }

        foreach (var c in cell)
        {
            if (!(char.IsLetter(c) || WordStart.IsMark(c) || c is ' ' or '-' or '/' or '.' or '\'' or '&'))
            {
                return false;
            }
        }

        return cell.Length > (WordStart.IsUncased(cell[0]) ? 1 : 3) ? cell.Count(' ') <= 3 : Nationalities.IsCode(cell) || cell is "UK" or "USA";
    }

    public static bool IsAccount(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 6 and <= LongestNumber && !cell.ContainsAnyExcept(Account) && Digits(cell) >= 6 && !IsDate(cell) && !cell.Contains('.');
    }

    /// <summary>A bank and a country in six capitals, a place in two more units, and perhaps a branch in three.</summary>
    public static bool IsBankCode(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return length is 8 or 11 && !cell[..6].ContainsAnyExceptInRange('A', 'Z') && !cell[6..].ContainsAnyExcept(Capitals);
    }

    /// <summary>Degrees: one number with its fraction, or a pair of them.</summary>
    public static bool IsPosition(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        if (cell.Length is < 5 or > 44 || cell.ContainsAnyExcept(Degrees))
        {
            return false;
        }

        var degree = cell.Contains('°');
        var fraction = cell.LastIndexOf('.') is > 0 and var dot ? cell[(dot + 1)..].IndexOfAnyExcept(Alphabets.Digit) is var run and >= 0 ? run : cell.Length - dot - 1 : 0;
        return degree || (fraction >= 3 && cell.Count('.') <= 2 && Digits(cell[..cell.IndexOf('.')]) <= 3);
    }

    public static bool IsPhone(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 7 and <= 22 && cell[0] is '+' or '(' or (>= '0' and <= '9') && !cell.ContainsAnyExcept(Phone) && Digits(cell) is >= 7 and <= 15 && !IsDate(cell);
    }

    public static bool IsPlate(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 4 and <= 11 && !cell.ContainsAnyExcept(Plate) && Digits(cell) is >= 1 and <= 6 && cell.ContainsAnyInRange('A', 'Z');
    }

    public static bool IsCode(ReadOnlySpan<char> cell, out int length)
    {
        length = cell.Length;
        return cell.Length is >= 3 and <= LongestCode && !cell.ContainsAnyExcept(Code) && Digits(cell) >= 3;
    }

    /// <summary>True for what stands in a cell that holds nothing.</summary>
    public static bool IsNothing(ReadOnlySpan<char> cell) => Nothing.Contains(cell);

    public static int Digits(ReadOnlySpan<char> cell)
    {
        var count = 0;
        foreach (var c in cell)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    private static bool IsDate(ReadOnlySpan<char> cell) => char.IsAsciiDigit(cell[0]) && DateShape.Read(cell, 0) is { IsBare: false, End: > 0 };
}
