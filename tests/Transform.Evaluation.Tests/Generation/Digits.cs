using System.Globalization;
using System.Text;
using GatewayStack.Transform.Evaluation.Reports;

namespace GatewayStack.Transform.Evaluation.Tests.Generation;

/// <summary>Digits, letters and the sums that numbers are checked by.</summary>
internal static class Digits
{
    public const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    public const string Lower = "abcdefghijklmnopqrstuvwxyz";
    public const string Hex = "0123456789abcdef";
    public const string Ten = "0123456789";

    public static string Pick(this SplitMix random, params ReadOnlySpan<string> values) => values[random.Below(values.Length)];

    public static string Text(this SplitMix random, string alphabet, int length)
    {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
        {
            text.Append(alphabet[random.Below(alphabet.Length)]);
        }

        return text.ToString();
    }

    public static string Number(this SplitMix random, int length) => random.Text("123456789", 1) + random.Text(Ten, length - 1);

    /// <summary>Fills a pattern: <c>#</c> a digit, <c>%</c> one from 1, <c>@</c> an upper-case letter, <c>~</c> a lower-case one, <c>&amp;</c> a hexadecimal one.</summary>
    public static string Fill(this SplitMix random, string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        foreach (var c in pattern)
        {
            text.Append(c switch
            {
                '#' => (char)('0' + random.Below(10)),
                '%' => (char)('1' + random.Below(9)),
                '@' => Upper[random.Below(26)],
                '~' => Lower[random.Below(26)],
                '&' => Hex[random.Below(16)],
                _ => c,
            });
        }

        return text.ToString();
    }

    public static string Two(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    public static int Value(char c) => c - '0';

    /// <summary>Sum of digits by weights.</summary>
    public static int Weighted(string digits, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            sum += weights[i] * Value(digits[i]);
        }

        return sum;
    }

    /// <summary>The digit that makes a number pass Luhn's sum.</summary>
    public static char Luhn(string digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var d = Value(digits[^(i + 1)]) * (i % 2 == 0 ? 2 : 1);
            sum += d > 9 ? d - 9 : d;
        }

        return (char)('0' + ((10 - (sum % 10)) % 10));
    }

    /// <summary>A number of digits modulo <paramref name="modulus"/>.</summary>
    public static int Mod(string digits, int modulus)
    {
        var rest = 0;
        foreach (var c in digits)
        {
            rest = ((rest * 10) + Value(c)) % modulus;
        }

        return rest;
    }

    /// <summary>Groups of the given lengths with a separator between them.</summary>
    public static string Grouped(string text, string separator, params ReadOnlySpan<int> lengths)
    {
        var (parts, at) = (new List<string>(), 0);
        foreach (var length in lengths)
        {
            parts.Add(text.Substring(at, length));
            at += length;
        }

        return string.Join(separator, parts);
    }
}
