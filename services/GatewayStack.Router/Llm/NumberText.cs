using System.Globalization;
using System.Text;

namespace GatewayStack.Router.Llm;

/// <summary>The digits of a JSON number that is long enough to be somebody's: a card, an account, a telephone.</summary>
internal static class NumberText
{
    /// <summary>Fewer digits than this are nobody's number.</summary>
    private const int LeastDigits = 7;

    /// <returns>
    /// The digits, as a person would write them (<c>4.1e15</c> is <c>4100000000000000</c>); null for a number that is short. Of one with a fraction, or too large to be
    /// written out, those that stand before the fraction: coordinates and scores have few of them.
    /// </returns>
    public static string? Read(ReadOnlySpan<byte> raw)
    {
        raw = raw.TrimStart((byte)'-');
        var whole = raw.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is >= 0 and var end ? raw[..end] : raw;
        if (whole.Length == raw.Length || !decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || number != decimal.Truncate(number))
        {
            return whole.Length < LeastDigits ? null : Encoding.ASCII.GetString(whole);
        }

        var text = number.ToString("0", CultureInfo.InvariantCulture);
        return text.Length < LeastDigits ? null : text;
    }
}
