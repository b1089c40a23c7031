namespace GatewayStack.Events.Spool;

/// <summary>Where the decisions stand whose outcome is not written yet: their segments must not go. Used under the spool's lock.</summary>
internal sealed class OpenDecisions
{
    private readonly Dictionary<string, Place> _places = new(StringComparer.Ordinal);

    public int Count => _places.Count;

    public void Track(RecordKind kind, string requestId, Segment segment, int offset)
    {
        if (kind is RecordKind.Decision or RecordKind.Carried)
        {
            Remove(requestId);
            _places[requestId] = new Place(segment, offset);
            segment.OpenDecisions++;
        }
        else if (kind == RecordKind.Outcome)
        {
            Remove(requestId);
        }
    }

    /// <summary>The request ids and offsets of the open decisions of a segment.</summary>
    public List<(string RequestId, int Offset)> In(Segment segment) =>
        [.. _places.Where(p => ReferenceEquals(p.Value.Segment, segment)).Select(p => (p.Key, p.Value.Offset))];

    private void Remove(string requestId)
    {
        if (_places.Remove(requestId, out var place))
        {
            place.Segment.OpenDecisions--;
        }
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Place(Segment Segment, int Offset);
}
