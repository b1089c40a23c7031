using System.Buffers;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>Decodes base64 (RFC 4648, section 4) as it has to be written: no blanks, padded, no bits left over. Every decoder makes the same of it.</summary>
internal static class StrictBase64
{
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    /// <summary>The bytes; null where it is not written so.</summary>
    public static byte[]? Decode(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty || text.Length % 4 != 0)
        {
            return null;
        }

        var padding = text[^1] != '=' ? 0 : text[^2] != '=' ? 1 : 2;
        if (text[..^padding].ContainsAnyExcept(Alphabet))
        {
            return null;
        }

        var bytes = new byte[(text.Length / 4 * 3) - padding];
        if (!Convert.TryFromBase64Chars(text, bytes, out var written) || written != bytes.Length)
        {
            return null;
        }

        // Of the last group, bits may be set that mean nothing.
        Span<char> last = stackalloc char[4];
        var tail = bytes.AsSpan((bytes.Length - 1) / 3 * 3);
        return Convert.TryToBase64Chars(tail, last, out _) && text[^4..].SequenceEqual(last) ? bytes : null;
    }
}
