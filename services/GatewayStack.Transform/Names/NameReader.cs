namespace GatewayStack.Transform.Names;

/// <summary>A name as the weights see it, before anybody has judged it.</summary>
/// <param name="Start">Where it begins in the unit.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Type">The index of its type.</param>
/// <param name="First">Its first token.</param>
/// <param name="Last">Its last token.</param>
/// <param name="From">Where the run of candidates round it begins.</param>
/// <param name="To">Where that run ends, exclusive.</param>
/// <param name="Margins">By how much it is better than no name.</param>
/// <param name="Readings">How well it fits each type.</param>
internal readonly record struct NameFinding(int Start, int End, int Type, int First, int Last, int From, int To, NameMargins Margins, NameReadings Readings);

/// <summary>By how much a name is better than the best reading that has none there.</summary>
/// <param name="Least">Of the token where that is least.</param>
/// <param name="Mean">The mean of its tokens.</param>
/// <param name="Most">Of the token where that is most.</param>
/// <param name="IsSecond">True where the best reading has no name: the margins are below 0 then, as far as they are known.</param>
internal readonly record struct NameMargins(int Least, int Mean, int Most, bool IsSecond);

/// <summary>How much better a span is as a name of each type than as none, by itself.</summary>
/// <param name="Person">As a person.</param>
/// <param name="Place">As a place.</param>
/// <param name="Organization">As an organisation.</param>
internal readonly record struct NameReadings(int Person, int Place, int Organization);

/// <summary>Reads the names of units, and what comes near to one. Not safe for concurrent use: one for each thread.</summary>
internal sealed class NameReader
{
    /// <summary>A name that is worse than none by at most so much is read too: what speaks for it may stand elsewhere in the text.</summary>
    public const int SecondReading = 500;

    private readonly NameDecoder _decoder = new();
    private readonly List<NameFinding> _found = [];
    private readonly int[] _margins = new int[NameTokens.Capacity];
    private readonly byte[] _best = new byte[NameTokens.Capacity];

    /// <summary>The tokens of the last unit.</summary>
    public NameTokens Tokens => _decoder.Tokens;

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
            Collect(model, from, to - from);
            from = to;
        }

        return _found;
    }

    private void Collect(NameModel model, int from, int length)
    {
        _decoder.Decode(model.Transitions, length, []);
        var labels = _decoder.Labels.AsSpan(0, length);
        if (labels.ContainsAnyExcept((byte)NameLabels.Outside))
        {
            _decoder.Margins(model.Transitions, length, _margins);
            Collect(model, from, length, bonus: 0);
        }

        if (!labels.Contains((byte)NameLabels.Outside))
        {
            return;
        }

        // Once more, with an advantage for every name: what is found beside the names of the best reading was close.
        labels.CopyTo(_best);
        _decoder.Favour(length, SecondReading);
        _decoder.Decode(model.Transitions, length, []);
        if (labels.ContainsAnyExcept((byte)NameLabels.Outside) && !labels.SequenceEqual(_best.AsSpan(0, length)))
        {
            _decoder.Margins(model.Transitions, length, _margins);
            Collect(model, from, length, SecondReading);
        }
    }

    private void Collect(NameModel model, int from, int length, int bonus)
    {
        var labels = _decoder.Labels.AsSpan(0, length);
        for (var i = 0; i < length; i++)
        {
            if (labels[i] == NameLabels.Outside)
            {
                continue;
            }

            var first = i;
            int least = _margins[i], most = least, sum = least;
            while (!NameLabels.Ends(labels[i]))
            {
                i++;
                least = Math.Min(least, _margins[i]);
                most = Math.Max(most, _margins[i]);
                sum += _margins[i];
            }

            if (bonus != 0 && _best.AsSpan(first, i + 1 - first).ContainsAnyExcept((byte)NameLabels.Outside))
            {
                continue;
            }

            var tokens = _decoder.Tokens;
            _found.Add(new NameFinding(
                tokens.Start[from + first], tokens.End[from + i], NameLabels.TypeOf(labels[i]), from + first, from + i, from, from + length,
                new NameMargins(least - bonus, (sum / (i + 1 - first)) - bonus, most - bonus, bonus != 0),
                new NameReadings(Reading(model, first, i, 0, bonus), Reading(model, first, i, 1, bonus), Reading(model, first, i, 2, bonus))));
        }
    }

    private int Reading(NameModel model, int first, int last, int type, int bonus)
    {
        var sum = -bonus;
        var before = 0;
        for (var i = first; i <= last; i++)
        {
            var label = NameLabels.Of(type, i == first, i == last);
            var at = i * NameLabels.Stride;
            sum += _decoder.Emissions[at + label] - _decoder.Emissions[at] + model.Transitions[(before * NameLabels.Stride) + label];
            before = label;
        }

        return sum;
    }
}
