namespace GatewayStack.Transform.Evaluation.Gold;

/// <summary>Offsets of one text in another unit. A surrogate without its partner counts as one code point, and as the three bytes of what UTF-8 writes in its stead.</summary>
internal sealed class OffsetMap
{
    // One entry for each UTF-16 unit and one for the end; null where both units are the same.
    private readonly int[]? _offsets;
    private readonly int _length;

    private OffsetMap(int[]? offsets, int length)
    {
        _offsets = offsets;
        _length = length;
    }

    /// <summary>Maps the text's UTF-16 offsets to <paramref name="unit"/>.</summary>
    public static OffsetMap Of(string text, OffsetUnit unit)
    {
        if (unit == OffsetUnit.Utf16 || IsSame(text, unit))
        {
            return new OffsetMap(null, text.Length);
        }

        var offsets = new int[text.Length + 1];
        var at = 0;
        for (var i = 0; i < text.Length; i++)
        {
            offsets[i] = at;
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                // A pair is one whole: its middle belongs to its start.
                offsets[++i] = at;
                at += unit == OffsetUnit.Utf8 ? 4 : 1;
                continue;
            }

            at += unit == OffsetUnit.CodePoints ? 1 : text[i] switch { < '\u0080' => 1, < '\u0800' => 2, _ => 3 };
        }

        offsets[text.Length] = at;
        return new OffsetMap(offsets, at);
    }

    /// <summary>The offset in the unit of the map.</summary>
    public int FromUtf16(int offset) => _offsets is null ? offset : _offsets[offset];

    /// <summary>The UTF-16 offset of an offset in the unit of the map; null when it is outside of the text or inside of a character.</summary>
    public int? ToUtf16(int offset)
    {
        if (offset < 0 || offset > _length)
        {
            return null;
        }

        if (_offsets is null)
        {
            return offset;
        }

        var at = Array.BinarySearch(_offsets, offset);
        if (at < 0)
        {
            return null;
        }

        // The middle of a pair has the same offset as its start.
        return at > 0 && _offsets[at - 1] == offset ? at - 1 : at;
    }

    private static bool IsSame(string text, OffsetUnit unit) =>
        unit == OffsetUnit.Utf8 ? System.Text.Ascii.IsValid(text) : !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF');
}
