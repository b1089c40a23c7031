using System.Collections.Immutable;

namespace GatewayStack.Documents;

/// <summary>One version of a document. Immutable: a request that took it keeps it to its end.</summary>
/// <typeparam name="T">The compiled form.</typeparam>
public sealed record DocumentVersion<T>
    where T : class
{
    /// <summary>The compiled form.</summary>
    public required T Value { get; init; }

    /// <summary>SHA-256 of the canonical (RFC 8785) bytes, lower-case hex.</summary>
    public required string Revision { get; init; }

    /// <summary>Where it was read from.</summary>
    public required string Source { get; init; }

    /// <summary>When it was loaded.</summary>
    public required DateTimeOffset LoadedAt { get; init; }
}

/// <summary>The current version of a document, and how it is replaced.</summary>
/// <remarks>Safe for concurrent use. A bad document never replaces a good one.</remarks>
/// <typeparam name="T">The compiled form.</typeparam>
public interface IDocumentStore<T>
    where T : class
{
    /// <summary>The version in force.</summary>
    DocumentVersion<T> Current { get; }

    /// <summary>True where the store of the document has not been reached for longer than may be: whoever has to be strict then refuses. False for a file.</summary>
    bool IsStale => false;

    /// <summary>Errors of the last attempt to replace it; empty when that succeeded.</summary>
    ImmutableArray<DocumentError> LastErrors { get; }

    /// <summary>Calls back after a new version came into force, until disposed.</summary>
    IDisposable OnChange(Action<DocumentVersion<T>> listener);

    /// <summary>Reads the source again and replaces the version if the document is good.</summary>
    Task<DocumentReload> ReloadAsync(CancellationToken cancellationToken);
}

/// <summary>Result of a reload.</summary>
public sealed record DocumentReload
{
    /// <summary>True when the document was good (changed or not).</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Revision before.</summary>
    public required string Before { get; init; }

    /// <summary>Revision now.</summary>
    public required string After { get; init; }

    /// <summary>What is wrong, when it failed.</summary>
    public ImmutableArray<DocumentError> Errors { get; init; } = [];
}
