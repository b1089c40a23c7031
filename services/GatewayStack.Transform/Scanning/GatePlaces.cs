using System.Numerics;
using System.Runtime.Intrinsics;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>The places of a text where single characters open rows, one after another: of a group of digits the first one.</summary>
/// <param name="text">The text.</param>
/// <param name="rows">The rows.</param>
/// <param name="from">The first place.</param>
internal ref struct GatePlaces(ReadOnlySpan<char> text, RecognizerSet rows, int from)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _block = from - AsciiSet.Block;
    private uint _left;

    /// <summary>The next place; <see cref="int.MaxValue"/> where there is none.</summary>
    public int Next()
    {
        while (_left == 0)
        {
            _block += AsciiSet.Block;
            if (_block >= _text.Length)
            {
                return int.MaxValue;
            }

            _left = Among(_block);
        }

        var place = _block + BitOperations.TrailingZeroCount(_left);
        _left &= _left - 1;
        return place;
    }

    /// <summary>The places among the next units, a bit each.</summary>
    private readonly uint Among(int block)
    {
        uint gates = 0, digits = 0;
        if (_text.Length - block >= AsciiSet.Block)
        {
            var units = AsciiSet.Read(_text[block..]);
            gates = rows.Characters.Among(units);
            digits = Vector128.LessThanOrEqual(units - Vector128.Create((byte)'0'), Vector128.Create((byte)9)).ExtractMostSignificantBits();
        }
        else
        {
            for (var i = 0; i < AsciiSet.Block && block + i < _text.Length; i++)
            {
                gates |= rows.Characters.Contains(_text[block + i]) ? 1u << i : 0;
                digits |= char.IsAsciiDigit(_text[block + i]) ? 1u << i : 0;
            }
        }

        var before = block > 0 && char.IsAsciiDigit(_text[block - 1]) ? 1u : 0;
        return gates & ~(digits & (digits << 1 | before));
    }
}
