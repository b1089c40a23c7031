using System.Buffers;
using GatewayStack.Transform.Recognizers;
using static GatewayStack.Transform.Checksums.CheckDigits;

namespace GatewayStack.Transform.Checksums;

/// <summary>Rules of the numbers that European states give. Codes are capitals and digits only, as long as their masks say.</summary>
internal static class EuropeanIds
{
    private static readonly SearchValues<char> NotOnGermanCards = SearchValues.Create("ABDEIOQSU");

    private const string SpanishLetters = "TRWAGMYFPDXBNJZSQVHLCKE";

    /// <summary>2,000,000,000 modulo 97.</summary>
    private const int BornSince2000 = 2_000_000_000 % 97;

    public static bool UkNino(ReadOnlySpan<char> code) =>
        !"DFIQUV".Contains(code[0]) && !"DFIQUVO".Contains(code[1]) && code[..2] is not ("BG" or "GB" or "KN" or "NK" or "NT" or "TN" or "ZZ")
        && (code.Length == 8 || code[8] is >= 'A' and <= 'D');

    public static bool UkNhs(ReadOnlySpan<char> code) => !AreSame(code) && Sum(code, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;

    public static bool UkUtr(ReadOnlySpan<char> code) => "21987654321"[Sum(code[1..], 6, 7, 8, 9, 10, 5, 4, 3, 2) % 11] == code[0];

    public static bool UkDriver(ReadOnlySpan<char> code)
    {
        var month = Number(code.Slice(6, 2));
        return IsDay(month > 50 ? month - 50 : month, Number(code.Slice(8, 2))) && !code[..5].ContainsAnyInRange('0', '8');
    }

    public static bool GermanTax(ReadOnlySpan<char> code)
    {
        if (code[0] == '0' || !IsMod1110(code))
        {
            return false;
        }

        // Of the first ten digits one stands two or three times, and no more than three.
        Span<int> counts = stackalloc int[10];
        var most = 0;
        foreach (var digit in code[..10])
        {
            most = Math.Max(most, ++counts[digit - '0']);
        }

        return most is 2 or 3;
    }

    public static bool GermanPension(ReadOnlySpan<char> code)
    {
        var day = Number(code.Slice(2, 2));
        if (!IsDay(Number(code.Slice(4, 2)), day > 50 ? day - 50 : day))
        {
            return false;
        }

        var letter = code[8] - 'A' + 1;
        ReadOnlySpan<char> digits = [.. code[..8], (char)('0' + (letter / 10)), (char)('0' + (letter % 10)), code[9], code[10]];
        return CrossSum(digits, [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == code[11] - '0';
    }

    public static bool GermanHealth(ReadOnlySpan<char> code)
    {
        var letter = code[0] - 'A' + 1;
        ReadOnlySpan<char> digits = [(char)('0' + (letter / 10)), (char)('0' + (letter % 10)), .. code[1..9]];
        return CrossSum(digits, [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 == code[9] - '0';
    }

    /// <summary>Serial numbers of cards and passports are written in consonants and digits.</summary>
    public static bool GermanCard(ReadOnlySpan<char> code) => !code.ContainsAny(NotOnGermanCards) && code.ContainsAny(Alphabets.Digit)
        && (code.Length < 10 || Icao(code[..9]) == code[9] - '0');

    public static bool Austrian(ReadOnlySpan<char> code) =>
        code[0] != '0' && Sum(code, 3, 7, 9, 0, 5, 8, 4, 2, 1, 6) % 11 == code[3] - '0' && Number(code.Slice(4, 2)) is >= 1 and <= 31 && Number(code.Slice(6, 2)) is >= 1 and <= 15;

    public static bool Swiss(ReadOnlySpan<char> code) => code.StartsWith("756") && IsEan(code);

    public static bool French(ReadOnlySpan<char> code)
    {
        Span<char> digits = stackalloc char[code.Length];
        code.CopyTo(digits);
        var corsican = code[6] is 'A' or 'B' ? code[6] : '\0';
        if (corsican != '\0')
        {
            digits[6] = corsican == 'A' ? '9' : '8';
            digits[5] = '1';
        }

        if (digits.ContainsAnyExcept(Alphabets.Digit) || code[0] is not ('1' or '2' or '3' or '4' or '7' or '8') || !IsMonth(Number(code.Slice(3, 2))))
        {
            return false;
        }

        return code.Length == 13 || 97 - Mod(digits[..13], 97) == Number(code[13..15]);

        static bool IsMonth(int month) => month is (>= 1 and <= 12) or (>= 20 and <= 42) or >= 50;
    }

    public static bool SpanishNif(ReadOnlySpan<char> code) => SpanishLetters[Number(code[..8]) % 23] == code[8];

    public static bool SpanishNie(ReadOnlySpan<char> code) =>
        code[0] is 'X' or 'Y' or 'Z' && SpanishLetters[(((code[0] - 'X') * 10_000_000) + Number(code[1..8])) % 23] == code[8];

    public static bool SpanishSocial(ReadOnlySpan<char> code) => Number(code[..2]) is >= 1 and <= 66
        && Mod(code[2] == '0' ? [.. code[..2], .. code[3..10]] : code[..10], 97) == Number(code[10..]);

    public static bool Italian(ReadOnlySpan<char> code)
    {
        ReadOnlySpan<byte> odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(code[i]) ? code[i] - '0' : code[i] - 'A';
            sum += i % 2 == 0 ? odd[value] : value;
        }

        return "ABCDEHLMPRST".Contains(code[8]) && sum % 26 == code[15] - 'A';
    }

    public static bool Portuguese(ReadOnlySpan<char> code) =>
        code[0] is not ('0' or '4' or '7') && 11 - (Sum(code, 9, 8, 7, 6, 5, 4, 3, 2) % 11) is var check && (check > 9 ? 0 : check) == code[8] - '0';

    public static bool Dutch(ReadOnlySpan<char> code) => !AreSame(code) && Sum(code, 9, 8, 7, 6, 5, 4, 3, 2, -1) is var sum and not 0 && sum % 11 == 0;

    public static bool Belgian(ReadOnlySpan<char> code)
    {
        var check = Number(code[9..]);
        return Number(code.Slice(2, 2)) is <= 12 or (>= 20 and <= 32) or (>= 40 and <= 52) && Number(code.Slice(4, 2)) <= 31
            && (97 - Mod(code[..9], 97) == check || 97 - ((Mod(code[..9], 97) + BornSince2000) % 97) == check);
    }

    public static bool Luxembourgish(ReadOnlySpan<char> code) =>
        code[0] is '1' or '2' && IsDay(code, 4, 6) && Luhn.IsValid(code[..12]) && IsVerhoeff([.. code[..11], code[12]]);

    public static bool Irish(ReadOnlySpan<char> code)
    {
        var sum = Sum(code, 8, 7, 6, 5, 4, 3, 2) + (code.Length > 8 && code[8] != 'W' ? (code[8] - 'A' + 1) * 9 : 0);
        return "WABCDEFGHIJKLMNOPQRSTUV"[sum % 23] == code[7];
    }

    /// <summary>Day of birth with 60 added for those who only stay; the sum of all digits by Luhn.</summary>
    public static bool Swedish(ReadOnlySpan<char> code)
    {
        var digits = code[^10..];
        var day = Number(digits.Slice(4, 2));
        return (code.Length == 10 || code[0] is '1' or '2') && IsDay(Number(digits.Slice(2, 2)), day > 60 ? day - 60 : day) && Luhn.IsValid(digits);
    }

    public static bool Norwegian(ReadOnlySpan<char> code)
    {
        var day = Number(code[..2]);
        var month = Number(code.Slice(2, 2));
        return IsDay(month > 40 ? month - 40 : month, day > 40 ? day - 40 : day)
            && Sum(code, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0 && Sum(code, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    public static bool Danish(ReadOnlySpan<char> code) => IsDay(code, 2, 0) && code[6..] is not "0000";

    public static bool Finnish(ReadOnlySpan<char> code)
    {
        // The century's sign is a mark, and gone, or a letter.
        var serial = code.Length == 11 ? code[7..] : code[6..];
        return IsDay(code, 2, 0) && !serial[..3].ContainsAnyExcept(Alphabets.Digit) && (code.Length == 10 || "ABCDEFUVWXY".Contains(code[6]))
            && "0123456789ABCDEFHJKLMNPRSTUVWXY"[Mod([.. code[..6], .. serial[..3]], 31)] == serial[3];
    }

    public static bool Icelandic(ReadOnlySpan<char> code)
    {
        var day = Number(code[..2]);
        return IsDay(Number(code.Slice(2, 2)), day > 40 ? day - 40 : day) && Sum(code, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0 && code[9] is '9' or '0' or '8';
    }

    public static bool PolishPesel(ReadOnlySpan<char> code)
    {
        var month = Number(code.Slice(2, 2)) % 20;
        return IsDay(month, Number(code.Slice(4, 2))) && Sum(code, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    public static bool PolishNip(ReadOnlySpan<char> code) => Sum(code, 6, 5, 7, 2, 3, 4, 5, 6, 7) % 11 == code[9] - '0';

    public static bool PolishCard(ReadOnlySpan<char> code) =>
        ((Value(code[0]) * 7) + (Value(code[1]) * 3) + Value(code[2]) + Sum(code[4..], 7, 3, 1, 7, 3)) % 10 == code[3] - '0';

    /// <summary>A birth number, whose month has 50 added for women and 20 where the day's numbers ran out.</summary>
    public static bool Czech(ReadOnlySpan<char> code)
    {
        var month = Number(code.Slice(2, 2)) % 50;
        return IsDay(month > 20 ? month - 20 : month, Number(code.Slice(4, 2))) && (code.Length == 9 || Mod(code, 11) == 0 || (Mod(code[..9], 11) == 10 && code[9] == '0'));
    }

    public static bool HungarianTaj(ReadOnlySpan<char> code) => !AreSame(code) && Sum(code, 3, 7, 3, 7, 3, 7, 3, 7) % 10 == code[8] - '0';

    public static bool HungarianTax(ReadOnlySpan<char> code) => code[0] == '8' && Sum(code, 1, 2, 3, 4, 5, 6, 7, 8, 9) % 11 == code[9] - '0';

    public static bool Romanian(ReadOnlySpan<char> code)
    {
        var check = Sum(code, 2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9) % 11;
        return code[0] != '0' && IsDay(code, 3, 5) && (check == 10 ? 1 : check) == code[12] - '0';
    }

    public static bool Bulgarian(ReadOnlySpan<char> code)
    {
        var month = Number(code.Slice(2, 2));
        return IsDay(month > 40 ? month - 40 : month > 20 ? month - 20 : month, Number(code.Slice(4, 2))) && Sum(code, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == code[9] - '0';
    }

    public static bool GreekAmka(ReadOnlySpan<char> code) => IsDay(code, 2, 0) && Luhn.IsValid(code);

    public static bool GreekAfm(ReadOnlySpan<char> code) => !AreSame(code) && Sum(code, 256, 128, 64, 32, 16, 8, 4, 2) % 11 % 10 == code[8] - '0';

    public static bool Croatian(ReadOnlySpan<char> code) => IsMod1110(code);

    /// <summary>The number of all states that were Yugoslavia.</summary>
    public static bool Jmbg(ReadOnlySpan<char> code)
    {
        var check = 11 - (Sum(code, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11);
        return IsDay(code, 2, 0) && code[4] is '9' or '0' && (check > 9 ? 0 : check) == code[12] - '0';
    }

    public static bool SlovenianTax(ReadOnlySpan<char> code) => code[0] != '0' && (11 - (Sum(code, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == code[7] - '0';

    /// <summary>Estonia and Lithuania count alike.</summary>
    public static bool Baltic(ReadOnlySpan<char> code)
    {
        var check = Sum(code, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1) % 11;
        check = check < 10 ? check : Sum(code, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3) % 11 % 10;
        return code[0] is >= '1' and <= '8' && IsDay(code, 3, 5) && check == code[10] - '0';
    }

    public static bool Latvian(ReadOnlySpan<char> code) =>
        code.StartsWith("32") || (IsDay(code, 2, 0) && (1101 - Sum(code, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)) % 11 % 10 == code[10] - '0');

    public static bool Ukrainian(ReadOnlySpan<char> code) => ((Sum(code, -1, 5, 7, 9, 4, 6, 10, 5, 7) % 11) + 11) % 11 % 10 == code[9] - '0';

    public static bool RussianInn(ReadOnlySpan<char> code) =>
        code.Length == 10
            ? Sum(code, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == code[9] - '0'
            : Sum(code, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == code[10] - '0' && Sum(code, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == code[11] - '0';

    public static bool RussianSnils(ReadOnlySpan<char> code) => Sum(code, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == Number(code[9..]);

    /// <summary>The check digit of a GTIN of thirteen digits.</summary>
    public static bool IsEan(ReadOnlySpan<char> code) => Sum(code, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1) % 10 == 0;

    private static int CrossSum(ReadOnlySpan<char> digits, ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var product = (digits[i] - '0') * weights[i];
            sum += (product / 10) + (product % 10);
        }

        return sum;
    }
}
