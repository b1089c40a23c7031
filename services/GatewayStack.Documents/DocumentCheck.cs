using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Documents;

/// <summary>What a module's <see cref="ISettingsCheck"/> says about its document.</summary>
public static class DocumentCheck
{
    /// <summary>One settings error for each thing wrong with the document; empty when it is good.</summary>
    /// <param name="key">The setting that names the file, such as <c>Policy:File</c>.</param>
    /// <param name="format">The owner's format.</param>
    /// <param name="source">The document.</param>
    public static ImmutableArray<SettingsError> Check<T>(string key, IDocumentFormat<T> format, DocumentSource source)
        where T : class =>
        [.. DocumentLoader.Load(format, source).Errors.Select(e => new SettingsError(key, Describe(e), $"mend {source.Name}"))];

    private static string Describe(DocumentError error) => error.Pointer.Length == 0 ? error.Message : $"{error.Pointer}: {error.Message}";
}
