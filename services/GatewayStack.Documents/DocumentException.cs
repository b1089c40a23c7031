using System.Collections.Immutable;

namespace GatewayStack.Documents;

/// <summary>A document was bad when its store was made. The message lists every error.</summary>
public sealed class DocumentException : Exception
{
    /// <summary>Makes the exception.</summary>
    public DocumentException(string name, string source, ImmutableArray<DocumentError> errors)
        : base($"The document {name} ({source}) is bad:{Environment.NewLine}{string.Join(Environment.NewLine, errors.Select(e => $"  {e.Pointer}: {e.Message}"))}") =>
        Errors = errors;

    /// <summary>Everything that is wrong.</summary>
    public ImmutableArray<DocumentError> Errors { get; }
}
