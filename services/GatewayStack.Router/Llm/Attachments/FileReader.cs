using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>Reads the data of a file in a body: a data URL (RFC 2397) or bare base64. What is not exactly so stays what it is, and is told.</summary>
internal static class FileReader
{
    /// <summary>Largest file of text that is decoded; a larger one could not be inspected either.</summary>
    public const int MaxTextBytes = 4 * 1024 * 1024;

    private const string Scheme = "data:";
    private const string Base64Mark = ";base64";
    private const int MaxHead = 1024;
    private const int MaxSignature = 1024;
    private const string Undecodable = "undecodable";

    /// <summary>True for the data URL of a file, whatever it is.</summary>
    public static bool IsDataUrl(string data) => data.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads a file.</summary>
    /// <param name="data">The JSON string's value.</param>
    /// <param name="mediaType">The media type where it is stated beside the data; null where the data URL states it.</param>
    /// <param name="fileName">The file's name, where it has one.</param>
    public static FileContent Read(string data, string? mediaType, string? fileName)
    {
        var head = string.Empty;
        if (IsDataUrl(data))
        {
            var comma = data.AsSpan(0, Math.Min(data.Length, MaxHead)).IndexOf(',');
            if (comma < 0 || !data.AsSpan(0, comma).TrimEnd().EndsWith(Base64Mark, StringComparison.OrdinalIgnoreCase))
            {
                return Not(FileTypes.Of(mediaType, fileName), Undecodable);
            }

            head = data[..(comma + 1)];
            mediaType = data[Scheme.Length..comma].TrimEnd()[..^Base64Mark.Length];
        }

        var type = FileTypes.Of(mediaType, fileName);
        var kind = FileTypes.KindOf(type);
        if (kind == FileKind.Other)
        {
            return Not(type, "not_text");
        }

        if (StrictBase64.Decode(data.AsSpan(head.Length)) is not { } bytes)
        {
            return Not(type, Undecodable);
        }

        // Whoever is given a PDF document under another name reads it as what it is.
        return kind == FileKind.Document || IsPdf(bytes)
            ? new FileContent(FileKind.Document, kind == FileKind.Document ? type : FileTypes.Pdf) { Bytes = bytes }
            : ReadText(kind, type, mediaType ?? string.Empty, head, bytes);
    }

    /// <summary>Readers look for the signature in the first 1024 bytes, whatever stands before it.</summary>
    private static bool IsPdf(ReadOnlySpan<byte> bytes) => bytes[..Math.Min(bytes.Length, MaxSignature)].IndexOf("%PDF-"u8) >= 0;

    private static FileContent ReadText(FileKind kind, string type, string stated, string head, byte[] bytes)
    {
        if (bytes.Length > MaxTextBytes)
        {
            return Not(type, "too_large");
        }

        if (!FileTypes.IsDecodable(stated) || TextDecoder.Decode(bytes) is not var (text, encoding, mark))
        {
            return Not(type, Undecodable);
        }

        // What calls itself JSON and is none is a text: nothing of it has to stay whole.
        var isJson = kind == FileKind.Json && JsonContent.Is(text);
        return new FileContent(isJson ? FileKind.Json : FileKind.Text, isJson ? "application/json" : kind == FileKind.Json ? "text/plain" : type)
        {
            Text = text,
            File = new TextFile(head, encoding, mark),
        };
    }

    private static FileContent Not(string type, string reason) => new(FileKind.Other, type) { Reason = reason };
}
