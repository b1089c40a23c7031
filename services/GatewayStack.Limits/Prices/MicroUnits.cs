using System.Globalization;

namespace GatewayStack.Limits.Prices;

/// <summary>Money between its written form (<c>"5.00"</c>) and micro-units, exactly: no binary fraction is ever involved.</summary>
internal static class MicroUnits
{
    /// <summary>The largest amount a document may state: every store and every JSON reader holds it exactly.</summary>
    public const long Max = 9_007_199_254_740_991;

    private const int Decimals = 6;

    /// <summary>Reads digits with an optional fraction of at most six significant places; no sign, exponent or grouping.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out long micros)
    {
        micros = 0;
        var point = text.IndexOf('.');
        var whole = point < 0 ? text : text[..point];
        var fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && fraction.IsEmpty) || !IsDigits(whole) || !IsDigits(fraction))
        {
            return false;
        }

        fraction = fraction.TrimEnd('0');
        whole = whole.TrimStart('0');
        if (fraction.Length > Decimals || whole.Length > 10)
        {
            return false;
        }

        foreach (var digit in whole)
        {
            micros = (micros * 10) + (digit - '0');
        }

        for (var i = 0; i < Decimals; i++)
        {
            micros = (micros * 10) + (i < fraction.Length ? fraction[i] - '0' : 0);
        }

        return micros <= Max;
    }

    /// <summary>Writes an amount with at least two places and no more than it needs.</summary>
    public static string Format(long micros)
    {
        var absolute = (UInt128)(micros < 0 ? -(Int128)micros : micros);
        var fraction = ((long)(absolute % 1_000_000)).ToString("D6", CultureInfo.InvariantCulture).TrimEnd('0').PadRight(2, '0');
        return string.Create(CultureInfo.InvariantCulture, $"{(micros < 0 ? "-" : string.Empty)}{absolute / 1_000_000}.{fraction}");
    }

    private static bool IsDigits(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
