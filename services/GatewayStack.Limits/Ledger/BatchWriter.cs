using System.Collections.Immutable;
using GatewayStack.Contracts.Limits;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Ledger;

/// <summary>Writes the entries of one transaction, in whatever store.</summary>
/// <remarks>Most requests open and end in the same batch. Such a request is written once, as it ends; a request is read only when the batch does not
/// know it. The counters are still told every change.</remarks>
internal sealed class BatchWriter(IBatchTables tables)
{
    private readonly ImmutableArray<LedgerChange>.Builder _changes = ImmutableArray.CreateBuilder<LedgerChange>();
    private readonly Dictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _ends = new(StringComparer.Ordinal);

    /// <summary>Writes entries that were not stored before, in order, and says what they changed.</summary>
    public ImmutableArray<LedgerChange> Write(List<LedgerEntry> entries)
    {
        _changes.Capacity = entries.Count;
        for (var i = 0; i < entries.Count; i++)
        {
            if (entries[i] is CloseEntry close)
            {
                _ends[close.RequestId] = i;
            }
        }

        for (var i = 0; i < entries.Count; i++)
        {
            switch (entries[i])
            {
                case OpenEntry open:
                    Open(open, endsHere: _ends.TryGetValue(open.RequestId, out var end) && end > i);
                    break;
                case CloseEntry close:
                    Close(close);
                    break;
            }
        }

        return _changes.DrainToImmutable();
    }

    private void Open(OpenEntry entry, bool endsHere)
    {
        if (_known.ContainsKey(entry.RequestId))
        {
            return;
        }

        var row = new LedgerRequest
        {
            RequestId = entry.RequestId,
            ParentRequestId = entry.ParentRequestId,
            Facts = entry.Facts,
            ReservedAt = entry.Hold.ReservedAt,
            Counts = entry.ParentRequestId is null,
            State = LedgerState.Open,
            Hold = new Amount(Amount.Bound(entry.Hold.Tokens), Amount.Bound(entry.Hold.CostMicros)),
            LeaseEndsAt = entry.Hold.LeaseEndsAt,
            Charged = Amount.None,
        };
        if (!tables.Insert(row, endsHere ? LedgerState.Closed : LedgerState.Open))
        {
            return;
        }

        _known.Add(entry.RequestId, new Known(row, WrittenClosed: endsHere));
        _changes.Add(new LedgerChange(row));
        if (entry.ParentRequestId is { } id && Find(id) is { Row.State: LedgerState.Open } parent && parent.Row.IsTakenOverBy(row))
        {
            Move(parent, parent.Row with { State = LedgerState.Released });
        }
    }

    private void Close(CloseEntry entry)
    {
        var known = Find(entry.RequestId);
        if (known is { Row.State: LedgerState.Closed })
        {
            return;
        }

        var request = known?.Row ?? Unannounced(entry);
        if (request is null)
        {
            return;
        }

        var closed = request with { State = LedgerState.Closed, Charged = Charge(entry, request) };
        if (known is { } written)
        {
            Move(written, closed);
            return;
        }

        if (closed.Charged != Amount.None)
        {
            tables.Insert(closed, LedgerState.Closed);
            _known[entry.RequestId] = new Known(closed, WrittenClosed: true);
        }

        _changes.Add(new LedgerChange(closed));
    }

    private Amount Charge(CloseEntry entry, LedgerRequest request)
    {
        var charged = Amount.None;
        if (entry is { Interrupted: true, Attempts.IsEmpty: true })
        {
            // Nobody knows what was used: what was held is charged, unless a child has taken it over.
            charged = request.State == LedgerState.Open && !entry.ChargedByChild ? request.Hold : Amount.None;
            if (charged != Amount.None)
            {
                tables.ChargeHold(request, charged, entry.PriceTable, entry.Time);
            }
        }
        else if (!entry.ChargedByChild)
        {
            var attempts = entry.Attempts.AsSpan();
            for (var i = 0; i < attempts.Length; i++)
            {
                if (WasUsed(attempts[i]) && !IsIn(attempts[..i], attempts[i].Attempt))
                {
                    tables.Charge(request, attempts[i], entry.PriceTable, entry.Time);
                    charged += Amount.Of(attempts[i]);
                }
            }
        }

        return charged;
    }

    private static bool WasUsed(AttemptUsage attempt) => attempt.Tokens is not null || attempt.CostMicros is not null;

    /// <summary>Whether an attempt of that number was charged before. An event has few.</summary>
    private static bool IsIn(ReadOnlySpan<AttemptUsage> earlier, int number)
    {
        foreach (var attempt in earlier)
        {
            if (attempt.Attempt == number && WasUsed(attempt))
            {
                return true;
            }
        }

        return false;
    }

    private Known? Find(string requestId)
    {
        if (_known.TryGetValue(requestId, out var known))
        {
            return known;
        }

        if (tables.Find(requestId) is not { } row)
        {
            return null;
        }

        known = new Known(row, WrittenClosed: row.State == LedgerState.Closed);
        _known.Add(requestId, known);
        return known;
    }

    private void Move(Known known, LedgerRequest to)
    {
        if (!known.WrittenClosed)
        {
            tables.SetState(to.RequestId, to.State);
        }

        _known[to.RequestId] = known with { Row = to };
        _changes.Add(new LedgerChange(to));
    }

    /// <summary>A request whose decision had no hold: limits were off, away or only observing. It counts where it ended.</summary>
    private static LedgerRequest? Unannounced(CloseEntry entry) => entry.Facts is null
        ? null
        : new LedgerRequest
        {
            RequestId = entry.RequestId,
            ParentRequestId = entry.ParentRequestId,
            Facts = entry.Facts,
            ReservedAt = entry.Time,
            Counts = false,
            State = LedgerState.Closed,
            Hold = Amount.None,
            LeaseEndsAt = entry.Time,
            Charged = Amount.None,
        };

    /// <summary>A request as it stands at this entry.</summary>
    /// <param name="Row">The request.</param>
    /// <param name="WrittenClosed">True when its row says already how it ends.</param>
    private readonly record struct Known(LedgerRequest Row, bool WrittenClosed);
}
