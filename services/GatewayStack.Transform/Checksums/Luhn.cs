namespace GatewayStack.Transform.Checksums;

/// <summary>ISO/IEC 7812-1 annex B: the check digit of cards.</summary>
internal static class Luhn
{
    /// <summary>True when the digits pass. Everything that is not an ASCII digit is skipped; no digit at all fails.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var sum = Sum(text, out var count);
        return count > 1 && sum % 10 == 0;
    }

    /// <summary>The sum that a valid number has divisible by ten.</summary>
    public static int Sum(ReadOnlySpan<char> text) => Sum(text, out _);

    private static int Sum(ReadOnlySpan<char> text, out int count)
    {
        var sum = 0;
        count = 0;
        for (var i = text.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                continue;
            }

            var digit = text[i] - '0';
            if ((count++ & 1) == 1)
            {
                digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            }

            sum += digit;
        }

        return sum;
    }
}
