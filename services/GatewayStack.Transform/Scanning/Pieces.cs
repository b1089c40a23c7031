namespace GatewayStack.Transform.Scanning;

/// <summary>
/// How a line is cut for patterns that have no gate. Each piece owns the matches that begin in its first half, and shows the pattern its second
/// half too, so a match of up to <see cref="Step"/> units is found wherever it stands and no piece is longer than <see cref="Width"/>.
/// </summary>
internal static class Pieces
{
    /// <summary>From one piece to the next, in UTF-16 units.</summary>
    public const int Step = 128;

    /// <summary>Length of a piece.</summary>
    public const int Width = 2 * Step;

    /// <summary>A piece in a text that may still grow.</summary>
    /// <param name="End">Where it ends: the line's end at the latest.</param>
    /// <param name="Next">Where the next one begins.</param>
    /// <param name="NextLine">True when that is in another line.</param>
    /// <param name="IsComplete">False when more text could change it.</param>
    public readonly record struct Piece(int End, int Next, bool NextLine, bool IsComplete);

    /// <summary>Cuts the piece that begins at <paramref name="start"/>.</summary>
    public static Piece At(ReadOnlySpan<char> text, int start, bool final)
    {
        var length = Math.Min(Width, text.Length - start);
        var line = text.Slice(start, length).IndexOfAny('\n', '\r');
        var end = start + (line < 0 ? length : line);

        // One unit more must be known: a match may end with a surrogate whose other half follows.
        var complete = final || line >= 0 || text.Length > start + Width;
        return line is >= 0 and < Step
            ? new Piece(end, end + 1, NextLine: true, complete)
            : new Piece(end, start + Step, NextLine: false, complete);
    }
}
