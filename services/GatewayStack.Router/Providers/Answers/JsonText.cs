using System.Buffers;
using System.Globalization;
using System.Text;

namespace GatewayStack.Router.Providers.Answers;

/// <summary>Reads JSON strings in which half of a surrogate pair may stand alone, as it does where a pair is cut between two events.</summary>
internal static class JsonText
{
    /// <summary>The text of a string literal that a JSON parser has accepted.</summary>
    /// <param name="literal">The literal with its quotation marks, valid UTF-8.</param>
    public static string Decode(ReadOnlySpan<byte> literal)
    {
        var raw = literal[1..^1];
        if (!raw.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(raw);
        }

        var text = ArrayPool<char>.Shared.Rent(raw.Length);
        var length = 0;
        while (raw.Length > 0)
        {
            var plain = raw.IndexOf((byte)'\\') is var escape and >= 0 ? escape : raw.Length;
            length += Encoding.UTF8.GetChars(raw[..plain], text.AsSpan(length));
            raw = raw[plain..];
            if (raw.Length > 0)
            {
                text[length++] = Unescape(raw, out var taken);
                raw = raw[taken..];
            }
        }

        var decoded = new string(text, 0, length);
        ArrayPool<char>.Shared.Return(text, clearArray: true);
        return decoded;
    }

    private static char Unescape(ReadOnlySpan<byte> escape, out int taken)
    {
        taken = 2;
        switch (escape[1])
        {
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'n': return '\n';
            case (byte)'r': return '\r';
            case (byte)'t': return '\t';
            case (byte)'u':
                taken = 6;
                return (char)ushort.Parse(escape[2..6], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: return (char)escape[1];
        }
    }
}
