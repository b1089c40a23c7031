using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace GatewayStack.Transform.Edits;

/// <summary>A text as it stands inside a JSON string, and as people read it.</summary>
internal static class JsonText
{
    /// <summary>Reads the escapes of a piece of a JSON string; what is no escape stays as it is.</summary>
    public static string Unescape(ReadOnlySpan<char> json) => json.Contains('\\') ? Unescape(json, [], out _) : json.ToString();

    /// <summary>The same of JSON that stands in a number of strings.</summary>
    public static string Unescape(ReadOnlySpan<char> json, int strings)
    {
        var text = json.ToString();
        for (; strings > 0; strings--)
        {
            text = Unescape(text);
        }

        return text;
    }

    /// <summary>Reads the escapes, and says where each sign of the text begins in the JSON.</summary>
    /// <param name="json">A piece of a JSON string.</param>
    /// <param name="signs">Receives where they begin, and behind the last one where the JSON ends; empty where nobody asks.</param>
    /// <param name="count">How many signs there are.</param>
    public static string Unescape(ReadOnlySpan<char> json, Span<int> signs, out int count)
    {
        var text = new StringBuilder(json.Length);
        count = 0;
        for (var i = 0; i < json.Length; i++)
        {
            var start = i;
            if (json[i] != '\\' || i + 1 == json.Length)
            {
                text.Append(json[i]);
            }
            else if (json[++i] != 'u')
            {
                text.Append(json[i] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'f' => '\f', var other => other });
            }
            else if (i + 4 < json.Length && ushort.TryParse(json.Slice(i + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var unit))
            {
                text.Append((char)unit);
                i += 4;
            }
            else
            {
                text.Append("\\u");
            }

            for (; count < text.Length; count++)
            {
                if (!signs.IsEmpty)
                {
                    signs[count] = start;
                }
            }
        }

        if (!signs.IsEmpty)
        {
            signs[count] = json.Length;
        }

        return text.ToString();
    }

    /// <summary>The text as it may stand inside a JSON string.</summary>
    public static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);

    /// <summary>The same of JSON that stands in a number of strings.</summary>
    public static string Escape(string text, int strings)
    {
        for (; strings > 0; strings--)
        {
            text = Escape(text);
        }

        return text;
    }
}
