using System.Collections.Frozen;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Recognizers;
using GatewayStack.Transform.Recognizers.Credentials;
using GatewayStack.Transform.Recognizers.Tables;

namespace GatewayStack.Transform.Scanning;

/// <summary>What is written where names stand and is none by what it says: a language, the head of a table, a word for a password and where that is to be found.</summary>
/// <remarks>Nothing is looked at but the line of a name, and of a long line what is near: a text in pieces gives what the whole text gives.</remarks>
internal static class FalseNames
{
    private const int Reach = 200;
    private const int LongestCell = 28;
    private const int MostDigits = 2;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Heads = HeadWords()
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Passwords =
        SecretWords.Password.Where(w => w.Length > 4).ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>"See": where a password is said to be.</summary>
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> See = WordSet.Of(
        "viz viď pozri patrz zob lásd ld glej gl vidi vezi see siehe voir ver véase vedi zie se katso bkz");

    /// <summary>True for what is no name.</summary>
    public static bool Are(ReadOnlySpan<char> text, int start, int end, string type) =>
        (type == EntityTypes.Person && (LanguageWords.Are(text, start) || FieldWords.Are(text, start, end) || IsOfPassword(text, start, end))) || AreHeads(text, start, end);

    /// <summary>"heslo", and "viz obálka" behind it.</summary>
    private static bool IsOfPassword(ReadOnlySpan<char> text, int start, int end)
    {
        var name = text[start..end];
        if (Passwords.Contains(name))
        {
            return true;
        }

        var word = name[..(name.IndexOf(' ') is >= 0 and var blank ? blank : name.Length)];
        var before = text[Math.Max(0, start - LongestCell)..start].TrimEnd(' ');
        return See.Contains(word) && before is [.., ':' or '='] && before[..^1].TrimEnd(' ') is var key && Passwords.Contains(key[(key.LastIndexOfAny(" \n\t") + 1)..]);
    }

    /// <summary>Whole cells of a line that has nothing but names of columns, at least half of which are known.</summary>
    private static bool AreHeads(ReadOnlySpan<char> text, int start, int end)
    {
        var before = text[Math.Max(0, start - Reach)..start];
        var first = before.LastIndexOf('\n');
        var behind = text[end..Math.Min(text.Length, end + Reach)];
        var last = behind.IndexOf('\n');
        if ((first < 0 && before.Length == Reach) || (last < 0 && behind.Length == Reach))
        {
            return false;
        }

        var from = start - before.Length + first + 1;
        var to = last < 0 ? text.Length : end + last;
        var line = text[from..to];
        var separator = line.IndexOfAny("\t|;,");
        if (separator < 0 || line.ContainsAny(".!?@:"))
        {
            return false;
        }

        var (cells, known) = (0, 0);
        foreach (var range in line.Split(line[separator]))
        {
            var (offset, length) = range.GetOffsetAndLength(line.Length);
            var cell = line[range].Trim(" \r\"'`*_");
            var isKnown = Heads.Contains(cell);
            if (cell.Length > LongestCell || Digits(cell) > MostDigits || (!isKnown && from + offset < end && from + offset + length > start))
            {
                return false;
            }

            (cells, known) = (cells + 1, known + (isKnown ? 1 : 0));
        }

        return cells > 1 && 2 * known >= cells;
    }

    private static int Digits(ReadOnlySpan<char> cell)
    {
        var count = 0;
        foreach (var c in cell)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }

    private static IEnumerable<string> HeadWords() =>
    [
        .. ColumnHeads.Births, .. ColumnHeads.Ages, .. ColumnHeads.Logins, .. ColumnHeads.Streets, .. ColumnHeads.Postcodes, .. ColumnHeads.Persons, .. ColumnHeads.AnyNames,
        .. ColumnHeads.Organizations, .. ColumnHeads.Passports, .. ColumnHeads.Licenses,
        .. ("id|first|last|middle|middle name|title|email|e-mail|mail|phone|phone number|tel|mobile|fax|city|town|country|state|region|county|department|dept|team|role|job title|position|"
            + "ssn|iban|bic|card|card number|card_number|cvv|password|pin|notes|note|comment|comments|amount|total|price|quantity|qty|date|time|status|type|order|order id|product|item|"
            + "gender|sex|nationality|language|currency|balance|bank|sort code|ip|url|website|ort|stadt|land|telefon|abteilung|betrag|datum|ville|pays|ciudad|país|città|cidade|stad|miasto").Split('|'),
    ];
}
