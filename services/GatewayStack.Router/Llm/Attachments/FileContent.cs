namespace GatewayStack.Router.Llm.Attachments;

/// <summary>A file inside a body, as it was decoded.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="MediaType">Its media type.</param>
internal sealed record FileContent(FileKind Kind, string MediaType)
{
    /// <summary>Why it is not given to anybody; null where it is.</summary>
    public string? Reason { get; init; }

    /// <summary>The text of a file of text.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>How the text is written back.</summary>
    public TextFile? File { get; init; }

    /// <summary>The bytes of a document.</summary>
    public byte[] Bytes { get; init; } = [];

    /// <summary>Leaves the content out.</summary>
    public override string ToString() => $"{nameof(FileContent)} {{ {Kind}, {MediaType}, {Reason} }}";
}
