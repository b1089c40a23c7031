using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GatewayStack.Platform.Tests.Events;

/// <summary>RFC 8785 the slow way, for integers: an oracle that shares nothing with the writer under test.</summary>
internal static class CanonicalJson
{
    public static string Of(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        return Of(document.RootElement);
    }

    /// <summary>The same members in another order, some of their names written with escapes.</summary>
    public static string Shuffled(ReadOnlyMemory<byte> json, Random random)
    {
        using var document = JsonDocument.Parse(json);
        return Shuffled(document.RootElement, random);
    }

    private static string Shuffled(JsonElement e, Random random) => e.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(" , ", e.EnumerateObject().OrderBy(_ => random.Next()).Select(m => Name(m.Name, random) + ": " + Shuffled(m.Value, random))) + "}",
        JsonValueKind.Array => "[" + string.Join(", ", e.EnumerateArray().Select(i => Shuffled(i, random))) + "]",
        _ => e.GetRawText(),
    };

    private static string Name(string name, Random random) =>
        random.Next(4) == 0 ? $"\"\\u{(int)name[0]:x4}{name[1..]}\"" : Quote(name);

    private static string Of(JsonElement e) => e.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(',', e.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal).Select(m => Quote(m.Name) + ":" + Of(m.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(',', e.EnumerateArray().Select(Of)) + "]",
        JsonValueKind.String => Quote(e.GetString()!),
        JsonValueKind.Number => ((long)e.GetDouble()).ToString(CultureInfo.InvariantCulture),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => throw new InvalidOperationException("null is never written"),
    };

    private static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\b' => "\\b",
                '\t' => "\\t",
                '\n' => "\\n",
                '\f' => "\\f",
                '\r' => "\\r",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
