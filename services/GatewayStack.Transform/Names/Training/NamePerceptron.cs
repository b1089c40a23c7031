using System.Runtime.Intrinsics;

namespace GatewayStack.Transform.Names.Training;

/// <summary>How to learn.</summary>
/// <param name="Bits">Two to the power of this many rows of weights.</param>
/// <param name="Epochs">So many times through all runs.</param>
/// <param name="DropLexical">In so many of a hundred tokens the word itself is not looked at.</param>
/// <param name="MissCost">By how much a name must beat being left out.</param>
/// <param name="FalseCost">By how much being left out must beat a name.</param>
/// <param name="Shuffles">Learns so many times from the beginning in another order, and takes the mean.</param>
/// <param name="Prune">Weights of at most this size, where the largest are 127, are left out.</param>
internal sealed record PerceptronOptions(int Bits = 20, int Epochs = 8, int DropLexical = 20, int MissCost = 20, int FalseCost = 12, int Shuffles = 2, int Prune = 1);

/// <summary>A structured averaged perceptron with margins. Counts in integers: the same input gives the same weights.</summary>
internal sealed class NamePerceptron(PerceptronOptions options)
{
    private const int Stride = NameLabels.Stride;

    private readonly double[] _means = new double[(1 << options.Bits) * Stride];
    private readonly double[] _transitionMeans = new double[Stride * Stride];
    private readonly int[] _weights = new int[(1 << options.Bits) * Stride];
    private readonly long[] _sums = new long[(1 << options.Bits) * Stride];
    private readonly int[] _transitions = new int[Stride * Stride];
    private readonly long[] _transitionSums = new long[Stride * Stride];
    private readonly NameDecoder _decoder = new();
    private readonly byte[] _gold = new byte[NameTokens.Capacity];
    private readonly bool[] _drop = new bool[NameTokens.Capacity];
    private readonly short[] _paths = new short[Stride * Stride];
    private long _step = 1;

    /// <summary>Goes through all runs several times, from the beginning, and adds what was learned to the means.</summary>
    public void Train(List<NameRun> runs, TrainingRandom random, TextWriter log)
    {
        Array.Clear(_weights);
        Array.Clear(_sums);
        Array.Clear(_transitions);
        Array.Clear(_transitionSums);
        _step = 1;
        var order = new List<NameRun>(runs);
        for (var epoch = 1; epoch <= options.Epochs; epoch++)
        {
            random.Shuffle(order);
            var wrong = 0;
            foreach (var run in order)
            {
                for (var i = 0; i < run.Length; i++)
                {
                    _drop[i] = random.Percent(options.DropLexical);
                }

                wrong += Learn(run) ? 1 : 0;
                _step++;
            }

            log.WriteLine($"epoch {epoch}: {wrong} of {order.Count} runs wrong");
        }

        for (var i = 0; i < _means.Length; i++)
        {
            _means[i] += _weights[i] - ((double)_sums[i] / _step);
        }

        for (var i = 0; i < _transitionMeans.Length; i++)
        {
            _transitionMeans[i] += _transitions[i] - ((double)_transitionSums[i] / _step);
        }
    }

    /// <summary>The averages as a model.</summary>
    /// <param name="lists">The lists it was trained with.</param>
    public NameModel Model(NameModel lists)
    {
        var sizes = _means.Where(mean => mean != 0).Select(Math.Abs).Order().ToList();
        var scale = sizes.Count == 0 ? 1 : 127 / sizes[(int)(sizes.Count * 0.9995)];
        var weights = new sbyte[_weights.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            var value = (int)Math.Round(Math.Clamp(_means[i] * scale, -127, 127));
            weights[i] = (sbyte)(Math.Abs(value) <= options.Prune ? 0 : value);
        }

        var transitions = new short[_transitions.Length];
        for (var i = 0; i < transitions.Length; i++)
        {
            transitions[i] = (short)Math.Round(Math.Clamp(_transitionMeans[i] * scale, short.MinValue, short.MaxValue));
        }

        return lists with { Bits = options.Bits, Weights = weights, Transitions = transitions };
    }

    private bool Learn(NameRun run)
    {
        Weigh(run);
        for (var i = 0; i < _paths.Length; i++)
        {
            _paths[i] = (short)Math.Clamp(_transitions[i], short.MinValue, short.MaxValue);
        }

        if (run.IsCertain)
        {
            for (var i = 0; i < run.Length; i++)
            {
                _gold[i] = (byte)System.Numerics.BitOperations.TrailingZeroCount(run.Gold[i]);
            }
        }
        else
        {
            _decoder.Decode(_paths, run.Length, run.Gold);
            _decoder.Labels.AsSpan(0, run.Length).CopyTo(_gold);
        }

        AddCosts(run);
        _decoder.Decode(_paths, run.Length, []);
        var found = _decoder.Labels.AsSpan(0, run.Length);
        if (found.SequenceEqual(_gold.AsSpan(0, run.Length)))
        {
            return false;
        }

        int right = 0, wrong = 0;
        for (var i = 0; i < run.Length; i++)
        {
            if (found[i] != _gold[i])
            {
                Update(run, i, _gold[i], 1);
                Update(run, i, found[i], -1);
            }

            Pass((right * Stride) + _gold[i], 1);
            Pass((wrong * Stride) + found[i], -1);
            right = _gold[i];
            wrong = found[i];
        }

        Pass(right * Stride, 1);
        Pass(wrong * Stride, -1);
        return true;
    }

    private void Weigh(NameRun run)
    {
        var mask = (1u << options.Bits) - 1;
        var at = 0;
        for (var i = 0; i < run.Length; i++)
        {
            var into = _decoder.Emissions.AsSpan(i * Stride, Stride);
            into.Clear();
            for (at += _drop[i] ? NameFeatures.Lexical : 0; at < run.Ends[i]; at++)
            {
                ReadOnlySpan<int> row = _weights.AsSpan((int)(run.Features[at] & mask) * Stride, Stride);
                for (var part = 0; part < Stride; part += Vector256<int>.Count)
                {
                    (Vector256.Create<int>(into[part..]) + Vector256.Create(row[part..])).CopyTo(into[part..]);
                }
            }
        }
    }

    /// <summary>What is wrong must be worse by a margin: every wrong label starts with an advantage.</summary>
    private void AddCosts(NameRun run)
    {
        for (var i = 0; i < run.Length; i++)
        {
            if (run.Gold[i] != 1 << _gold[i])
            {
                continue;
            }

            for (var label = 0; label < NameLabels.Count; label++)
            {
                if (label != _gold[i])
                {
                    _decoder.Emissions[(i * Stride) + label] += _gold[i] == 0 ? options.FalseCost : label == 0 ? options.MissCost : options.FalseCost;
                }
            }
        }
    }

    private void Update(NameRun run, int token, int label, int by)
    {
        var mask = (1u << options.Bits) - 1;
        var from = (token == 0 ? 0 : run.Ends[token - 1]) + (_drop[token] ? NameFeatures.Lexical : 0);
        foreach (var feature in run.Features.AsSpan(from..run.Ends[token]))
        {
            var at = ((int)(feature & mask) * Stride) + label;
            _weights[at] += by;
            _sums[at] += by * _step;
        }
    }

    private void Pass(int transition, int by)
    {
        _transitions[transition] += by;
        _transitionSums[transition] += by * _step;
    }
}
