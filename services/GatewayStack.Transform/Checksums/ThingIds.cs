using static GatewayStack.Transform.Checksums.CheckDigits;

namespace GatewayStack.Transform.Checksums;

/// <summary>Rules of the numbers that things have.</summary>
internal static class ThingIds
{
    /// <summary>A vehicle's number (ISO 3779): letters and digits without I, O and Q.</summary>
    public static bool VinShape(ReadOnlySpan<char> code) =>
        !code.ContainsAny('I', 'O', 'Q') && Digits(code) is >= 4 and <= 14 && char.IsAsciiDigit(code[16]) && char.IsAsciiDigit(code[15]);

    /// <summary>With the check digit that North America asks for at the ninth place.</summary>
    public static bool VinChecked(ReadOnlySpan<char> code)
    {
        if (code.ContainsAny('I', 'O', 'Q') || Digits(code) == 17)
        {
            return false;
        }

        ReadOnlySpan<byte> weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        ReadOnlySpan<byte> values = [1, 2, 3, 4, 5, 6, 7, 8, 0, 1, 2, 3, 4, 5, 0, 7, 0, 9, 2, 3, 4, 5, 6, 7, 8, 9];
        var sum = 0;
        for (var i = 0; i < 17; i++)
        {
            sum += weights[i] * (char.IsAsciiDigit(code[i]) ? code[i] - '0' : values[code[i] - 'A']);
        }

        return "0123456789X"[sum % 11] == code[8];
    }

    /// <summary>A telephone's number: Luhn over fifteen digits.</summary>
    public static bool Imei(ReadOnlySpan<char> code) => code[0] != '0' && !AreSame(code) && Luhn.IsValid(code);

    private static int Digits(ReadOnlySpan<char> code)
    {
        var count = 0;
        foreach (var c in code)
        {
            count += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return count;
    }
}
