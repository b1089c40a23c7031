using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Names;

/// <summary>Finds the best labels of a run of candidates, and by how much each is better than no name at all. Integers throughout: the same everywhere.</summary>
/// <remarks>Not safe for concurrent use: one for each thread.</remarks>
internal sealed class NameDecoder
{
    private const int None = int.MinValue / 4;

    private static readonly Vector256<int> Impossible = Vector256.Create(None / 2);
    private static readonly Vector256<int> LowBits = Vector256.Create(1, 2, 4, 8, 16, 32, 64, 128);
    private static readonly Vector256<int> HighBits = LowBits << 8;

    /// <summary>What is added to the weight of a label after another: 0 where it may stand there.</summary>
    private static readonly int[] Forbidden =
        [.. Enumerable.Range(0, NameLabels.Stride * NameLabels.Stride).Select(i => IsAllowed(i / NameLabels.Stride, i % NameLabels.Stride) ? 0 : None)];

    /// <summary>The unit's tokens.</summary>
    public NameTokens Tokens { get; } = new();

    /// <summary>The labels of the last run, from index 0.</summary>
    public byte[] Labels { get; } = new byte[NameTokens.Capacity];

    /// <summary>Weights of each token and label of the run.</summary>
    public int[] Emissions { get; } = new int[NameTokens.Capacity * NameLabels.Stride];

    private readonly int[] _forward = new int[NameTokens.Capacity * NameLabels.Stride];
    private readonly int[] _backward = new int[NameTokens.Capacity * NameLabels.Stride];
    private readonly int[] _from = new int[NameTokens.Capacity * NameLabels.Stride];

    /// <summary>Adds the weights of a run's features up.</summary>
    public void Weigh(NameModel model, ReadOnlySpan<char> unit, int from, int to)
    {
        Span<uint> features = stackalloc uint[NameFeatures.Max];
        ref var weights = ref MemoryMarshal.GetArrayDataReference(model.Weights);
        var mask = (1u << model.Bits) - 1;
        ArgumentOutOfRangeException.ThrowIfLessThan((long)model.Weights.Length, ((long)mask + 1) * NameLabels.Stride);
        for (var i = from; i < to; i++)
        {
            var count = NameFeatures.Extract(Tokens, unit, i, from, to, features);
            var low = Vector128<short>.Zero;
            var high = Vector128<short>.Zero;
            foreach (var feature in features[..count])
            {
                var row = Vector128.LoadUnsafe(ref weights, (feature & mask) * NameLabels.Stride);
                low += Vector128.WidenLower(row);
                high += Vector128.WidenUpper(row);
            }

            var into = Emissions.AsSpan((i - from) * NameLabels.Stride, NameLabels.Stride);
            Vector128.WidenLower(low).CopyTo(into);
            Vector128.WidenUpper(low).CopyTo(into[4..]);
            Vector128.WidenLower(high).CopyTo(into[8..]);
            Vector128.WidenUpper(high).CopyTo(into[12..]);
        }
    }

    /// <summary>Gives every name of the run that was weighed an advantage.</summary>
    public void Favour(int length, int by)
    {
        for (var i = 0; i < length; i++)
        {
            for (var type = 0; type < NameLabels.Types.Length; type++)
            {
                Emissions[(i * NameLabels.Stride) + NameLabels.Of(type, first: true, last: false)] += by;
                Emissions[(i * NameLabels.Stride) + NameLabels.Of(type, first: true, last: true)] += by;
            }
        }
    }

