using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>
/// Scores all linear heads at once: a feature that any head knows has one row with a weight for each column, and what a piece scores is the sum of its
/// rows. Gives what ML.NET gives for the same weights, without its vectors.
/// </summary>
/// <remarks>Immutable and safe for concurrent use. A score takes time in proportion to the text and no memory that depends on it.</remarks>
internal sealed class LinearHeads
{
    /// <summary>Columns of a row; those beyond <see cref="Heads.Columns"/> are zero.</summary>
    public const int Stride = 16;

    private const int Ring = 16;

    /// <summary>A text counts for its topic as if it had no more features than about a window has: the scores of long texts stay comparable.</summary>
    public const int MostTopicFeatures = 800;

    private readonly int[] _rowOf;
    private readonly float[] _rows;

    /// <param name="rowOf">For each feature the number of its row; 0 for a feature that no head knows.</param>
    /// <param name="rows">The rows, one after another; row 0 is zero.</param>
    /// <param name="bias">Bias of each column.</param>
    public LinearHeads(int[] rowOf, float[] rows, float[] bias)
    {
        _rowOf = rowOf;
        _rows = rows;
        Bias = bias;
    }

    /// <summary>Bias of each column.</summary>
    public ReadOnlyMemory<float> Bias { get; }

    /// <summary>Scores a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="windows">The highest score of each column over the windows and the pieces.</param>
    /// <param name="pieces">The highest score of each column over the pieces.</param>
    /// <param name="whole">The score of each column over the text as a whole.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>How many pieces the text has; 0 when it has no feature, and there are no scores.</returns>
    public int Score(ReadOnlySpan<char> text, Span<float> windows, Span<float> pieces, Span<float> whole, CancellationToken cancellation)
    {
        Span<int> features = stackalloc int[Featurizer.MaxFeatures];
        Span<float> sums = stackalloc float[Ring * Stride];
        Span<float> window = stackalloc float[Stride];
        Span<int> counts = stackalloc int[Ring];
        Span<int> starts = stackalloc int[Ring];
        windows[..Stride].Fill(float.NegativeInfinity);
        pieces[..Stride].Fill(float.NegativeInfinity);
        whole[..Stride].Clear();
        long all = 0;
        int first = 0, piece = 0;
        for (var start = 0; start < text.Length; piece++)
        {
            if ((piece & 255) == 0)
            {
                cancellation.ThrowIfCancellationRequested();
            }

            var end = TextPieces.EndOf(text, start);
            var slot = piece % Ring;
            var sum = sums.Slice(slot * Stride, Stride);
            starts[slot] = start;
            counts[slot] = Featurizer.Write(text[start..end], features);
            Sum(features[..counts[slot]], sum);
            all += counts[slot];
            TensorPrimitives.Add(whole[..Stride], sum, whole);
            Raise(pieces, sum, counts[slot]);

            while (first < piece && end - starts[first % Ring] > TextWindows.Length)
            {
                first++;
            }

            if (first == piece)
            {
                Raise(windows, sum, counts[slot]);
            }
            else
            {
                sum.CopyTo(window);
                var count = counts[slot];
                for (var earlier = first; earlier < piece; earlier++)
                {
                    TensorPrimitives.Add(window, sums.Slice(earlier % Ring * Stride, Stride), window);
                    count += counts[earlier % Ring];
                }

                Raise(windows, window, count);
            }

            start = end;
        }

        if (all == 0)
        {
            return 0;
        }

        var scale = MathF.Sqrt(Math.Min(all, MostTopicFeatures)) / all;
        for (var column = 0; column < Stride; column++)
        {
            var bias = Bias.Span[column];
            windows[column] = Math.Max(windows[column], pieces[column]) + bias;
            pieces[column] += bias;
            whole[column] = (whole[column] * scale) + bias;
        }

        return piece;
    }

    private static void Raise(Span<float> best, ReadOnlySpan<float> sum, int count)
    {
        if (count == 0)
        {
            return;
        }

        var scale = 1 / MathF.Sqrt(count);
        for (var column = 0; column < Stride; column++)
        {
            best[column] = Math.Max(best[column], sum[column] * scale);
        }
    }

    private void Sum(ReadOnlySpan<int> features, Span<float> sum)
    {
        Vector256<float> low = default, high = default;
        foreach (var feature in features)
        {
            var row = _rowOf[feature];
            if (row != 0)
            {
                ref var weights = ref MemoryMarshal.GetReference(_rows.AsSpan(row * Stride, Stride));
                low += Vector256.LoadUnsafe(ref weights);
                high += Vector256.LoadUnsafe(ref weights, 8);
            }
        }

        low.CopyTo(sum);
        high.CopyTo(sum[8..]);
    }
}
