namespace GatewayStack.Transform.Checksums;

/// <summary>ISO/IEC 7064 mod 97-10 as IBANs use it (ISO 13616): the first four characters are read last.</summary>
internal static class Mod97
{
    /// <summary>True when the letters and digits pass. Everything else is skipped; fewer than five fail.</summary>
    public static bool IsValid(ReadOnlySpan<char> text)
    {
        var remainder = 0;
        var head = HeadEnd(text);
        return head > 0 && Feed(text[head..], ref remainder) > 0 && Feed(text[..head], ref remainder) == 4 && remainder == 1;
    }

    private static int HeadEnd(ReadOnlySpan<char> text)
    {
        var seen = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]) && ++seen == 4)
            {
                return i + 1;
            }
        }

        return 0;
    }

    private static int Feed(ReadOnlySpan<char> text, ref int remainder)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c))
            {
                remainder = ((remainder * 10) + (c - '0')) % 97;
                count++;
            }
            else if (char.IsAsciiLetter(c))
            {
                remainder = ((remainder * 100) + ((c | 0x20) - 'a' + 10)) % 97;
                count++;
            }
        }

        return count;
    }
}
