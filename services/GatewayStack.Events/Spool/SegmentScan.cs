namespace GatewayStack.Events.Spool;

/// <summary>Finds the end of a segment's records after a crash, and passes over damage in their middle.</summary>
internal static class SegmentScan
{
    /// <summary>Checks every record. A torn tail is cut; damage that whole records follow becomes a hole.</summary>
    /// <param name="segment">A segment of an earlier run.</param>
    /// <param name="damage">Told of each hole before it is made.</param>
    public static void Run(Segment segment, Action<Segment, SegmentDamage> damage)
    {
        var offset = Segment.HeaderSize;
        var sequence = 0L;
        while (true)
        {
            if (segment.IsRecord(offset))
            {
                var record = segment.Read(offset);
                sequence = record.Kind is RecordKind.Carried or RecordKind.Hole ? sequence : record.Sequence;
                offset += record.Size;
            }
            else if (!segment.IsEnd(offset) && FindNext(segment, offset) is { } next)
            {
                damage(segment, new SegmentDamage(offset, next, Lost(segment, next, sequence)));
                segment.MakeHole(offset, next);
            }
            else
            {
                segment.CutAt(offset);
                return;
            }
        }
    }

    private static int? FindNext(Segment segment, int offset)
    {
        // A hole needs room for a header; records are aligned to 8.
        for (var at = offset + Segment.SizeOf(1); at < segment.Capacity; at += 8)
        {
            if (segment.IsRecord(at))
            {
                return at;
            }
        }

        return null;
    }

    private static long? Lost(Segment segment, int next, long before)
    {
        var record = segment.Read(next);
        return before == 0 || record.Kind is RecordKind.Carried or RecordKind.Hole ? null : record.Sequence - before - 1;
    }
}

/// <summary>Damaged bytes of a segment, and how many events they held where that can be told.</summary>
internal sealed record SegmentDamage(int Start, int End, long? Lost);
