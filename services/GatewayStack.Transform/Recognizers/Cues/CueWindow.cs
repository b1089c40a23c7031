using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>The cues of a part of a text, as if nothing else of it were known: from the text's index where that says the same, and read anew where the part cuts
/// words.</summary>
internal readonly ref struct CueWindow
{
    private readonly CueReader _whole;
    private readonly CueIndex? _index;
    private readonly int _origin;
    private readonly bool _isWholeAhead;

    /// <summary>The window of a part.</summary>
    /// <param name="text">The text.</param>
    /// <param name="origin">Where the part begins in it.</param>
    /// <param name="length">How long it is.</param>
    public CueWindow(in ScannedText text, int origin, int length)
    {
        _whole = new CueReader(text.Units);
        _index = text.Indexes?.Cues;
        _origin = origin;

        // No cue goes on in the next line.
        _isWholeAhead = origin + length == text.Units.Length || text.Units[origin + length] is '\n' or '\r';
        Text = text.Units.Slice(origin, length);
    }

    /// <summary>The part.</summary>
    public ReadOnlySpan<char> Text { get; }

    /// <summary>The first cue that begins in [<paramref name="from"/>, <paramref name="before"/>) and ends by <paramref name="limit"/>.</summary>
    public bool TryNext(int from, int before, int limit, out Cue cue)
    {
        if (_index is null || (from == 0 && _origin > 0) || (limit == Text.Length && !_isWholeAhead))
        {
            return new CueReader(Text).TryNext(from, before, limit, out cue);
        }

        var isFound = _index.TryNext(_whole, _origin + from, _origin + before, _origin + limit, out var found);
        cue = isFound ? found with { Start = found.Start - _origin, End = found.End - _origin } : default;
        return isFound;
    }
}
