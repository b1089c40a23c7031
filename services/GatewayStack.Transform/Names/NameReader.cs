namespace GatewayStack.Transform.Names;

/// <summary>A name as the weights see it, before it has a score.</summary>
/// <param name="Start">Where it begins in the unit.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Type">The index of its type.</param>
/// <param name="CodeLevel">How much the unit looks like code.</param>
/// <param name="Margin">How much worse the best reading is that has no name here.</param>
internal readonly record struct NameFinding(int Start, int End, int Type, int CodeLevel, int Margin);

/// <summary>Reads the names of units. Not safe for concurrent use: one for each thread.</summary>
internal sealed class NameReader
{
    private readonly NameDecoder _decoder = new();
    private readonly List<NameFinding> _found = [];
    private readonly int[] _margins = new int[NameTokens.Capacity];

    /// <summary>Reads a unit of at most <see cref="NameUnits.MaxLength"/>. The list is good until the next call.</summary>
    public List<NameFinding> Read(NameModel model, ReadOnlySpan<char> unit)
    {
        _found.Clear();
        var tokens = _decoder.Tokens;
        if (!tokens.Read(unit, model.Lexicon))
        {
            return _found;
        }

        for (var from = NameTokens.First; from < tokens.Last;)
        {
            if (!tokens.Candidate[from])
            {
                from++;
                continue;
            }

            var to = from + 1;
            while (to < tokens.Last && tokens.Candidate[to])
            {
                to++;
            }

            _decoder.Weigh(model, unit, from, to);
            _decoder.Decode(model.Transitions, to - from, []);
            Collect(model, from, to - from);
            from = to;
        }

        return _found;
    }

    private void Collect(NameModel model, int from, int length)
    {
        var labels = _decoder.Labels.AsSpan(0, length);
        if (!labels.ContainsAnyExcept((byte)NameLabels.Outside))
        {
            return;
        }

        _decoder.Margins(model.Transitions, length, _margins);
        for (var i = 0; i < length; i++)
        {
            if (labels[i] == NameLabels.Outside)
            {
                continue;
            }

            var first = i;
            var margin = _margins[i];
            while (!NameLabels.Ends(labels[i]))
            {
                i++;
                margin = Math.Min(margin, _margins[i]);
            }

            var tokens = _decoder.Tokens;
            _found.Add(new NameFinding(tokens.Start[from + first], tokens.End[from + i], NameLabels.TypeOf(labels[i]), tokens.CodeLevel, margin));
        }
    }
}
