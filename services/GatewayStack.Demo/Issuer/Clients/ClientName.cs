using System.Globalization;
using System.Text;

namespace GatewayStack.Demo.Issuer.Clients;

/// <summary>Names that applications give themselves, made fit to be shown to people.</summary>
internal static class ClientName
{
    private const int Longest = 60;
    private const int MostMarks = 2;

    /// <summary>The name on one line, without what cannot be seen or turns the direction of writing, and not too long; null when nothing is left.</summary>
    public static string? Clean(string? name)
    {
        if (name is null)
        {
            return null;
        }

        var clean = new StringBuilder();
        var marks = 0;
        foreach (var rune in name.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                // Runs of blanks would push the rest out of sight.
                if (clean.Length > 0 && clean[^1] != ' ')
                {
                    clean.Append(' ');
                }
            }
            else if (rune != Rune.ReplacementChar && !IsUnseen(Rune.GetUnicodeCategory(rune)))
            {
                // Many marks on one letter would cover the lines around it.
                marks = Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? marks + 1 : 0;
                if (marks <= MostMarks)
                {
                    clean.Append(rune.ToString());
                }
            }

            if (clean.Length >= Longest)
            {
                break;
            }
        }

        var text = clean.ToString().TrimEnd();
        return text.Length == 0 ? null : text;
    }

    private static bool IsUnseen(UnicodeCategory category) => category
        is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned or UnicodeCategory.EnclosingMark;
}
