namespace GatewayStack.Transform.Checksums;

/// <summary>The sums that check digits are made of, over codes of capitals and digits.</summary>
internal static class CheckDigits
{
    /// <summary>The sum of digits times weights; the weights decide how many digits are read.</summary>
    public static int Sum(ReadOnlySpan<char> digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += (digits[i] - '0') * weights[i];
        }

        return sum;
    }

    /// <summary>ISO/IEC 7064 mod 11,10: one check digit at the end.</summary>
    public static bool IsMod1110(ReadOnlySpan<char> digits)
    {
        var product = 10;
        foreach (var digit in digits[..^1])
        {
            var sum = (digit - '0' + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }

        return (11 - product) % 10 == digits[^1] - '0';
    }

    /// <summary>The digits as a number modulo something.</summary>
    public static int Mod(ReadOnlySpan<char> digits, int modulus)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            value = ((value * 10) + (digit - '0')) % modulus;
        }

        return (int)value;
    }

    /// <summary>The digits as a number; at most nine of them.</summary>
    public static int Number(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    /// <summary>Verhoeff's check: the dihedral group of order ten.</summary>
    public static bool IsVerhoeff(ReadOnlySpan<char> digits)
    {
        var check = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            check = Multiply(check, Permute(digits[^(i + 1)] - '0', i % 8));
        }

        return check == 0;
    }

    /// <summary>ICAO 9303: weights 7, 3, 1 over digits and letters (A is 10).</summary>
    public static int Icao(ReadOnlySpan<char> code)
    {
        var sum = 0;
        for (var i = 0; i < code.Length; i++)
        {
            sum += Value(code[i]) * (i % 3 == 0 ? 7 : i % 3 == 1 ? 3 : 1);
        }

        return sum % 10;
    }

    /// <summary>A digit as itself, A as 10.</summary>
    public static int Value(char c) => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10;

    /// <summary>True when month and day can be those of a date; the year is not looked at.</summary>
    public static bool IsDay(int month, int day) => month is >= 1 and <= 12 && day >= 1 && day <= (month == 2 ? 29 : month is 4 or 6 or 9 or 11 ? 30 : 31);

    /// <summary>True when the two digits at each place are a month and a day.</summary>
    public static bool IsDay(ReadOnlySpan<char> digits, int monthAt, int dayAt) => IsDay(Number(digits.Slice(monthAt, 2)), Number(digits.Slice(dayAt, 2)));

    /// <summary>True when all digits are the same.</summary>
    public static bool AreSame(ReadOnlySpan<char> digits) => !digits.ContainsAnyExcept(digits[0]);

    private static int Multiply(int a, int b) =>
        a < 5 ? b < 5 ? (a + b) % 5 : ((a + b) % 5) + 5 : b < 5 ? ((a - b) % 5 + 5) % 5 + 5 : ((a - b) % 5 + 5) % 5;

    private static int Permute(int digit, int times)
    {
        ReadOnlySpan<byte> step = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
        for (; times > 0; times--)
        {
            digit = step[digit];
        }

        return digit;
    }
}
