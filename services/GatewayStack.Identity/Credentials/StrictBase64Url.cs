using System.Buffers.Text;

namespace GatewayStack.Identity.Credentials;

/// <summary>base64url in its one canonical form: no padding, no blanks, no bits beyond the last byte. Two spellings of one token would be two cache keys.</summary>
internal static class StrictBase64Url
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    public static bool TryDecode(ReadOnlySpan<char> text, out byte[] bytes)
    {
        bytes = [];
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }

        var spareBits = (text.Length % 4) switch
        {
            0 => 0,
            2 => 0x0f,
            3 => 0x03,
            _ => -1,
        };
        if (spareBits < 0 || (spareBits > 0 && (Alphabet.IndexOf(text[^1], StringComparison.Ordinal) & spareBits) != 0))
        {
            return false;
        }

        bytes = Base64Url.DecodeFromChars(text);
        return true;
    }
}
