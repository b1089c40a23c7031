using System.Collections.Immutable;
using System.Numerics;
using GatewayStack.Transform.Scanning;

namespace GatewayStack.Transform.Recognizers;

/// <summary>
/// The rows that one character opens. Most of them cannot stand where it does: the unit before it, and how far their alphabets reach behind it, say so of all of
/// them in one pass, a bit for each row. Immutable.
/// </summary>
internal sealed class GateRows
{
    private const int Most = 64;
    private const int Ascii = 128;

    /// <summary>In place of a unit: one that is not ASCII, and the text's beginning.</summary>
    private const int Beyond = Ascii, Start = Ascii + 1;

    private readonly ulong[] _after = new ulong[Start + 1];
    private readonly ulong[] _alphabets = new ulong[Ascii];
    private readonly ulong[] _lengths;

    /// <summary>Sorts rows.</summary>
    /// <param name="rows">At most 64: operators' rows have other gates.</param>
    /// <param name="gate">A character that opens them.</param>
    public GateRows(ImmutableArray<Recognizer> rows, char gate)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.Length, Most, nameof(rows));
        All = rows;
        _lengths = new ulong[rows.Select(NeededBehind).DefaultIfEmpty().Max() + 1];
        for (var i = 0; i < rows.Length; i++)
        {
            var bit = 1UL << i;
            var row = rows[i];
            for (var unit = '\0'; unit < Ascii; unit++)
            {
                _after[unit] |= (row.MaxLead > 0 && row.Lead?.Contains(unit) == true) || RowMatcher.StartOf([unit, gate], row, 1) >= 0 ? bit : 0;
                _alphabets[unit] |= row.Body.Contains(unit) ? bit : 0;
            }

            _after[Beyond] |= bit;
            _after[Start] |= RowMatcher.StartOf([gate], row, 0) >= 0 ? bit : 0;
            _lengths[NeededBehind(row)] |= bit;
        }
    }

    /// <summary>The rows.</summary>
    public ImmutableArray<Recognizer> All { get; }

    /// <summary>True when there are none.</summary>
    public bool IsEmpty => All.IsEmpty;

    /// <summary>The rows that may stand behind what is before the gate; all that can be said while the text goes on.</summary>
    public Opened After(ReadOnlySpan<char> text, int hit) => new(All, _after[hit == 0 ? Start : Math.Min((int)text[hit - 1], Beyond)]);

    /// <summary>Those of them whose window can be long enough, in a text that is known as far as it matters.</summary>
    public Opened Opened(ReadOnlySpan<char> text, int hit)
    {
        var rows = After(text, hit).Rows;
        var opened = rows & _lengths[0];
        rows &= ~opened;
        for (var needed = 1; rows != 0 && hit + needed < text.Length; needed++)
        {
            var unit = text[hit + needed];
            rows &= unit < Ascii ? _alphabets[unit] : WithBeyond(rows, unit);
            opened |= rows & _lengths[needed];
            rows &= ~opened;
        }

        return new Opened(All, opened);
    }

    /// <summary>The fewest units that a row's window has behind its gate.</summary>
    private static int NeededBehind(Recognizer row) => Math.Max(0, row.MinLength - 1 - (row.Lead is null ? 0 : row.MaxLead));

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
