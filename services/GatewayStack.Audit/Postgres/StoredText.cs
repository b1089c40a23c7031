using System.Security.Cryptography;
using System.Text;

namespace GatewayStack.Audit.Postgres;

/// <summary>A text as the columns that are searched have it. The event's bytes have it whole.</summary>
internal static class StoredText
{
    // An index takes no more than a third of a page, and a long text must not make a batch impossible to store.
    private const int Longest = 256;

    /// <summary>
    /// The text itself; a long one, and one with a NUL, which Postgres cannot store, as its beginning and a digest of the whole: longer than any text that is kept as it is,
    /// so that no two texts become the same.
    /// </summary>
    public static string Of(string text)
    {
        if (text.Length <= Longest && !text.Contains('\0', StringComparison.Ordinal))
        {
            return text;
        }

        var beginning = text.AsSpan(0, Math.Min(text.Length, Longest)).ToString().Replace('\0', ' ');
        // Half a character is none.
        beginning = char.IsHighSurrogate(beginning[^1]) ? beginning[..^1] : beginning;
        return $"{beginning.PadRight(Longest)}#{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
    }

    /// <summary>The same for a text that may be absent.</summary>
    public static string? OrNull(string? text) => text is null ? null : Of(text);
}
