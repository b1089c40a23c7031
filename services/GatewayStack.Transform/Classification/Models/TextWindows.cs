namespace GatewayStack.Transform.Classification.Models;

/// <summary>The stretches of a text that are scored one by one.</summary>
internal static class TextWindows
{
    /// <summary>A window holds as many whole pieces as fit into this many UTF-16 units, and never less than one.</summary>
    public const int Length = 240;

    /// <summary>A window holds no more pieces.</summary>
    public const int MostPieces = (Length / TextPieces.MinLength) + 1;

    /// <summary>All stretches, each with its pieces: for training and for models that score a stretch by themselves. <see cref="LinearHeads"/> visits the
    /// same ones without making lists.</summary>
    public static List<Range[]> Of(ReadOnlySpan<char> text, HeadUnit unit)
    {
        var pieces = Pieces(text);
        var windows = new List<Range[]>(pieces.Count);
        var first = 0;
        for (var last = 0; last < pieces.Count; last++)
        {
            while (first < last && (unit == HeadUnit.Piece || pieces[last].End.Value - pieces[first].Start.Value > Length))
            {
                first++;
            }

            windows.Add([.. pieces[first..(last + 1)]]);
            if (first < last)
            {
                windows.Add([pieces[last]]);
            }
        }

        return windows;
    }

    /// <summary>The pieces of a text.</summary>
    public static List<Range> Pieces(ReadOnlySpan<char> text)
    {
        var pieces = new List<Range>();
        for (var start = 0; start < text.Length;)
        {
            var end = TextPieces.EndOf(text, start);
            pieces.Add(start..end);
            start = end;
        }

        return pieces;
    }
}
