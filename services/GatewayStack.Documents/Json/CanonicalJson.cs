using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace GatewayStack.Documents.Json;

/// <summary>The canonical form of JSON (RFC 8785): the bytes that are hashed, whatever the spelling of the document.</summary>
public static class CanonicalJson
{
    /// <summary>SHA-256 of the canonical bytes, lower-case hex.</summary>
    /// <param name="json">Strict JSON (<see cref="StrictJson"/>).</param>
    public static string Revision(ReadOnlyMemory<byte> json) => Convert.ToHexStringLower(SHA256.HashData(Serialize(json)));

    /// <summary>The canonical bytes.</summary>
    /// <param name="json">Strict JSON (<see cref="StrictJson"/>).</param>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static byte[] Serialize(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = StrictJson.MaxDepth, AllowDuplicateProperties = false });
        return Serialize(document.RootElement);
    }

    /// <summary>The canonical bytes of one value.</summary>
    public static byte[] Serialize(JsonElement value)
    {
        var output = new ArrayBufferWriter<byte>();
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    private static void Write(ArrayBufferWriter<byte> output, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                WriteObject(output, value);
                break;
            case JsonValueKind.Array:
                WriteArray(output, value);
                break;
            case JsonValueKind.String:
                WriteString(output, value.GetString()!);
                break;
            case JsonValueKind.Number:
                output.Write(Encoding.ASCII.GetBytes(FormatNumber(value.GetDouble())));
                break;
            case JsonValueKind.True:
                output.Write("true"u8);
                break;
            case JsonValueKind.False:
                output.Write("false"u8);
                break;
            default:
                output.Write("null"u8);
                break;
        }
    }

    private static void WriteObject(ArrayBufferWriter<byte> output, JsonElement value)
    {
        output.Write("{"u8);
        var first = true;
        // Ordinal order of .NET strings is the order by UTF-16 units that the RFC asks for.
        foreach (var member in value.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            WriteString(output, member.Name);
            output.Write(":"u8);
            Write(output, member.Value);
        }

        output.Write("}"u8);
    }

    private static void WriteArray(ArrayBufferWriter<byte> output, JsonElement value)
    {
        output.Write("["u8);
        var first = true;
        foreach (var item in value.EnumerateArray())
        {
            if (!first)
            {
                output.Write(","u8);
            }

            first = false;
            Write(output, item);
        }

        output.Write("]"u8);
    }

    private static void WriteString(ArrayBufferWriter<byte> output, string text)
    {
        var escaped = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' => escaped.Append("\\\""),
                '\\' => escaped.Append("\\\\"),
                '\b' => escaped.Append("\\b"),
                '\f' => escaped.Append("\\f"),
                '\n' => escaped.Append("\\n"),
                '\r' => escaped.Append("\\r"),
                '\t' => escaped.Append("\\t"),
                < ' ' => escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => escaped.Append(c),
            };
        }

        output.Write(Encoding.UTF8.GetBytes(escaped.Append('"').ToString()));
    }

    /// <summary>ECMAScript's Number::toString: the shortest digits that read back as the same double, with its own rule for exponents.</summary>
    internal static string FormatNumber(double number)
    {
        if (number == 0)
        {
            return "0";
        }

        // "E16" would round; "R" gives the shortest digits, in a spelling of its own: [-]d[.ddd][E[+-]xx].
        var shortest = Math.Abs(number).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? mantissa : mantissa[..point];
        var all = (whole + (point < 0 ? string.Empty : mantissa[(point + 1)..])).TrimStart('0');
        var leading = whole.Length + (point < 0 ? 0 : mantissa.Length - point - 1) - all.Length;
        var digits = all.TrimEnd('0');
        // The value is 0.digits x 10^n.
        var n = whole.Length + exponent - leading;
        return (number < 0 ? "-" : string.Empty) + Spell(digits, n);
    }

    private static string Spell(string digits, int n)
    {
        var k = digits.Length;
        if (k <= n && n <= 21)
        {
            return digits + new string('0', n - k);
        }

        if (n is > 0 and <= 21)
        {
            return $"{digits[..n]}.{digits[n..]}";
        }

        if (n is > -6 and <= 0)
        {
            return $"0.{new string('0', -n)}{digits}";
        }

        var exponent = (n - 1).ToString("+0;-0", CultureInfo.InvariantCulture);
        return k == 1 ? $"{digits}e{exponent}" : $"{digits[..1]}.{digits[1..]}e{exponent}";
    }
}
