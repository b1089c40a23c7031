namespace GatewayStack.Transform.Scanning;

/// <summary>The parts of a text in which something was found. Made when the first part is asked about; belongs to one text.</summary>
/// <param name="found">What was found.</param>
internal sealed class CoveredParts(List<Candidate> found)
{
    private readonly List<(int Start, int End)> _parts = [.. found.Where(static c => c.Row.Marks).Select(static c => (c.Start, c.End))];

    /// <summary>True where something was found in a part of [<paramref name="start"/>, <paramref name="end"/>).</summary>
    public bool Meet(int start, int end)
    {
        foreach (var (from, to) in _parts)
        {
            if (from < end && start < to)
            {
                return true;
            }
        }

        return false;
    }
}
