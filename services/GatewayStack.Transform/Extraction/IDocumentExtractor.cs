namespace GatewayStack.Transform.Extraction;

/// <summary>Reads the text of one kind of documents. Safe for concurrent use; never opens anything but the bytes it is given.</summary>
internal interface IDocumentExtractor
{
    /// <summary>Its name, for metrics.</summary>
    string Name { get; }

    /// <summary>True for the media types it reads; without parameters, in lower case.</summary>
    bool Takes(string mediaType);

    /// <summary>Reads the text within the bounds. What the document itself causes is a reason, never an exception.</summary>
    Extraction Extract(ReadOnlyMemory<byte> bytes, ExtractionBounds bounds, CancellationToken cancellationToken);
}

/// <summary>What was read of a document.</summary>
/// <param name="Text">The text, as far as it was read. Content: never logged.</param>
/// <param name="Reason">Why that is not all (<see cref="ExtractionReasons"/>); null where it is.</param>
internal sealed record Extraction(string Text, string? Reason)
{
    /// <summary>Nothing was read.</summary>
    public static Extraction Nothing(string reason) => new(string.Empty, reason);

    /// <summary>Leaves the content out.</summary>
    public override string ToString() => $"Extraction {{ Chars = {Text.Length}, Reason = {Reason} }}";
}

/// <summary>How much may be read of a document.</summary>
internal sealed record ExtractionBounds
{
    /// <summary>Bytes of the document.</summary>
    public required int MaxBytes { get; init; }

    /// <summary>Bytes of its parts, unpacked, all together; parts that are unpacked twice count twice.</summary>
    public required int MaxUnpackedBytes { get; init; }

    /// <summary>Pages.</summary>
    public required int MaxPages { get; init; }

    /// <summary>UTF-16 units of its text.</summary>
    public required int MaxChars { get; init; }
}

/// <summary>Why a document was not read whole; they come back as the reasons of unscanned parts.</summary>
internal static class ExtractionReasons
{
    /// <summary>No extractor for its media type.</summary>
    public const string NotText = "not_text";

    /// <summary>It has more bytes, unpacked bytes or text than may be read.</summary>
    public const string TooLarge = "too_large";

    /// <summary>It has more pages or parts than may be read.</summary>
    public const string TooManyParts = "too_many_parts";

    /// <summary>It could not be read in its time.</summary>
    public const string TooSlow = "too_slow";

    /// <summary>All workers were at work for as long as the request may take.</summary>
    public const string Busy = "busy";

    /// <summary>It is broken, truncated, or not what its media type says.</summary>
    public const string Undecodable = "undecodable";

    /// <summary>It needs a password.</summary>
    public const string Encrypted = "encrypted";

    /// <summary>It has images.</summary>
    public const string Images = "images";

    /// <summary>It has other files in it, or programs.</summary>
    public const string EmbeddedFiles = "embedded_files";

    /// <summary>It has characters that no table gives a meaning.</summary>
    public const string Unreadable = "unreadable_text";
}
