using System.Buffers;
using System.Text.Unicode;

namespace GatewayStack.Router.Llm.Attachments;

/// <summary>
/// Finds encoded bytes that stand in pieces of one length: the lines of an array, lines that are too short for any encoder, a dot after every so many characters. Identifiers and
/// hashes stand in lists, too, and have one length; what tells them apart is said where it is looked at.
/// </summary>
internal static class EvenPieces
{
    /// <summary>Shorter pieces are words and numbers.</summary>
    private const int ShortestPiece = 16;

    /// <summary>From so long a piece on, what URLs may hold counts as what files are encoded with: identifiers for URLs are shorter.</summary>
    private const int LongPiece = 60;

    /// <summary>Quotes, commas, a line break and an indent stand between two pieces, and no more.</summary>
    private const int MostBetween = 16;

    /// <summary>Identifiers of one kind begin alike for so long.</summary>
    private const int LeastPrefix = 4;

    /// <summary>Of random bytes one character in 32 is a sign.</summary>
    private const int CharactersForSign = 256;

    /// <summary>True where a text has such bytes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="cancellationToken">Ends a long search.</param>
    public static bool AreIn(ReadOnlySpan<char> text, CancellationToken cancellationToken)
    {
        for (var from = 0; from + EmbeddedData.Shortest <= text.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = EmbeddedData.NextSeed(text, from, ShortestPiece);
            if (start < 0)
            {
                return false;
            }

            // What is left of an escape is none of the piece.
            start += start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't' ? 1 : text[..start].EndsWith('%') && text[start] == '0' ? 2 : 0;
            var (length, count, tail, end) = Measure(text, start);
            if (count >= EmbeddedData.Shortest && count > 2 * length && !EmbeddedData.IsPrivateKey(text, start) && AreBytes(text, start, length, count, tail))
            {
                return true;
            }

            from = end;
        }

        return false;
    }

    /// <summary>True where a list of identifiers or hashes begins.</summary>
    public static bool IsList(ReadOnlySpan<char> text, int start)
    {
        var (length, count, tail, _) = Measure(text, start);
        if (count <= 2 * length)
        {
            return false;
        }

        var chars = ArrayPool<char>.Shared.Rent(count);
        try
        {
            Join(text, start, length, chars.AsSpan(0, count));
            return IsList(chars.AsSpan(0, count), length, tail);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
        }
    }

    /// <summary>How long the pieces are, how much they are together, what of it is a last one that is shorter, and where the last whole one ends.</summary>
    private static (int Length, int Count, int Tail, int End) Measure(ReadOnlySpan<char> text, int start)
    {
        var length = PieceAt(text, start);
        var (end, count) = (start + length, length);
        for (var next = Next(text, end); next > 0; next = Next(text, end))
        {
            var piece = PieceAt(text, next);
            if (piece != length)
            {
                return piece < length ? (length, count + piece, piece, end) : (length, count, 0, end);
            }

            (end, count) = (next + length, count + length);
        }

        return (length, count, 0, end);
    }

    private static void Join(ReadOnlySpan<char> text, int start, int length, Span<char> all)
    {
        for (var (at, to) = (start, 0); to < all.Length; at = to < all.Length ? Next(text, at) : at)
        {
            var piece = Math.Min(length, all.Length - to);
            text.Slice(at, piece).CopyTo(all[to..]);
            (at, to) = (at + piece, to + piece);
        }
    }

    private static int PieceAt(ReadOnlySpan<char> text, int start) =>
        text[start..].IndexOfAnyExcept(EmbeddedData.Alphabet) is >= 0 and var length ? length : text.Length - start;

    /// <summary>Where the next piece begins; 0 where none does. The letter of an escape belongs to what stands between.</summary>
    private static int Next(ReadOnlySpan<char> text, int at)
    {
        var last = Math.Min(text.Length, at + MostBetween);
        for (; at < last; at++)
        {
            // A sign that stands by itself joins two texts, or begins a line of a list.
            if (EmbeddedData.Alphabet.Contains(text[at]) && (at + 1 == text.Length || char.IsAsciiLetterOrDigit(text[at]) || EmbeddedData.Alphabet.Contains(text[at + 1])))
            {
                return at;
            }

            at += text[at] == '\\' && at + 1 < last && text[at + 1] is 'n' or 'r' or 't' ? 1
                : text[at] == '%' && text[at..].StartsWith("%0", StringComparison.Ordinal) ? 2 : 0;
        }

        return 0;
    }

    private static bool AreBytes(ReadOnlySpan<char> text, int start, int length, int count, int tail)
    {
        var chars = ArrayPool<char>.Shared.Rent(count);
        var bytes = ArrayPool<byte>.Shared.Rent(count / 4 * 3);
        try
        {
            var all = chars.AsSpan(0, count);
            Join(text, start, length, all);
            if (!IsMixed(all) || IsList(all, length, tail))
            {
                return false;
            }

            all.Replace('-', '+');
            all.Replace('_', '/');
            return Convert.TryFromBase64Chars(all[..(count / 4 * 4)], bytes, out var written) && !EmbeddedData.IsKnown(bytes.AsSpan(0, written))
                && (all.Count('+') + all.Count('/') >= count / CharactersForSign || IsText(bytes.AsSpan(0, written)));
        }
        finally
        {
            // Others must not see what it was.
            ArrayPool<char>.Shared.Return(chars, clearArray: true);
            ArrayPool<byte>.Shared.Return(bytes, clearArray: true);
        }
    }

    /// <summary>Some of everything, and one kind of character after the other: words and paths have their letters together.</summary>
    private static bool IsMixed(ReadOnlySpan<char> all)
    {
        Span<int> kinds = stackalloc int[4];
        var (changes, last) = (0, -1);
        foreach (var c in all)
        {
            var kind = char.IsAsciiLetterUpper(c) ? 0 : char.IsAsciiLetterLower(c) ? 1 : char.IsAsciiDigit(c) ? 2 : 3;
            kinds[kind]++;
            changes += kind == last ? 0 : 1;
            last = kind;
        }

        return kinds[0] * 64 > all.Length && kinds[1] * 64 > all.Length && kinds[2] * 64 > all.Length && kinds[3] * 8 < all.Length && changes * 2 > all.Length;
    }

    /// <summary>
    /// Identifiers: made for URLs, or all with one beginning, as those that begin with their time and hashes that begin with their kind. Hashes: of the length that theirs have in
    /// base64 (16, 20, 32 and 64 bytes), each of them whole.
    /// </summary>
    private static bool IsList(ReadOnlySpan<char> all, int length, int tail)
    {
        if ((length < LongPiece && all.ContainsAny('-', '_')) || (length is 22 or 27 or 43 or 86 && (tail == 0 || all.Length % 4 != 0)))
        {
            return true;
        }

        // What is the same over and over is no identifier.
        var first = all[..length];
        var differ = false;
        for (var at = length; at + length <= all.Length; at += length)
        {
            var piece = all.Slice(at, length);
            if (!piece.StartsWith(first[..LeastPrefix]))
            {
                return false;
            }

            differ |= !piece.SequenceEqual(first);
        }

        return differ;
    }

    /// <summary>No identifiers are text, encoded.</summary>
    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        for (var cut = 0; cut <= 3; cut++)
        {
            if (Utf8.IsValid(bytes[..^cut]))
            {
                return !bytes.ContainsAny(EmbeddedData.Controls);
            }
        }

        return false;
    }
}
