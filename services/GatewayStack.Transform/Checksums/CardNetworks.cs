using System.Runtime.InteropServices;

namespace GatewayStack.Transform.Checksums;

/// <summary>Which numbers the card networks issue: a range of leading digits and the lengths that go with it.</summary>
internal static class CardNetworks
{
    /// <summary>From and To have the same number of digits and bound the number's first digits, both included. Lengths is a bit set.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Issuer(int From, int To, int Digits, int Lengths);

    private static readonly Issuer[] Issuers =
    [
        Of(4, 4, 1, 13, 16, 19), // Visa
        Of(51, 55, 2, 16), // Mastercard
        Of(2221, 2720, 4, 16), // Mastercard, 2-series
        Of(34, 34, 2, 15), // American Express
        Of(37, 37, 2, 15),
        Of(300, 305, 3, 14, 16, 17, 18, 19), // Diners Club
        Of(3095, 3095, 4, 14, 16, 17, 18, 19),
        Of(36, 36, 2, 14, 15, 16, 17, 18, 19),
        Of(38, 39, 2, 14, 16, 17, 18, 19),
        Of(6011, 6011, 4, 16, 17, 18, 19), // Discover
        Of(644, 649, 3, 16, 17, 18, 19),
        Of(65, 65, 2, 16, 17, 18, 19), // Discover, RuPay
        Of(3528, 3589, 4, 16, 17, 18, 19), // JCB
        Of(62, 62, 2, 16, 17, 18, 19), // UnionPay
        Of(81, 82, 2, 16, 17, 18, 19), // UnionPay, RuPay
        Of(60, 60, 2, 16), // RuPay, Hipercard
        Of(508, 508, 3, 16), // RuPay
        Of(5018, 5018, 4, 12, 13, 14, 15, 16, 17, 18, 19), // Maestro
        Of(5020, 5020, 4, 12, 13, 14, 15, 16, 17, 18, 19),
        Of(5038, 5038, 4, 12, 13, 14, 15, 16, 17, 18, 19),
        Of(5893, 5893, 4, 12, 13, 14, 15, 16, 17, 18, 19),
        Of(6304, 6304, 4, 12, 13, 14, 15, 16, 17, 18, 19),
        Of(6759, 6763, 4, 12, 13, 14, 15, 16, 17, 18, 19),
        Of(506099, 506198, 6, 16, 18, 19), // Verve
        Of(2200, 2204, 4, 16, 17, 18, 19), // Mir
        Of(9792, 9792, 4, 16), // Troy
        Of(636297, 636297, 6, 16), // Elo
        Of(636368, 636368, 6, 16),
        Of(5067, 5067, 4, 16),
    ];

    /// <summary>True when a network issues numbers that begin so and are so long.</summary>
    /// <param name="digits">Digits only.</param>
    public static bool Issues(ReadOnlySpan<char> digits)
    {
        if (digits.Length is < 12 or > 19)
        {
            return false;
        }

        foreach (var issuer in Issuers)
        {
            if (((issuer.Lengths >> digits.Length) & 1) == 1
                && Lead(digits[..issuer.Digits]) is var lead && lead >= issuer.From && lead <= issuer.To)
            {
                return true;
            }
        }

        return false;
    }

    private static int Lead(ReadOnlySpan<char> digits)
    {
        var value = 0;
        foreach (var digit in digits)
        {
            value = (value * 10) + (digit - '0');
        }

        return value;
    }

    private static Issuer Of(int from, int to, int digits, params ReadOnlySpan<int> lengths)
    {
        var set = 0;
        foreach (var length in lengths)
        {
            set |= 1 << length;
        }

        return new Issuer(from, to, digits, set);
    }
}
