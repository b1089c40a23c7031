using System.Diagnostics.CodeAnalysis;

namespace GatewayStack.Limits.Postgres;

/// <summary>Texts as the server can keep them.</summary>
internal static class PostgresText
{
    /// <summary>The text itself, or with U+FFFD for U+0000, which no text of Postgres can hold: one sender's odd name must not stop the feed of all.</summary>
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Storable(string? text) => text is not null && text.Contains('\0', StringComparison.Ordinal) ? text.Replace('\0', '\uFFFD') : text;
}
