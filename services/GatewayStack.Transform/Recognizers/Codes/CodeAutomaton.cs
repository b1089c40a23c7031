using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GatewayStack.Transform.Recognizers.Cues;

namespace GatewayStack.Transform.Recognizers.Codes;

/// <summary>
/// All masks of all rows as one deterministic automaton over classes of characters: a token is read once, in a step a character, whatever the number of
/// rows. Immutable.
/// </summary>
internal sealed class CodeAutomaton
{
    private const int Classes = 12;
    private const int Ascii = 128;

    /// <summary>Marks a state that masks end at.</summary>
    private const int Accepting = 1 << 15;
    private const string Marks = " -./+():*";

    /// <summary>The class of each ASCII unit; 0 for one that no mask has.</summary>
    private static readonly byte[] Kinds = [.. Enumerable.Range(0, Ascii).Select(c => (byte)KindOf((char)c))];

    private static readonly CodeAutomaton BuiltIn = new([.. RecognizerTable.BuiltIn.Where(r => r.Gate == Gate.Code)]);

    private readonly ImmutableArray<Recognizer> _rows;
    private readonly ushort[] _next;
    private readonly Accept?[] _accepts;

    /// <summary>A row one of whose masks has been read to its end.</summary>
    [StructLayout(LayoutKind.Auto)]
    internal readonly record struct Entry(Recognizer Row, double Odds);

    /// <summary>The rows whose masks end at a state.</summary>
    /// <param name="Entries">In the order of the masks.</param>
    /// <param name="Cues">The kinds of words that speak for one of them.</param>
    /// <param name="NeedCues">True when all of them are nothing without one.</param>
    internal sealed record Accept(Entry[] Entries, CueSet Cues, bool NeedCues);

    private CodeAutomaton(ImmutableArray<Recognizer> rows)
    {
        _rows = rows;
        var masks = rows.SelectMany(r => r.Code!.Masks, (row, mask) => (row, mask))
            .SelectMany(m => Expand(m.mask.Text), (m, atoms) => (atoms, entry: new Entry(m.row, m.mask.Odds))).ToArray();
        var states = new Dictionary<string, int>(StringComparer.Ordinal);
        var sets = new List<int[]> { Array.Empty<int>() };
        var next = new List<int>(new int[Classes]);
        Intern([.. masks.SelectMany((m, i) => Close(m.atoms, i, 0))]);
        for (var state = 1; state < sets.Count; state++)
        {
            for (var kind = 1; kind < Classes; kind++)
            {
                int[] target = [.. sets[state].Where(p => Reads(masks[p >> 8].atoms, p & 0xFF, kind)).SelectMany(p => Close(masks[p >> 8].atoms, p >> 8, (p & 0xFF) + 1)).Distinct().Order()];
                next[(state * Classes) + kind] = target.Length == 0 ? 0 : Intern(target);
            }
        }

        _accepts = [.. sets.Select(s => s.Where(p => (p & 0xFF) == masks[p >> 8].atoms.Length).Select(p => masks[p >> 8].entry).Distinct().ToArray()).Select(ToAccept)];
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(_accepts.Length, Accepting, nameof(rows));
        _next = [.. next.Select(state => (ushort)(_accepts[state] is null ? state : state | Accepting))];

        int Intern(int[] set)
        {
            var key = string.Join(',', set);
            if (!states.TryGetValue(key, out var state))
            {
                state = sets.Count;
                states.Add(key, state);
                sets.Add(set);
                next.AddRange(new int[Classes]);
            }

            return state;
        }
    }

    /// <summary>Where a token begins.</summary>
    public static int Start => 1;

    /// <summary>True when there are no rows.</summary>
    public bool IsEmpty => _rows.IsEmpty;

    /// <summary>Number of states; for tests.</summary>
    public int States => _accepts.Length;

    /// <summary>The automaton of some rows. That of the table is made once.</summary>
    public static CodeAutomaton For(ImmutableArray<Recognizer> rows) => rows.SequenceEqual(BuiltIn._rows) ? BuiltIn : new CodeAutomaton(rows);

    /// <summary>Reads one unit; 0 when no mask goes on so.</summary>
    public int Step(int state, char c) => _next[((state & ~Accepting) * Classes) + ClassOf(c)];

    /// <summary>The masks that end here; null for none.</summary>
    public Accept? Accepts(int state) => (state & Accepting) == 0 ? null : _accepts[state & ~Accepting];

    private static Accept? ToAccept(Entry[] entries) =>
        entries.Length == 0 ? null : new Accept(entries, entries.Aggregate(default(CueSet), (set, e) => set | e.Row.Code!.Cues), entries.All(e => e.Row.Code!.NeedsCue));

    private static byte ClassOf(char c) => c < Ascii ? Kinds[c] : (byte)0;

    private static int KindOf(char c) => char.IsAsciiDigit(c) ? 1 : char.IsAsciiLetter(c) ? 2 : Marks.IndexOf(c) is var mark and >= 0 ? mark + 3 : 0;

    private static bool Reads((char Kind, bool Optional)[] atoms, int position, int kind) =>
        position < atoms.Length && (atoms[position].Kind == 'X' ? kind is 1 or 2 : ClassOf(atoms[position].Kind) == kind);

    /// <summary>The position and those that are reached by leaving out what may be left out. A position is a mask's number and a place in it.</summary>
    private static IEnumerable<int> Close((char Kind, bool Optional)[] atoms, int mask, int position)
    {
        for (; ; position++)
        {
            yield return (mask << 8) | position;
            if (position >= atoms.Length || !atoms[position].Optional)
            {
                yield break;
            }
        }
    }

    private static IEnumerable<(char Kind, bool Optional)[]> Expand(string mask) =>
        mask.Contains('~') ? [Atoms(mask.Replace('~', '-')), Atoms(mask.Replace('~', ' '))] : [Atoms(mask)];

    private static (char Kind, bool Optional)[] Atoms(string mask)
    {
        var atoms = new List<(char Kind, bool Optional)>();
        for (var i = 0; i < mask.Length; i++)
        {
            if (mask[i] != '{')
            {
                atoms.Add((mask[i], false));
                continue;
            }

            var end = mask.IndexOf('}', i);
            var bounds = mask[(i + 1)..end].Split(',').Select(int.Parse).ToArray();
            var kind = atoms[^1].Kind;
            atoms.RemoveAt(atoms.Count - 1);
            for (var n = 0; n < bounds[^1]; n++)
            {
                atoms.Add((kind, n >= bounds[0]));
            }

            i = end;
        }

        return [.. atoms];
    }
}
