using System.Text;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>Decodes the bytes of a text file: UTF-8, or UTF-16 with a byte order mark, and nothing that is not wholly right.</summary>
internal static class TextDecoder
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding LittleEndian = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding BigEndian = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    /// <summary>The text, its encoding and its mark; null where the bytes are no such text.</summary>
    public static (string Text, Encoding Encoding, byte[] Mark)? Decode(ReadOnlySpan<byte> bytes)
    {
        // FF FE 00 00 is UTF-32, which nobody sends; as UTF-16 it would be a text that begins with a zero.
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding)Utf8, 3),
            [0xFF, 0xFE, ..] => (LittleEndian, 2),
            [0xFE, 0xFF, ..] => (BigEndian, 2),
            _ => (Utf8, 0),
        };
        try
        {
            var text = encoding.GetString(bytes[mark..]);
            return IsBinary(text) ? null : (text, encoding, bytes[..mark].ToArray());
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    /// <summary>Controls that no text has, but every program and every picture.</summary>
    private static bool IsBinary(string text) => text.AsSpan().IndexOfAnyInRange('\u0000', '\u0008') >= 0 || text.AsSpan().IndexOfAnyInRange('\u000E', '\u001A') >= 0;
}