    /// <summary>Finds the best labels of a run of so many tokens.</summary>
    /// <param name="transitions">The weight of each label after each other.</param>
    /// <param name="length">How many tokens the run has.</param>
    /// <param name="allowed">For each token the labels that may be chosen, as bits; empty allows all.</param>
    public void Decode(ReadOnlySpan<short> transitions, int length, ReadOnlySpan<ushort> allowed)
    {
        const int Stride = NameLabels.Stride;
        ArgumentOutOfRangeException.ThrowIfLessThan(transitions.Length, NameLabels.Count * Stride);
        ref var weights = ref MemoryMarshal.GetReference(transitions);
        var none = Vector256.Create(None);
        for (var i = 0; i < length; i++)
        {
            // All labels of a token at once, and for each of them the first of the best labels before it.
            var (low, high) = Vector256.Widen(Vector256.LoadUnsafe(ref weights));
            low += Vector256.LoadUnsafe(ref Forbidden[0]);
            high += Vector256.LoadUnsafe(ref Forbidden[8]);
            Vector256<int> lowFrom = default, highFrom = default;
            if (i > 0)
            {
                low = high = none;
                for (var previous = 0; previous < NameLabels.Count; previous++)
                {
                    var sum = Vector256.Create(_forward[((i - 1) * Stride) + previous]);
                    var (first, second) = Vector256.Widen(Vector256.LoadUnsafe(ref weights, (nuint)(previous * Stride)));
                    first += sum + Vector256.LoadUnsafe(ref Forbidden[previous * Stride]);
                    second += sum + Vector256.LoadUnsafe(ref Forbidden[(previous * Stride) + 8]);
                    var label = Vector256.Create(previous);
                    lowFrom = Vector256.ConditionalSelect(Vector256.GreaterThan(first, low), label, lowFrom);
                    highFrom = Vector256.ConditionalSelect(Vector256.GreaterThan(second, high), label, highFrom);
                    low = Vector256.Max(low, first);
                    high = Vector256.Max(high, second);
                }
            }

            var bits = Vector256.Create((int)(allowed.IsEmpty ? ushort.MaxValue : allowed[i]));
            var isLow = Vector256.GreaterThan(low, Impossible) & Vector256.GreaterThan(bits & LowBits, Vector256<int>.Zero);
            var isHigh = Vector256.GreaterThan(high, Impossible) & Vector256.GreaterThan(bits & HighBits, Vector256<int>.Zero);
            Vector256.ConditionalSelect(isLow, low + Vector256.LoadUnsafe(ref Emissions[i * Stride]), none).StoreUnsafe(ref _forward[i * Stride]);
            Vector256.ConditionalSelect(isHigh, high + Vector256.LoadUnsafe(ref Emissions[(i * Stride) + 8]), none).StoreUnsafe(ref _forward[(i * Stride) + 8]);
            lowFrom.StoreUnsafe(ref _from[i * Stride]);
            highFrom.StoreUnsafe(ref _from[(i * Stride) + 8]);
        }

        var last = 0;
        var top = None;
        for (var label = 0; label < NameLabels.Count; label++)
        {
            var score = NameLabels.Continues(label) ? None : _forward[((length - 1) * Stride) + label] + transitions[label * Stride];
            if (score > top)
            {
                top = score;
                last = label;
            }
        }

        for (var i = length - 1; i >= 0; i--)
        {
            Labels[i] = (byte)last;
            last = _from[(i * Stride) + last];
        }
    }

    private static bool IsAllowed(int before, int label) => label < NameLabels.Count && before < NameLabels.Count && (NameLabels.PredecessorsOf(label) >> before & 1) != 0;

    /// <summary>After <see cref="Decode"/>: how much worse the best labels are that leave a token out of any name.</summary>
    public void Margins(ReadOnlySpan<short> transitions, int length, Span<int> margins)
    {
        const int Stride = NameLabels.Stride;
        for (var i = length - 1; i >= 0; i--)
        {
            for (var label = 0; label < NameLabels.Count; label++)
            {
                var best = None;
                if (i == length - 1)
                {
                    best = NameLabels.Continues(label) ? None : transitions[label * Stride];
                }
                else
                {
                    for (var next = 0; next < NameLabels.Count; next++)
                    {
                        if ((NameLabels.PredecessorsOf(next) >> label & 1) != 0)
                        {
                            best = Math.Max(best, _backward[((i + 1) * Stride) + next] + transitions[(label * Stride) + next] + Emissions[((i + 1) * Stride) + next]);
                        }
                    }
                }

                _backward[(i * Stride) + label] = best;
            }

            var chosen = Labels[i];
            margins[i] = _forward[(i * Stride) + chosen] + _backward[(i * Stride) + chosen]
                - _forward[i * Stride] - _backward[i * Stride];
        }
    }
}
