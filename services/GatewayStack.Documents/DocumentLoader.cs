using System.Collections.Immutable;
using System.Text;
using GatewayStack.Documents.Json;
using GatewayStack.Documents.Yaml;

namespace GatewayStack.Documents;

/// <summary>Reads a document from its source and compiles it. What is wrong with the document is a result, never an exception.</summary>
public static class DocumentLoader
{
    /// <summary>The largest document, in bytes.</summary>
    public const int MaxBytes = 4 * 1024 * 1024;

    /// <summary>Reads and compiles a document.</summary>
    public static LoadedDocument<T> Load<T>(IDocumentFormat<T> format, DocumentSource source)
        where T : class
    {
        var read = Read(source);
        return read.Error is { } error ? LoadedDocument<T>.Bad([error]) : Compile(format, read.Bytes, source.Path);
    }

    /// <summary>Compiles a document's text.</summary>
    /// <param name="format">The owner's format.</param>
    /// <param name="text">The document, UTF-8, JSON or YAML.</param>
    /// <param name="path">The file it came from: <c>.json</c>, <c>.yaml</c> and <c>.yml</c> say what it is, otherwise the first character does.</param>
    public static LoadedDocument<T> Compile<T>(IDocumentFormat<T> format, ReadOnlyMemory<byte> text, string? path = null)
        where T : class
    {
        if (text.Length > MaxBytes)
        {
            return LoadedDocument<T>.Bad([TooLarge]);
        }

        var bytes = text.Span.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
        if (!IsJson(bytes.Span, path))
        {
            var converted = YamlToJson.Convert(bytes);
            if (!converted.Errors.IsEmpty)
            {
                return LoadedDocument<T>.Bad(converted.Errors);
            }

            bytes = converted.Json;
        }

        var errors = StrictJson.Check(bytes);
        if (!errors.IsEmpty)
        {
            return LoadedDocument<T>.Bad(errors);
        }

        var compiled = format.Compile(bytes);
        return compiled.Value is null || !compiled.Errors.IsEmpty
            ? LoadedDocument<T>.Bad(compiled.Errors.IsDefaultOrEmpty ? [new DocumentError(string.Empty, "is not a document of this kind")] : compiled.Errors)
            : new LoadedDocument<T> { Value = compiled.Value, Revision = CanonicalJson.Revision(bytes) };
    }

    /// <summary>Reads a source's bytes, bounded.</summary>
    internal static DocumentBytes Read(DocumentSource source)
    {
        if (source.Path is null)
        {
            return new DocumentBytes(Encoding.UTF8.GetBytes(source.Text ?? string.Empty), null);
        }

        try
        {
            using var stream = new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new MemoryStream();
            var chunk = new byte[64 * 1024];
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                buffer.Write(chunk, 0, read);
                if (buffer.Length > MaxBytes)
                {
                    return new DocumentBytes(default, TooLarge);
                }
            }

            return new DocumentBytes(buffer.ToArray(), null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            var problem = e is FileNotFoundException or DirectoryNotFoundException ? "does not exist" : "cannot be read";
            return new DocumentBytes(default, new DocumentError(string.Empty, $"the file {source.Path} {problem}"));
        }
    }

    private static DocumentError TooLarge { get; } = new(string.Empty, $"is larger than {MaxBytes / 1024 / 1024} MiB: split it or remove what is not needed");

    private static bool IsJson(ReadOnlySpan<byte> text, string? path) =>
        Path.GetExtension(path)?.ToUpperInvariant() switch
        {
            ".JSON" => true,
            ".YAML" or ".YML" => false,
            _ => text.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..],
        };
}

/// <summary>A document as read and compiled, or what is wrong with it.</summary>
/// <typeparam name="T">The compiled form.</typeparam>
public sealed record LoadedDocument<T>
    where T : class
{
    /// <summary>The compiled form; null when there are errors.</summary>
    public T? Value { get; init; }

    /// <summary>SHA-256 of the canonical (RFC 8785) bytes, lower-case hex; empty when there are errors.</summary>
    public string Revision { get; init; } = string.Empty;

    /// <summary>Everything that is wrong.</summary>
    public ImmutableArray<DocumentError> Errors { get; init; } = [];

    internal static LoadedDocument<T> Bad(ImmutableArray<DocumentError> errors) => new() { Errors = errors };
}

internal readonly record struct DocumentBytes(ReadOnlyMemory<byte> Bytes, DocumentError? Error);
