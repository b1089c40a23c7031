using static GatewayStack.Transform.Checksums.CheckDigits;

namespace GatewayStack.Transform.Checksums;

/// <summary>Rules of the numbers that states of Asia, Africa and Oceania give. Codes are capitals and digits only, as long as their masks say.</summary>
internal static class AsianAndAfricanIds
{
    public static bool Turkish(ReadOnlySpan<char> code) =>
        code[0] != '0' && (((Sum(code, 7, -1, 7, -1, 7, -1, 7, -1, 7) % 10) + 10) % 10) == code[9] - '0' && Sum(code, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1) % 10 == code[10] - '0';

    public static bool Israeli(ReadOnlySpan<char> code) => !AreSame(code) && Luhn.IsValid(code);

    public static bool Emirati(ReadOnlySpan<char> code) => code.StartsWith("784") && code[3..5] is "19" or "20";

    public static bool Saudi(ReadOnlySpan<char> code) => code[0] is '1' or '2' && Luhn.IsValid(code);

    public static bool Egyptian(ReadOnlySpan<char> code) => code[0] is '2' or '3' && IsDay(code, 3, 5) && Number(code.Slice(7, 2)) is (>= 1 and <= 35) or 88;

    public static bool SouthAfrican(ReadOnlySpan<char> code) => IsDay(code, 2, 4) && code[10] is '0' or '1' or '2' && Luhn.IsValid(code);

    public static bool Kazakh(ReadOnlySpan<char> code)
    {
        var check = Sum(code, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11) % 11;
        check = check < 10 ? check : Sum(code, 3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2) % 11;
        return IsDay(code, 2, 4) && check == code[11] - '0';
    }

    public static bool Aadhaar(ReadOnlySpan<char> code) => code[0] >= '2' && !AreSame(code) && IsVerhoeff(code);

    /// <summary>The fourth letter says what kind of person it is.</summary>
    public static bool IndianPan(ReadOnlySpan<char> code) => "ABCFGHJLPTK".Contains(code[3]);

    public static bool IndianGstin(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < 14; i++)
        {
            var product = Value(code[i]) * (1 + (i % 2));
            sum += (product / 36) + (product % 36);
        }

        return Number(code[..2]) is (>= 1 and <= 38) or 97 or 99 && (36 - (sum % 36)) % 36 == Value(code[14]);
    }

    public static bool Pakistani(ReadOnlySpan<char> code) => code[0] is >= '1' and <= '8' && !AreSame(code);

    public static bool Chinese(ReadOnlySpan<char> code) =>
        code[0] is >= '1' and <= '9' && code[6..8] is "19" or "20" && IsDay(code, 10, 12)
        && "10X98765432"[Sum(code, 7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2) % 11] == code[17];

    public static bool HongKong(ReadOnlySpan<char> code)
    {
        var isDouble = char.IsAsciiLetter(code[1]);
        var sum = isDouble ? (Value(code[0]) * 9) + (Value(code[1]) * 8) : 324 + (Value(code[0]) * 8);
        sum += Sum(code[(isDouble ? 2 : 1)..], 7, 6, 5, 4, 3, 2);
        var check = (11 - (sum % 11)) % 11;
        return (check == 10 ? 'A' : (char)('0' + check)) == code[^1];
    }

    public static bool Taiwanese(ReadOnlySpan<char> code)
    {
        var place = "ABCDEFGHJKLMNPQRSTUVXYWZIO".IndexOf(code[0]) + 10;
        return code[1] is '1' or '2' or '8' or '9' && ((place / 10) + (place % 10 * 9) + Sum(code[1..], 8, 7, 6, 5, 4, 3, 2, 1, 1)) % 10 == 0;
    }

    public static bool Japanese(ReadOnlySpan<char> code)
    {
        var rest = Sum(code, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11;
        return !AreSame(code) && (rest <= 1 ? 0 : 11 - rest) == code[11] - '0';
    }

    /// <summary>Numbers given since October 2020 have no check digit.</summary>
    public static bool Korean(ReadOnlySpan<char> code) => IsDay(code, 2, 4);

    public static bool Singaporean(ReadOnlySpan<char> code)
    {
        var sum = Sum(code[1..], 2, 7, 6, 5, 4, 3, 2);
        return code[0] switch
        {
            'S' => "JZIHGFEDCBA"[sum % 11] == code[8],
            'T' => "JZIHGFEDCBA"[(sum + 4) % 11] == code[8],
            'F' => "XWUTRQPNMLK"[sum % 11] == code[8],
            'G' => "XWUTRQPNMLK"[(sum + 4) % 11] == code[8],
            'M' => "XWUTRQPNJLK"[10 - ((sum + 3) % 11)] == code[8],
            _ => false,
        };
    }

    public static bool Malaysian(ReadOnlySpan<char> code) => IsDay(code, 2, 4)
        && code[6..8] is not ("00" or "17" or "18" or "19" or "20" or "69" or "70" or "73" or "80" or "81" or "94" or "95" or "96" or "97");

    public static bool Thai(ReadOnlySpan<char> code) =>
        code[0] is >= '1' and <= '8' && (11 - (Sum(code, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11)) % 10 == code[12] - '0';

    /// <summary>Women have 40 added to their day of birth.</summary>
    public static bool Indonesian(ReadOnlySpan<char> code)
    {
        var day = Number(code.Slice(6, 2));
        return code[0] is >= '1' and <= '9' && IsDay(Number(code.Slice(8, 2)), day > 40 ? day - 40 : day) && code[12..] is not "0000";
    }

    public static bool PhilippineTin(ReadOnlySpan<char> code) => Sum(code, 9, 8, 7, 6, 5, 4, 3, 2) % 11 == code[8] - '0';

    public static bool Vietnamese(ReadOnlySpan<char> code) => code[0] == '0' && Number(code[..3]) is >= 1 and <= 96;

    public static bool AustralianTfn(ReadOnlySpan<char> code) => !AreSame(code) && Sum(code, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0;

    public static bool AustralianAbn(ReadOnlySpan<char> code) => code[0] != '0' && (Sum(code, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10) % 89 == 0;

    public static bool AustralianMedicare(ReadOnlySpan<char> code) => code[0] is >= '2' and <= '6' && Sum(code, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == code[8] - '0';

    public static bool NewZealandIrd(ReadOnlySpan<char> code)
    {
        Span<char> digits = ['0', '0', '0', '0', '0', '0', '0', '0', '0'];
        code.CopyTo(digits[^code.Length..]);
        var number = Number(digits);
        var check = (11 - (Sum(digits, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 11;
        check = check < 10 ? check : (11 - (Sum(digits, 7, 4, 3, 2, 5, 2, 7, 6) % 11)) % 11;
        return number is >= 10_000_000 and < 150_000_000 && check == digits[8] - '0';
    }

    public static bool NewZealandNhi(ReadOnlySpan<char> code)
    {
        const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ";
        var sum = 0;
        for (var i = 0; i < 3; i++)
        {
            sum += (Letters.IndexOf(code[i]) + 1) * (7 - i);
        }

        sum += Sum(code[3..], 4, 3, 2);
        return sum % 11 is var rest and not 0 && (11 - rest) % 10 == code[6] - '0';
    }

    public static bool SriLankan(ReadOnlySpan<char> code) => code[^1] is 'V' or 'X' && Number(code.Slice(2, 3)) % 500 is >= 1 and <= 366;
}
