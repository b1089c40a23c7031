using System.Buffers.Text;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A private key has a body, or is cut off; one that a reader is to fill in has none.</summary>
internal static class PrivateKeyVerifier
{
    private const int ShortestBody = 8;
    private const int HeadLength = 60;

    /// <summary>A body of so many drawn characters is no stand-in, whatever stands in it by chance.</summary>
    private const int DrawnBody = 48;

    /// <summary>The same where dots stand for a part that was left out: that is a page's example, until three lines are there.</summary>
    private const int ElidedBody = 4 * DrawnBody;

    private const int LeastKinds = 24;

    public static Verdict Verify(in Match match)
    {
        var value = match.Value;
        var head = value[11..].IndexOf("-----", StringComparison.Ordinal) + 16;
        var tail = value.LastIndexOf("-----END ", StringComparison.Ordinal);
        var body = tail > head ? value[head..tail] : value[head..];
        var drawn = 0;
        foreach (var c in body)
        {
            drawn += char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        }

        return drawn >= ShortestBody
            && (IsDrawn(body, drawn) || !PlaceholderValues.Is(body.Trim().TrimStart("\\n"))) ? new Verdict(match.Length - (value.Length - value.TrimEnd("\r\n\t \\").Length),
            0.99) : Verdict.No;
    }

    /// <summary>
    /// True for what nobody types: many characters of all kinds. Among thousands of them four x in a row or a word is chance, which makes no stand-in of a key.
    /// </summary>
    private static bool IsDrawn(ReadOnlySpan<char> body, int drawn)
    {
        if (drawn < DrawnBody || (drawn < ElidedBody && (body.Contains('…') || body.Contains("...", StringComparison.Ordinal))))
        {
            return false;
        }

        var (digits, capitals) = (0, 0);
        var kinds = UInt128.Zero;
        foreach (var c in body)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                digits += char.IsAsciiDigit(c) ? 1 : 0;
                capitals += char.IsAsciiLetterUpper(c) ? 1 : 0;
                kinds |= UInt128.One << c;
            }
        }

        return UInt128.PopCount(kinds) >= LeastKinds && digits * 20 >= drawn && capitals * 5 >= drawn && (drawn - digits - capitals) * 5 >= drawn
            && !body.Contains("abcdefghijklmnopqrstuvwxyz", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The same, encoded once more, as Kubernetes stores it.</summary>
    public static Verdict VerifyBase64(in Match match)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Base64Url.DecodeFromChars(match.Value[..HeadLength], head, out _, out var length);
        return head[..length].IndexOf("PRIVATE KEY"u8) > 0 ? new Verdict(match.Length, 0.99) : Verdict.No;
    }
}
