namespace GatewayStack.Transform;

/// <summary>How documents among a request's attachments are read.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Whether documents are read at all; default true. What is not read is an unscanned part.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Largest document in bytes; default 8 MiB.</summary>
    public int MaxBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Bytes that one document may unpack to; default 32 MiB.</summary>
    public int MaxUnpackedBytes { get; init; } = 32 * 1024 * 1024;

    /// <summary>Pages of one document; default 500.</summary>
    public int MaxPages { get; init; } = 500;

    /// <summary>Documents of one request; default 10.</summary>
    public int MaxDocuments { get; init; } = 10;

    /// <summary>Milliseconds that all documents of one request may take; default 2000.</summary>
    public int Milliseconds { get; init; } = 2000;

    /// <summary>Documents that are read at a time; default 2.</summary>
    public int Workers { get; init; } = 2;
}
