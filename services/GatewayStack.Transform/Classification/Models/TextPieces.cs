namespace GatewayStack.Transform.Classification.Models;

/// <summary>Cuts a text into pieces: about a sentence or a line each, never longer than a bound.</summary>
internal static class TextPieces
{
    /// <summary>No piece is longer, in UTF-16 units.</summary>
    public const int MaxLength = 160;

    /// <summary>No piece but the last is shorter: a sentence of two words says too little by itself.</summary>
    public const int MinLength = 20;

    /// <summary>Where the piece that begins at <paramref name="start"/> ends. It depends only on the next <see cref="MaxLength"/> units and one more.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int start)
    {
        var limit = Math.Min(text.Length, start + MaxLength);
        var blank = -1;
        for (var i = start; i < limit; i++)
        {
            var c = text[i];
            if (c > '?' && c < '\u0085')
            {
                continue;
            }

            var isBlank = char.IsWhiteSpace(c);
            blank = isBlank ? i : blank;
            var ends = c == '\n' || (c is '.' or '!' or '?' or ';' && (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1])));
            if (ends && i + 1 - start >= MinLength)
            {
                return i + 1;
            }
        }

        return limit == text.Length || blank < start + (MaxLength / 2) ? limit : blank + 1;
    }
}
