using System.Runtime.InteropServices;

namespace GatewayStack.Audit.Storage;

/// <summary>A set of numbers as ranges that neither overlap nor touch: which of a producer's events are stored. Not thread-safe.</summary>
/// <remarks>One range in the usual case, whatever the number of events; never more than one per event.</remarks>
internal sealed class NumberRanges
{
    private readonly List<NumberRange> _ranges;

    /// <summary>Takes ranges in ascending order.</summary>
    public NumberRanges(IEnumerable<NumberRange> ranges) => _ranges = [.. ranges];

    /// <summary>The ranges, ascending.</summary>
    public IReadOnlyList<NumberRange> Ranges => _ranges;

    /// <summary>Adds a number; false when it is there already.</summary>
    /// <param name="number">The number.</param>
    /// <param name="time">When it came, in microseconds: a range that begins with it is known since then.</param>
    public bool Add(long number, long time)
    {
        var after = IndexAfter(number);
        var joinsBefore = after > 0 && _ranges[after - 1].Last >= number - 1;
        if (joinsBefore && _ranges[after - 1].Last >= number)
        {
            return false;
        }

        var joinsNext = after < _ranges.Count && _ranges[after].First == number + 1;
        switch (joinsBefore, joinsNext)
        {
            case (true, true):
                _ranges[after - 1] = _ranges[after - 1] with { Last = _ranges[after].Last };
                _ranges.RemoveAt(after);
                break;
            case (true, false):
                _ranges[after - 1] = _ranges[after - 1] with { Last = number };
                break;
            case (false, true):
                // What is missing before it has been missing for as long as before.
                _ranges[after] = _ranges[after] with { First = number };
                break;
            default:
                _ranges.Insert(after, new NumberRange(number, number, time));
                break;
        }

        return true;
    }

    // Index of the first range that begins after a number.
    private int IndexAfter(long number)
    {
        var (low, high) = (0, _ranges.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_ranges[middle].First <= number)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}

/// <summary>Numbers from one to another, both included.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Since">When its first number came, in microseconds; what is missing before it has been missing for so long.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NumberRange(long First, long Last, long Since);
