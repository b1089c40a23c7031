using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;

namespace GatewayStack.Transform.Edits;

/// <summary>A text as it stands inside a JSON string, and as people read it.</summary>
internal static class JsonText
{
    /// <summary>Reads the escapes of a piece of a JSON string; what is no escape stays as it is.</summary>
    public static string Unescape(ReadOnlySpan<char> json)
    {
        if (!json.Contains('\\'))
        {
            return json.ToString();
        }

        var text = new StringBuilder(json.Length);
        for (var i = 0; i < json.Length; i++)
        {
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
        }

        return text.ToString();
    }

    /// <summary>The text as it may stand inside a JSON string.</summary>
    public static string Escape(string text) => JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text);
}
