using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace GatewayStack.Router.Json;

/// <summary>Reads a body so that no other parser can read it differently: no duplicate member in any spelling, no trailing bytes, valid Unicode.</summary>
/// <remarks>Only then may the original bytes be forwarded, because only then do two parsers read the same thing.</remarks>
internal static class StrictJson
{
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = false,
        CommentHandling = JsonCommentHandling.Disallow,
        MaxDepth = MaxDepth,
    };

    /// <summary>Parses; the document reads from <paramref name="body"/> and must not outlive it.</summary>
    /// <returns>What is wrong in words for the caller, or null.</returns>
    public static string? TryParse(ReadOnlyMemory<byte> body, out JsonDocument? document)
    {
        document = null;
        if (body.IsEmpty)
        {
            return "The request body is empty; send a JSON object.";
        }

        if (!Utf8.IsValid(body.Span))
        {
            return "The request body is not valid UTF-8.";
        }

        if (HasLoneSurrogate(body.Span))
        {
            return "The request body has an escaped surrogate without its partner.";
        }

        try
        {
            document = JsonDocument.Parse(body, Options);
        }
        catch (JsonException e)
        {
            // The library's own text may quote the body.
            return string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"The request body is not acceptable JSON (line {(e.LineNumber ?? 0) + 1}, byte {e.BytePositionInLine ?? 0}): malformed, too deep, or a member stands twice.");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            document = null;
            return "The request body must be a JSON object.";
        }

        return null;
    }

    /// <summary>Where an element stands in the bytes it was parsed from.</summary>
    public static Range Locate(ReadOnlySpan<byte> body, JsonElement element)
    {
        var raw = JsonMarshal.GetRawUtf8Value(element);
        body.Overlaps(raw, out var start);
        return new Range(start, start + raw.Length);
    }

    private static bool HasLoneSurrogate(ReadOnlySpan<byte> body)
    {
        var rest = body;
        while (rest.IndexOf((byte)'\\') is var i and >= 0 && i + 1 < rest.Length)
        {
            rest = rest[(i + 1)..];
            if (rest[0] != 'u')
            {
                rest = rest[1..];
                continue;
            }

            var unit = Unit(rest[1..]);
            if (unit is >= 0xDC00 and <= 0xDFFF)
            {
                return true;
            }

            if (unit is >= 0xD800 and <= 0xDBFF)
            {
                if (rest.Length < 11 || rest[5] != '\\' || rest[6] != 'u' || Unit(rest[7..]) is not (>= 0xDC00 and <= 0xDFFF))
                {
                    return true;
                }

                rest = rest[11..];
                continue;
            }

            rest = rest[1..];
        }

        return false;
    }

    private static int Unit(ReadOnlySpan<byte> hex)
    {
        if (hex.Length < 4)
        {
            return -1;
        }

        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var digit = HexValue(hex[i]);
            if (digit < 0)
            {
                return -1;
            }

            value = (value << 4) | digit;
        }

        return value;
    }

    private static int HexValue(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };
}
