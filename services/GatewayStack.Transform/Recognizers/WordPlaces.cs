using System.Numerics;

namespace GatewayStack.Transform.Recognizers;

/// <summary>The places of a text where the words of a <see cref="WordAutomaton"/> may stand, one after another.</summary>
/// <param name="words">The words.</param>
/// <param name="text">The text.</param>
/// <param name="from">The first place.</param>
/// <param name="limit">Behind the last place.</param>
/// <param name="isSure">True for those alone where a word stands, or may stand once more text is known.</param>
internal ref struct WordPlaces(WordAutomaton words, ReadOnlySpan<char> text, int from, int limit, bool isSure)
{
    private readonly ReadOnlySpan<char> _text = text;
    private readonly WordOpenings _openings = words.Openings;
    private int _block = from - WordStart.Block;
    private uint _starts;

    /// <summary>The next place; the limit where there is none.</summary>
    public int Next()
    {
        while (true)
        {
            for (; _starts != 0;)
            {
                var start = _block + BitOperations.TrailingZeroCount(_starts);
                if (start >= limit)
                {
                    return limit;
                }

                _starts &= _starts - 1;
                if (words.MayLead(_text, start) && (!isSure || words.Leads(_text, start)))
                {
                    return start;
                }
            }

            if (_block + WordStart.Block >= limit)
            {
                return limit;
            }

            _block += WordStart.Block;
            _starts = WordStart.Among(_text, _block, _openings);
        }
    }
}
