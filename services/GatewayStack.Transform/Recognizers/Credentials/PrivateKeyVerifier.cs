using System.Buffers.Text;

namespace GatewayStack.Transform.Recognizers.Credentials;

/// <summary>A private key has a body, or is cut off; one that a reader is to fill in has none.</summary>
internal static class PrivateKeyVerifier
{
    private const int ShortestBody = 8;
    private const int HeadLength = 60;
    private const int LongestName = 41;
    private const string Dashes = "-----";
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";

    /// <summary>A body of so many drawn characters is no stand-in, whatever stands in it by chance.</summary>
    private const int DrawnBody = 48;

    /// <summary>The same where dots stand for a part that was left out: that is a page's example, until three lines are there.</summary>
    private const int ElidedBody = 4 * DrawnBody;

    private const int LeastKinds = 24;

    /// <summary>The match is the first line; the key goes on to its last one, or as far as lines of a body do.</summary>
    public static Verdict Verify(in Match match)
    {
        var text = match.Text[match.Start..];
        text = match.Truncated ? text[..^1] : text;
        var head = match.Length;
        var end = EndOf(text, head, out var tail);
        var body = text[head..tail];
        var drawn = 0;
        foreach (var c in body)
        {
            drawn += char.IsAsciiLetterOrDigit(c) ? 1 : 0;
        }

        return drawn >= ShortestBody
            && (IsDrawn(body, drawn) || !PlaceholderValues.Is(body.Trim().TrimStart("\\n"))) ? new Verdict(text[..end].TrimEnd("\r\n\t \\>|#*").Length, 0.99) : Verdict.No;
    }

    /// <summary>Where the key ends: behind its last line, whose beginning is its body's end. Another key's first line ends one that was cut off.</summary>
    private static int EndOf(ReadOnlySpan<char> text, int head, out int tail)
    {
        for (var from = head; text[from..].IndexOf(Dashes, StringComparison.Ordinal) is >= 0 and var found; from += Dashes.Length)
        {
            from += found;
            if (text[from..].StartsWith(Begin, StringComparison.Ordinal))
            {
                break;
            }

            if (text[from..].StartsWith(End, StringComparison.Ordinal) && text[(from + End.Length)..].IndexOf(Dashes, StringComparison.Ordinal) is >= 0 and var name
                && IsName(text.Slice(from + End.Length, name)))
            {
                tail = from;
                return from + End.Length + name + Dashes.Length;
            }
        }

        var end = head;
        for (var isLineStart = false; end < text.Length; end++)
        {
            var c = text[end];
            if (c is '>' or '|' or '#' or '*' ? !isLineStart : !char.IsAsciiLetterOrDigit(c) && c is not ('+' or '/' or '=' or '\\' or ' ' or '\t' or '\r' or '\n'))
            {
                break;
            }

            isLineStart = c is '\n' or '\r' || (isLineStart && c is ('>' or '|' or '#' or '*' or ' ' or '\t'));
        }

        tail = end;
        return end;
    }

    private static bool IsName(ReadOnlySpan<char> name) =>
        name.Length <= LongestName && (name.EndsWith("PRIVATE KEY", StringComparison.Ordinal) || name.EndsWith("PRIVATE KEY BLOCK", StringComparison.Ordinal));

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
