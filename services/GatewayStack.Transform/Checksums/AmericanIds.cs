using static GatewayStack.Transform.Checksums.CheckDigits;

namespace GatewayStack.Transform.Checksums;

/// <summary>Rules of the numbers that American states give. Codes are capitals and digits only, as long as their masks say.</summary>
internal static class AmericanIds
{
    /// <summary>By the rules of the SSA; printed in advertisements and on sample cards, some are nobody's.</summary>
    public static bool UsSsn(ReadOnlySpan<char> code) =>
        code[0] != '9' && !code.StartsWith("000") && !code.StartsWith("666") && code[3..5] is not "00" && code[5..] is not "0000" && !AreSame(code)
        && code is not ("078051120" or "219099999" or "123456789" or "987654321");

    public static bool UsItin(ReadOnlySpan<char> code) =>
        code[0] == '9' && Number(code.Slice(3, 2)) is (>= 50 and <= 65) or (>= 70 and <= 88) or (>= 90 and <= 92) or (>= 94 and <= 99);

    /// <summary>By Luhn with 80840 before it, which adds 24.</summary>
    public static bool UsNpi(ReadOnlySpan<char> code) => code[0] is '1' or '2' && !AreSame(code[1..]) && (24 + Luhn.Sum(code)) % 10 == 0;

    public static bool UsDea(ReadOnlySpan<char> code) =>
        "ABCDEFGHJKLMPRSTUX".Contains(code[0]) && code[1] is '9' or (>= 'A' and <= 'Z')
        && (Sum(code[2..], 1, 0, 1, 0, 1) + (2 * Sum(code[2..], 0, 1, 0, 1, 0, 1))) % 10 == code[8] - '0';

    public static bool UsMbi(ReadOnlySpan<char> code)
    {
        for (var i = 0; i < code.Length; i++)
        {
            var isDigit = char.IsAsciiDigit(code[i]);
            var wanted = i switch { 0 or 3 or 6 or 9 or 10 => isDigit, 2 or 5 => true, _ => !isDigit };
            if (!wanted || "SLOIBZ".Contains(code[i]) || (i == 0 && code[i] == '0'))
            {
                return false;
            }
        }

        return true;
    }

    public static bool UsRouting(ReadOnlySpan<char> code) =>
        Number(code[..2]) is <= 12 or (>= 21 and <= 32) or (>= 61 and <= 72) or 80 && !code.StartsWith("0000") && Sum(code, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;

    public static bool CanadianSin(ReadOnlySpan<char> code) => code[0] is not ('0' or '8') && Luhn.IsValid(code) && !AreSame(code);

    public static bool BrazilianCpf(ReadOnlySpan<char> code) =>
        !AreSame(code) && Check(Sum(code, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == code[9] - '0' && Check(Sum(code, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2)) == code[10] - '0';

    public static bool BrazilianCnpj(ReadOnlySpan<char> code) =>
        !AreSame(code) && Check(Sum(code, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == code[12] - '0' && Check(Sum(code, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == code[13] - '0';

    public static bool BrazilianPis(ReadOnlySpan<char> code) => !AreSame(code) && Check(Sum(code, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)) == code[10] - '0';

    public static bool MexicanCurp(ReadOnlySpan<char> code)
    {
        const string Values = "0123456789ABCDEFGHIJKLMN-OPQRSTUVWXYZ";
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += Values.IndexOf(code[i]) * (18 - i);
        }

        return IsDay(code, 6, 8) && code[10] is 'H' or 'M' or 'X' && (10 - (sum % 10)) % 10 == code[17] - '0';
    }

    public static bool MexicanRfc(ReadOnlySpan<char> code) => IsDay(code, code.Length - 7, code.Length - 5);

    public static bool ArgentineCuit(ReadOnlySpan<char> code)
    {
        var check = 11 - (Sum(code, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11);
        return code[..2] is "20" or "23" or "24" or "27" or "30" or "33" or "34" && (check == 11 ? 0 : check == 10 ? 9 : check) == code[10] - '0';
    }

    public static bool ChileanRut(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < code.Length - 1; i++)
        {
            if (!char.IsAsciiDigit(code[i]))
            {
                return false;
            }

            sum += (code[^(i + 2)] - '0') * (2 + (i % 6));
        }

        return "0K987654321"[sum % 11 == 0 ? 0 : sum % 11] == code[^1];
    }

    public static bool Uruguayan(ReadOnlySpan<char> code) => !AreSame(code) && (10 - (Sum(code, 2, 9, 8, 7, 6, 3, 4) % 10)) % 10 == code[7] - '0';

    public static bool Ecuadorian(ReadOnlySpan<char> code) => Number(code[..2]) is (>= 1 and <= 24) or 30 && code[2] < '6' && Luhn.IsValid(code);

    public static bool PeruvianRuc(ReadOnlySpan<char> code) =>
        code[..2] is "10" or "15" or "17" or "20" && (11 - (Sum(code, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2) % 11)) % 10 == code[10] - '0';

    public static bool Dominican(ReadOnlySpan<char> code) => !AreSame(code) && Luhn.IsValid(code);

    private static int Check(int sum) => sum % 11 < 2 ? 0 : 11 - (sum % 11);
}
