using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers;

namespace GatewayStack.Transform.Scanning;

/// <summary>Rows of a stream whose gates were passed before their windows were known. What stands before the earliest beginning of a verdict of theirs may leave.</summary>
/// <remarks>Belongs to one scan: not safe for concurrent use.</remarks>
internal sealed class PendingRows
{
    /// <summary>Each of them is looked at again whenever text arrives. With more the scan waits at the gate.</summary>
    private const int Most = 256;

    private readonly List<PendingRow> _rows = [];

    /// <summary>How many there are.</summary>
    public int Count => _rows.Count;

    /// <summary>No match of theirs begins before this; <see cref="int.MaxValue"/> when there is none.</summary>
    public int FirstStart => _rows is [var first, ..] ? first.Hit - Scanner.MaxLead : int.MaxValue;

    /// <summary>Where a verdict begins at the earliest; <see cref="int.MaxValue"/> when none is to come.</summary>
    public int Earliest()
    {
        var earliest = int.MaxValue;
        foreach (ref readonly var pending in CollectionsMarshal.AsSpan(_rows))
        {
            earliest = Math.Min(earliest, pending.Earliest);
        }

        return earliest;
    }

    /// <summary>Passes the gate of a row; false when there are too many.</summary>
    /// <param name="row">The row.</param>
    /// <param name="hit">Where its gate stands: never before that of a row that was added earlier.</param>
    /// <param name="gateLength">How long the gate is.</param>
    /// <param name="earliest">Where a verdict begins at the earliest.</param>
    public bool TryAdd(Recognizer row, int hit, int gateLength, int earliest)
    {
        if (_rows.Count == Most)
        {
            return false;
        }

        _rows.Add(new PendingRow(row, hit, gateLength, earliest));
        return true;
    }

    /// <summary>True when this row waits at this gate.</summary>
    public bool Contains(Recognizer row, int hit, int gateLength)
    {
        for (var i = _rows.Count - 1; i >= 0 && _rows[i].Hit == hit; i--)
        {
            if (_rows[i].GateLength == gateLength && ReferenceEquals(_rows[i].Row, row))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Forgets those that were added last: their gate has to be waited for.</summary>
    /// <param name="count">How many stay.</param>
    public void Keep(int count) => _rows.RemoveRange(count, _rows.Count - count);

    /// <summary>Tries those whose windows are known by now.</summary>
    /// <param name="scanned">The text.</param>
    /// <param name="final">True when nothing follows.</param>
    /// <param name="found">Made when the first candidate is found, and added to.</param>
    public void Advance(in ScannedText scanned, bool final, ref List<Candidate>? found)
    {
        var kept = 0;
        foreach (ref var pending in CollectionsMarshal.AsSpan(_rows))
        {
            var look = default(FirstLook);
            var earliest = pending.Earliest;
            if (!final && RowMatcher.NeedsMore(scanned, pending.Row, pending.Hit, pending.GateLength, ref look, ref earliest))
            {
                _rows[kept++] = pending with { Earliest = earliest };
            }
            else
            {
                RowMatcher.Try(scanned, pending.Row, pending.Hit, pending.GateLength, ref look, ref found);
            }
        }

        Keep(kept);
    }

    /// <summary>Moves everything when the text forgets its first characters.</summary>
    public void Shift(int count)
    {
        foreach (ref var pending in CollectionsMarshal.AsSpan(_rows))
        {
            pending = pending with { Hit = pending.Hit - count, Earliest = pending.Earliest - count };
        }
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct PendingRow(Recognizer Row, int Hit, int GateLength, int Earliest);
}
