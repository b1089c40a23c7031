using System.Collections.Immutable;
using System.Numerics;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers;

/// <summary>
/// The rows that one character opens. Most of them cannot stand where it does: the two units before it, and how far their alphabets reach behind it, say so of all of
/// them in one pass, a bit for each row. Immutable.
/// </summary>
internal sealed class GateRows
{
    private const int Most = 64;
    private const int Ascii = 128;

    /// <summary>In place of a unit: one that is not ASCII, and the text's beginning.</summary>
    private const int Beyond = Ascii, Start = Ascii + 1;

    private readonly ulong[] _after = new ulong[Start + 1];

    /// <summary>By the unit before the last one, where that is part of a row's lead.</summary>
    private readonly ulong[] _afterLead = new ulong[Start + 1];
    private readonly ulong[] _alphabets = new ulong[Ascii];
    private readonly ulong[] _leads = new ulong[Start + 1];
    private readonly ulong[] _lengths, _lengthsWithLead;

    /// <summary>Sorts rows.</summary>
    /// <param name="rows">At most 64: operators' rows have other gates.</param>
    /// <param name="gate">A character that opens them.</param>
    public GateRows(ImmutableArray<Recognizer> rows, char gate)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Most, nameof(rows));
        All = rows;
        _lengths = new ulong[rows.Select(r => NeededBehind(r, 0)).DefaultIfEmpty().Max() + 1];
        _lengthsWithLead = new ulong[_lengths.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            var bit = 1UL << i;
            var row = rows[i];
            for (var unit = '\0'; unit < Ascii; unit++)
            {
                _leads[unit] |= row.MaxLead > 0 && row.Lead?.Contains(unit) == true ? bit : 0;
                _after[unit] |= (_leads[unit] & bit) | (RowMatcher.StartOf([unit, gate], row, 1) >= 0 ? bit : 0);
                _alphabets[unit] |= row.Body.Contains(unit) ? bit : 0;
            }

            // Of which unit the lead is, does not matter to what may stand before it.
            var lead = row.Gate == Gate.At ? -1 : Array.FindIndex(_leads, 0, Ascii, units => (units & bit) != 0);
            for (var unit = '\0'; unit < Ascii; unit++)
            {
                _afterLead[unit] |= lead < 0 || (row.MaxLead > 1 && (_leads[unit] & bit) != 0) || RowMatcher.StartOf([unit, (char)lead, gate], row, 2) >= 0 ? bit : 0;
            }

            _afterLead[Beyond] |= bit;
            _afterLead[Start] |= bit;
            _leads[Beyond] |= row.Lead is not null ? bit : 0;
            _after[Beyond] |= bit;
            _after[Start] |= RowMatcher.StartOf([gate], row, 0) >= 0 ? bit : 0;
            _lengths[NeededBehind(row, 0)] |= bit;
            _lengthsWithLead[NeededBehind(row, row.Lead is null ? 0 : row.MaxLead)] |= bit;
        }
    }

    /// <summary>The rows.</summary>
    public ImmutableArray<Recognizer> All { get; }

    /// <summary>True when there are none.</summary>
    public bool IsEmpty => All.IsEmpty;

    /// <summary>The rows that may stand behind what is before the gate; all that can be said while the text goes on.</summary>
    public Opened After(ReadOnlySpan<char> text, int hit) => new(All, _after[Before(text, hit)]);

    /// <summary>Those of them whose window can be long enough, in a text that is known as far as it matters.</summary>
    public Opened Opened(ReadOnlySpan<char> text, int hit)
    {
        var before = Before(text, hit);
        var leads = _leads[before];
        var rows = _after[before] & (~leads | (before < Ascii ? _afterLead[Before(text, hit - 1)] : ulong.MaxValue));
        var opened = rows & ((_lengths[0] & ~leads) | (_lengthsWithLead[0] & leads));
        rows &= ~opened;
        for (var needed = 1; rows != 0 && hit + needed < text.Length; needed++)
        {
            var unit = text[hit + needed];
            rows &= unit < Ascii ? _alphabets[unit] : WithBeyond(rows, unit);
            opened |= rows & ((_lengths[needed] & ~leads) | (_lengthsWithLead[needed] & leads));
            rows &= ~opened;
        }

        return new Opened(All, opened);
    }

    private static int Before(ReadOnlySpan<char> text, int hit) => hit == 0 ? Start : Math.Min((int)text[hit - 1], Beyond);

    /// <summary>The fewest units that a row's window has behind its gate, where so many may stand before it.</summary>
    private static int NeededBehind(Recognizer row, int lead) => Math.Max(0, row.MinLength - 1 - lead);

    private ulong WithBeyond(ulong rows, char unit)
    {
        var with = 0UL;
        foreach (var row in new Opened(All, rows))
        {
            with |= row.Body.Contains(unit) ? 1UL << All.IndexOf(row) : 0;
        }

        return with;
    }
}

/// <summary>Some of a gate's rows, in their order.</summary>
/// <param name="all">The gate's rows.</param>
/// <param name="rows">A bit for each of them.</param>
internal struct Opened(ImmutableArray<Recognizer> all, ulong rows)
{
    private ulong _left = rows;

    /// <summary>A bit for each row that is still to come.</summary>
    public readonly ulong Rows => _left;

    /// <summary>The row that is looked at.</summary>
    public Recognizer Current { readonly get; private set; } = null!;

    /// <summary>For <c>foreach</c>.</summary>
    public readonly Opened GetEnumerator() => this;

    /// <summary>Goes on to the next row.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
        {
            return false;
        }

        Current = all[BitOperations.TrailingZeroCount(_left)];
        _left &= _left - 1;
        return true;
    }
}
