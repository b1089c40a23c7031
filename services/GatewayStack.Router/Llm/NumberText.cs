using System.Globalization;
using System.Text;

namespace GatewayStack.Router.Llm;

/// <summary>The digits of a JSON number that is long enough to be somebody's: a card, an account, a telephone.</summary>
internal static class NumberText
{
    /// <summary>Fewer digits than this are nobody's number.</summary>
    private const int LeastDigits = 7;

    /// <returns>The digits, as a person would write them (<c>4.1e15</c> is <c>4100000000000000</c>); null for a number that is short or has a fraction.</returns>
    public static string? Read(ReadOnlySpan<byte> raw)
    {
        if (raw.IndexOfAny((byte)'.', (byte)'e', (byte)'E') < 0)
        {
            var digits = raw.TrimStart((byte)'-');
            return digits.Length < LeastDigits ? null : Encoding.ASCII.GetString(digits);
        }

        if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number != decimal.Truncate(number))
        {
            return null;
        }

        var text = decimal.Abs(number).ToString("0", CultureInfo.InvariantCulture);
        return text.Length < LeastDigits ? null : text;
    }
}
