using System.Buffers;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>Tells keys from what only begins like one: words joined by dashes, stand-ins, and the samples that issuers print in their own documentation.</summary>
internal static class FormatVerifier
{
    private const double Certain = 0.99;

    private static readonly SearchValues<char> ValueBody = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-.+/|$");

    /// <summary>Printed in their issuers' documentation, so that they open nothing.</summary>
    private static readonly string[] Published = ["4eC39HqLyjWDarjtT1zdp7dc", "EXAMPLE", "SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"];

    public static Verdict Verify(in Match match) => IsKey(match.Value) ? new Verdict(match.Length, Certain) : Verdict.No;

    /// <summary>The lead is of a fixed length: nothing of a word may stand before it.</summary>
    public static Verdict VerifyLed(in Match match) => WordStart.Joins(match.At(0), match.At(-1)) ? Verdict.No : Verify(match);

    /// <summary>Behind what a path begins with: <c>/bot123456789:AA.../sendMessage</c>.</summary>
    public static Verdict VerifyBot(in Match match) => Verify(match.From("/bot".Length)) is { Length: > 0 } verdict ? verdict with { Offset = "/bot".Length } : Verdict.No;

    /// <summary>The value is the last run of a key's characters.</summary>
    public static Verdict VerifyNear(in Match match)
    {
        var value = match.Value;
        var start = value.TrimEnd('=').Length;
        while (start > 0 && ValueBody.Contains(value[start - 1]))
        {
            start--;
        }

        return IsKey(value[start..]) && !WordStart.Joins(match.At(match.Length - 1), match.At(match.Length))
            ? new Verdict(match.Length - start, Certain, start)
            : Verdict.No;
    }

    /// <summary>True when the issuer's documentation prints it.</summary>
    public static bool IsPublished(ReadOnlySpan<char> key)
    {
        foreach (var sample in Published)
        {
            if (key.Contains(sample, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>True for what was drawn: enough digits or capitals, no stand-in, no sample.</summary>
    public static bool IsKey(ReadOnlySpan<char> key)
    {
        var digits = 0;
        var capitals = 0;
        foreach (var c in key)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
            capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
        }

        return (digits >= 2 || (digits >= 1 && capitals >= 3) || capitals >= 6) && !PlaceholderValues.Is(key) && !IsPublished(key);
    }
}
