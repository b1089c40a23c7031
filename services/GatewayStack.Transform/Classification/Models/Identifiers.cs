namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Tells identifiers from words by their shape: UUIDs, hashes, keys, short ids, base64. What their letters are is chance, and chance must not tip a label: the
/// featuriser reads all of them as one sign.
/// </summary>
internal static class Identifiers
{
    /// <summary>A run that goes to and fro between letters and digits so often is none that people made: "covid19" and "2024-11-05T14" do less.</summary>
    private const int Changes = 3;

    /// <summary>A part with letters and digits that is so long is none either.</summary>
    private const int LongPart = 12;

    /// <summary>Whether an identifier may hold it.</summary>
    public static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_';

    /// <summary>How long the identifier is that the text begins with; 0 when it begins with none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text)
    {
        int i = 0, changes = 0, part = 0;
        bool? wasDigit = null;
        bool partHasDigit = false, partHasLetter = false, isLong = false;
        for (; i < text.Length && IsPart(text[i]); i++)
        {
            if (text[i] is '-' or '_')
            {
                (part, partHasDigit, partHasLetter) = (0, false, false);
                continue;
            }

            var isDigit = char.IsAsciiDigit(text[i]);
            changes += wasDigit is { } was && was != isDigit ? 1 : 0;
            wasDigit = isDigit;
            partHasDigit |= isDigit;
            partHasLetter |= !isDigit;
            isLong |= ++part >= LongPart && partHasDigit && partHasLetter;
        }

        return changes >= Changes || isLong ? i : 0;
    }
}
