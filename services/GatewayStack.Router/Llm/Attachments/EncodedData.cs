using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>Finds the texts that are a file, wherever they stand: data URLs, and what is nothing but base64 from its beginning to its end.</summary>
internal static class EncodedData
{
    private const int ShortestBase64 = 512;
    private const int MaxHead = 1024;
    private const string Scheme = "data:";

    private static readonly SearchValues<byte> Blanks = SearchValues.Create(" \t."u8);
    private static readonly SearchValues<char> Alphabet = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_=\r\n");
    private static readonly SearchValues<char> OfTypes = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$&^_.+-");
    private static readonly string[] Families = ["image", "audio", "video", "application", "font", "model", "multipart", "message", "chemical", "text"];

    /// <summary>What a text is the data of; null where it is a text.</summary>
    public static FilePart? Find(JsonElement text)
    {
        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        var mayBeUrl = raw.Length > Scheme.Length && raw[0] is (byte)'d' or (byte)'D' or (byte)'\\' or (byte)' ' or (byte)'\n';
        if (!mayBeUrl && (raw.Length < ShortestBase64 || raw[..ShortestBase64].ContainsAny(Blanks)))
        {
            return null;
        }

        var value = text.GetString()!;
        return IsDataUrl(value.AsSpan().TrimStart()) ? new FilePart(null, null)
            : IsBase64(value.AsSpan().Trim()) ? new FilePart("text/plain", null)
            : null;
    }

    /// <summary>A data URL whose text does not simply stand there.</summary>
    private static bool IsDataUrl(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        text = text[Scheme.Length..];
        var comma = text[..Math.Min(text.Length, MaxHead)].IndexOf(',');
        var head = comma < 0 ? default : text[..comma];
        if (head.TrimEnd().EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var slash = text.IndexOf('/');
        if (slash <= 0 || !IsFamily(text[..slash]))
        {
            return false;
        }

        var end = text[(slash + 1)..].IndexOfAnyExcept(OfTypes);
        var type = text[..(end < 0 ? text.Length : slash + 1 + end)];
        return (end < 0 || text[slash + 1 + end] is ';' or ',') && type.Length > slash + 1
            && FileTypes.KindOf(type.ToString().ToLowerInvariant()) is FileKind.Other or FileKind.Document;
    }

    private static bool IsFamily(ReadOnlySpan<char> name)
    {
        foreach (var family in Families)
        {
            if (name.Equals(family, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Of so many characters some are capitals, some are small, and some are digits: a number, a word or a sequence is none.</summary>
    private static bool IsBase64(ReadOnlySpan<char> text) =>
        text.Length >= ShortestBase64 && !text.ContainsAnyExcept(Alphabet)
        && text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z') && text.ContainsAnyInRange('0', '9');
}
