namespace GatewayStack.Documents;

/// <summary>Where a document comes from: a file that is watched, or a text built into its owner.</summary>
public sealed record DocumentSource
{
    /// <summary>What <see cref="DocumentVersion{T}.Source"/> says of a document that is built in.</summary>
    public const string BuiltInName = "built-in";

    private DocumentSource(string? path, string? text)
    {
        Path = path;
        Text = text;
    }

    /// <summary>Absolute path of the file; null for a built-in text.</summary>
    public string? Path { get; }

    /// <summary>The built-in text, JSON or YAML; null for a file.</summary>
    public string? Text { get; }

    /// <summary>The path, or <see cref="BuiltInName"/>.</summary>
    public string Name => Path ?? BuiltInName;

    /// <summary>The configured file or, where none is configured (null or blank), the owner's default text.</summary>
    /// <param name="path">Path of the file; a relative one is relative to the working directory.</param>
    /// <param name="defaultText">The document in force without a file.</param>
    public static DocumentSource From(string? path, string defaultText) =>
        string.IsNullOrWhiteSpace(path) ? new DocumentSource(null, defaultText) : new DocumentSource(System.IO.Path.GetFullPath(path), null);
}
