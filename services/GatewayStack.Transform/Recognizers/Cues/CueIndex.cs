namespace GatewayStack.Transform.Recognizers.Cues;

/// <summary>The cues of a stretch of a text, each read once: values that stand close together ask for the same ones. The stretch grows with what is asked for, and
/// begins anew where that lies apart from it. Belongs to one scan.</summary>
internal sealed class CueIndex
{
    /// <summary>So many units before what is asked for are read as well: the next question may begin a little before this one.</summary>
    private const int Margin = 64;

    /// <summary>A wider gap is not read.</summary>
    private const int WidestGap = 128;

    /// <summary>A longer list begins anew.</summary>
    private const int Most = 1024;

    private readonly List<Cue> _cues = [];
    private int _from;
    private int _to;

    /// <summary>Forgets the text.</summary>
    public void Clear()
    {
        _cues.Clear();
        _from = _to = 0;
    }

    /// <summary>The first cue that begins in [<paramref name="from"/>, <paramref name="before"/>) and ends by <paramref name="limit"/>.</summary>
    /// <param name="reader">Reads the whole text, the same one until <see cref="Clear"/>.</param>
    /// <param name="from">The first place.</param>
    /// <param name="before">Behind the last place.</param>
    /// <param name="limit">No word goes on from here.</param>
    /// <param name="cue">The cue.</param>
    public bool TryNext(in CueReader reader, int from, int before, int limit, out Cue cue)
    {
        Cover(reader, from, before);
        for (var i = FirstFrom(from); i < _cues.Count && _cues[i].Start < before; i++)
        {
            // A word that goes on behind the limit may have a shorter one at its beginning.
            cue = _cues[i];
            if (cue.End <= limit || reader.TryRead(cue.Start, limit, out cue))
            {
                return true;
            }
        }

        cue = default;
        return false;
    }

    /// <summary>Whether a cue of these kinds may begin in [<paramref name="from"/>, <paramref name="before"/>); false is certain, whatever limit there is.</summary>
    public bool MayHold(in CueReader reader, int from, int before, CueSet kinds)
    {
        Cover(reader, from, before);
        for (var i = FirstFrom(from); i < _cues.Count && _cues[i].Start < before; i++)
        {
            if (_cues[i].Beginnings.Meets(kinds))
            {
                return true;
            }
        }

        return false;
    }

    private void Cover(in CueReader reader, int from, int to)
    {
        if (from < _from || from > _to + WidestGap || _cues.Count > Most)
        {
            _cues.Clear();
            _from = _to = Math.Max(0, from - Margin);
        }

        var places = reader.Places(_to, to);
        for (var start = places.Next(); start < to; start = places.Next())
        {
            if (reader.TryRead(start, reader.Text.Length, out var cue))
            {
                _cues.Add(cue);
            }
        }

        _to = Math.Max(_to, to);
    }

    private int FirstFrom(int position)
    {
        var (low, high) = (0, _cues.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _cues[middle].Start < position ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
