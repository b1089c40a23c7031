namespace GatewayStack.Transform.Scanning;

/// <summary>The parts of a text in which something was found. Belongs to one text.</summary>
internal sealed class CoveredParts
{
    /// <summary>Apart from each other, in the order of the text.</summary>
    private readonly List<(int Start, int End)> _parts = [];

    /// <summary>The parts of what was found.</summary>
    public CoveredParts(List<Candidate> found)
    {
        var all = new List<(int Start, int End)>(found.Count);
        foreach (var candidate in found)
        {
            if (candidate.Row.Marks)
            {
                all.Add((candidate.Start, candidate.End));
            }
        }

        all.Sort();
        foreach (var part in all)
        {
            if (_parts.Count > 0 && _parts[^1].End >= part.Start)
            {
                _parts[^1] = (_parts[^1].Start, Math.Max(_parts[^1].End, part.End));
            }
            else
            {
                _parts.Add(part);
            }
        }
    }

    /// <summary>True where something was found in a part of [<paramref name="start"/>, <paramref name="end"/>).</summary>
    public bool Meet(int start, int end)
    {
        // The last that begins before the end is the only one that can reach in.
        var index = _parts.BinarySearch((end, int.MinValue));
        index = index < 0 ? ~index - 1 : index - 1;
        return index >= 0 && _parts[index].End > start;
    }
}
