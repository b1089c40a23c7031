using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>What was seen at a gate: rows that look for the same thing stand side by side in the table, and look once. Belongs to one gate.</summary>
internal struct FirstLook
{
    private Glance? _glance;
    private int _gateLength;
    private bool _isWorthIt;
    private Survey? _survey;
    private int _seen;

    /// <summary>A row's glance.</summary>
    public bool Take(Glance glance, ReadOnlySpan<char> surroundings, int gate, int gateLength)
    {
        if (!ReferenceEquals(_glance, glance) || _gateLength != gateLength)
        {
            (_glance, _gateLength, _isWorthIt) = (glance, gateLength, glance(surroundings, gate, gateLength));
        }

        return _isWorthIt;
    }

    /// <summary>A survey.</summary>
    public int Take(Survey survey, ReadOnlySpan<char> surroundings, int gate)
    {
        if (!ReferenceEquals(_survey, survey))
        {
            (_survey, _seen) = (survey, survey(surroundings, gate));
        }

        return _seen;
    }
}
