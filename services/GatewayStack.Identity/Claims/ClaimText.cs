using System.Globalization;

namespace GatewayStack.Identity.Claims;

/// <summary>What a text from a token may look like: such texts end in headers, logs and keys.</summary>
internal static class ClaimText
{
    /// <summary>Longest subject, user id, tenant, role or scope, in UTF-16 units.</summary>
    public const int IdLimit = 255;

    /// <summary>Longest client id (some are URLs), URL or attribute.</summary>
    public const int LongLimit = 1024;

    /// <summary>Most entries of a list.</summary>
    public const int ListLimit = 512;

    /// <summary>True for a text that two readers cannot take for two things: nothing invisible in it, and no space at its ends that a header would lose.</summary>
    public static bool IsIdentifier(string value, int limit = IdLimit)
    {
        if (value.Length == 0 || value.Length > limit || char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return false;
        }

        foreach (var character in value)
        {
            if (IsUnsafe(character) || (character > 0x7f && char.GetUnicodeCategory(character) == UnicodeCategory.Format))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True for a text that is safe to show; joiners inside a name are part of some scripts.</summary>
    public static bool IsLabel(string value, int limit = IdLimit)
    {
        if (string.IsNullOrWhiteSpace(value) || value.Length > limit)
        {
            return false;
        }

        foreach (var character in value)
        {
            if (IsUnsafe(character) || character is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\uFEFF')
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsUnsafe(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';
}
