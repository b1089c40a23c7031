namespace GatewayStack.Events.Spool;

/// <summary>A consumer's place in the spool. Used by one reader.</summary>
internal sealed class SpoolCursor(Segment first)
{
    public Segment Segment { get; private set; } = first;

    public int Offset { get; private set; } = Segment.HeaderSize;

    /// <summary>The record at the cursor, across the ends of segments.</summary>
    public bool TryRead(out SpoolRecord record)
    {
        while (true)
        {
            // Asked first: once there is a next segment, the end of this one is final.
            var next = Segment.Next;
            if (Offset < Segment.Committed)
            {
                record = Segment.Read(Offset);
                return true;
            }

            if (next is null)
            {
                record = default;
                return false;
            }

            Segment = next;
            Offset = Segment.HeaderSize;
        }
    }

    /// <summary>Moves past a record.</summary>
    public void Pass(SpoolRecord record) => Offset += record.Size;

    /// <summary>Goes back to a place it had before; that segment must not have been released since.</summary>
    public void Return(Segment segment, int offset)
    {
        Segment = segment;
        Offset = offset;
    }
}
