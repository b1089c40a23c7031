using System.Collections.Immutable;

namespace GatewayStack.Documents;

/// <summary>Turns a document's text into its compiled form, or says everything that is wrong with it.</summary>
/// <typeparam name="T">The compiled form. Immutable.</typeparam>
public interface IDocumentFormat<T>
    where T : class
{
    /// <summary>Parses, validates and compiles.</summary>
    /// <param name="json">The document as strict UTF-8 JSON (no duplicate keys); YAML has been converted.</param>
    DocumentResult<T> Compile(ReadOnlyMemory<byte> json);
}

/// <summary>Result of a compilation: a value, or every error at once.</summary>
/// <typeparam name="T">The compiled form.</typeparam>
public sealed record DocumentResult<T>
    where T : class
{
    /// <summary>The compiled form; null when there are errors.</summary>
    public T? Value { get; init; }

    /// <summary>What is wrong, with where.</summary>
    public ImmutableArray<DocumentError> Errors { get; init; } = [];
}

/// <summary>One thing wrong with a document.</summary>
/// <param name="Pointer">JSON pointer of the place; a line for YAML that cannot be read.</param>
/// <param name="Message">What is wrong and how to mend it.</param>
public sealed record DocumentError(string Pointer, string Message);
