using System.Globalization;
using System.Numerics;

namespace GatewayStack.Transform.Evaluation.Tests.Checks;

/// <summary>Checks of whole numbers, written from their equations and not from the way the generator makes a check digit.</summary>
internal static class Check
{
    /// <summary>The check of a type; null where a number has none, or only a form.</summary>
    public static Func<string, bool>? Of(string type) => type switch
    {
        "CARD" or "IMEI" or "CA_SIN" or "ZA_ID" or "IL_ID" => Luhn,
        "US_NPI" => n => Luhn("80840" + n),
        "SE_PERSONNUMMER" => n => Luhn(DigitsOf(n)[^10..]),
        "US_DEA" => n => ((At(n, 2) + At(n, 4) + At(n, 6) + (2 * (At(n, 3) + At(n, 5) + At(n, 7)))) - At(n, 8)) % 10 == 0,
        "UK_NHS" => n => Zero(n, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1),
        "DE_TAX_ID" => Mod11And10,
        "FR_NIR" => n => BigInteger.Parse(DigitsOf(n)[..13], CultureInfo.InvariantCulture) % 97 + int.Parse(DigitsOf(n)[13..], CultureInfo.InvariantCulture) == 97,
        "NL_BSN" => n => Zero(n, 11, 9, 8, 7, 6, 5, 4, 3, 2, -1),
        "PL_PESEL" => n => Zero(n, 10, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1),
        "NO_FODSELSNUMMER" => n => Zero(n, 11, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) && Zero(n, 11, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1),
        "CH_AHV" => n => Zero(n, 10, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1),
        "AT_SVNR" => n => Zero(n, 11, 3, 7, 9, -1, 5, 8, 4, 2, 1, 6),
        "CZ_RODNE_CISLO" => n => BigInteger.Parse(DigitsOf(n), CultureInfo.InvariantCulture) % 11 == 0,
        "AR_CUIT" => n => Zero(n, 11, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1),
        "AU_TFN" => n => Zero(n, 11, 1, 4, 3, 7, 5, 8, 6, 9, 10),
        "AU_MEDICARE" => n => Zero(n, 10, 1, 3, 7, 9, 1, 3, 7, 9, -1),
        "NZ_IRD" => n => Zero(n, 11, 3, 2, 7, 6, 5, 4, 3, 2, 1),
        "TH_TNIN" => n => (Sum(n, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) + At(DigitsOf(n), 12)) % 11 <= 1,
        "KR_RRN" => n => (Sum(n, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) + At(DigitsOf(n), 12)) % 11 <= 1,
        "IN_AADHAAR" => Verhoeff,
        "ABA" => n => Zero(n, 10, 3, 7, 1, 3, 7, 1, 3, 7, 1),
        "ISBN" => n => Zero(n, 10, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1),
        "IBAN" => Iban,
        "ES_NIF" => n => "TRWAGMYFPDXBNJZSQVHLCKE"[int.Parse(DigitsOf(n), CultureInfo.InvariantCulture) % 23] == n[^1],
        _ => null,
    };

    public static string DigitsOf(string number) => string.Concat(number.Where(char.IsAsciiDigit));

    private static bool Luhn(string number) =>
        DigitsOf(number).Reverse().Select((c, i) => i % 2 == 0 ? c - '0' : "0246813579"[c - '0'] - '0').Sum() % 10 == 0;

    private static bool Iban(string number)
    {
        var plain = number.Replace(" ", string.Empty, StringComparison.Ordinal);
        var digits = string.Concat((plain[4..] + plain[..4]).Select(c => char.IsAsciiDigit(c) ? c.ToString() : (c - 55).ToString(CultureInfo.InvariantCulture)));
        return BigInteger.Parse(digits, CultureInfo.InvariantCulture) % 97 == 1;
    }

    private static bool Mod11And10(string number)
    {
        var product = 10;
        foreach (var c in DigitsOf(number)[..^1])
        {
            var sum = (c - '0' + product) % 10;
            product = 2 * (sum == 0 ? 10 : sum) % 11;
        }

        return (product + number[^1] - '0') % 10 == 1;
    }

    // As the dihedral group: a number from 0 to 4 is a rotation, from 5 to 9 a reflection.
    private static bool Verhoeff(string number)
    {
        static (int Turn, bool IsFlipped) Element(int n) => (n % 5, n > 4);
        var (turn, isFlipped) = (0, false);
        foreach (var (c, place) in DigitsOf(number).Reverse().Select((c, i) => (c - '0', i)))
        {
            var value = c;
            for (var i = 0; i < place % 8; i++)
            {
                value = "1576283094"[value] - '0';
            }

            var (by, flips) = Element(value);
            turn = (isFlipped ? turn - by + 5 : turn + by) % 5;
            isFlipped ^= flips;
        }

        return turn == 0 && !isFlipped;
    }

    private static bool Zero(string number, int modulus, params ReadOnlySpan<int> weights) => Sum(number, weights) % modulus == 0;

    private static int Sum(string number, params ReadOnlySpan<int> weights)
    {
        var digits = DigitsOf(number);
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * (digits[i] - '0');
        }

        return sum;
    }

    private static int At(string number, int place) => number[place] - '0';
}
