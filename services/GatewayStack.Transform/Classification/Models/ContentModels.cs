using System.Collections.Immutable;
using System.Security.Cryptography;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Classification.Models;

/// <summary>The classifiers: sensitivity labels, topics and the two injection detectors, in one pass over a text.</summary>
/// <remarks>Immutable and safe for concurrent use.</remarks>
internal sealed class ContentModels
{
    /// <summary>People quote mails that ask them something, and fence prompts they write: there a request must be plain, and say whom it asks.</summary>
    private const double LooseBar = 0.9;

    /// <summary>What a label's probability must reach.</summary>
    public const double Threshold = 0.5;

    /// <summary>Name of the embedded weights.</summary>
    public const string WeightsResource = "content-models.bin";

    private static readonly Lazy<ContentModels> Embedded =
        new(() => new ContentModels(ReadEmbedded(WeightsResource), new OwnModel?[Heads.All.Length], string.Empty));

    private static readonly int OverrideColumn = Heads.ColumnOf(Heads.Override);
    private static readonly int DataRequestColumn = Heads.ColumnOf(Heads.DataRequest);

    private readonly Weights _weights;
    private readonly OwnModel?[] _own;

    private ContentModels(Weights weights, OwnModel?[] own, string revision)
    {
        _weights = weights;
        _own = own;
        Revision = revision;
    }

    /// <summary>The built-in models.</summary>
    public static ContentModels BuiltIn => Embedded.Value;

    /// <summary>Names the operator's models by their content; empty when there are none.</summary>
    public string Revision { get; }

    /// <summary>The built-in models, with the operator's in their places.</summary>
    /// <exception cref="ModelException">One of them cannot be used; what was in use before stays as it is.</exception>
    public static ContentModels Load(ModelOptions options)
    {
        var own = new OwnModel?[Heads.All.Length];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < own.Length; i++)
        {
            if (options.Of(Heads.All[i].Setting) is { } file)
            {
                own[i] = ModelZip.ReadFile(file.Path, Heads.All[i], out var digest);
                hash.AppendData([(byte)i]);
                hash.AppendData(digest);
            }
        }

        return own.All(m => m is null) ? BuiltIn : new ContentModels(BuiltIn._weights, own, Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16)));
    }

    /// <summary>Models from a weights file, for training and tests.</summary>
    public static ContentModels Of(Weights weights) => new(weights, new OwnModel?[Heads.All.Length], string.Empty);

    /// <summary>What the models say about a text.</summary>
    /// <param name="foldedText">The text with hidden characters folded away.</param>
    /// <param name="origin">Who is said to have written it: every text is asked about overrides, for whoever sends a request writes its roles too; what tools give and say of
    /// themselves, documents, and the parts of a message that it marks as somebody else's about requests in data; and all but the descriptions of tools about labels and
    /// topics.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Null when there is nothing to say.</returns>
    public TextLabels? Score(ReadOnlySpan<char> foldedText, SegmentOrigin origin, CancellationToken cancellation)
    {
        Span<float> windows = stackalloc float[LinearHeads.Stride];
        Span<float> pieces = stackalloc float[LinearHeads.Stride];
        Span<float> whole = stackalloc float[LinearHeads.Stride];
        // Any character but blanks is a feature: where there is none, no model of whatever kind has anything to read.
        if (_weights.Linear.Score(foldedText, windows, pieces, whole, cancellation) is not (> 0 and var count))
        {
            return null;
        }

        Span<double> probabilities = stackalloc double[Heads.All.Length];
        var found = false;
        for (var i = 0; i < probabilities.Length; i++)
        {
            var head = Heads.All[i];
            var highest = !IsAsked(head, origin) ? 0
                : _own[i] is { } own ? own.Score(foldedText, cancellation)
                : Probability(head.Unit, i, windows, pieces, whole);
            probabilities[i] = Calibration.OfText(_own[i]?.Unit ?? head.Unit, highest, count);
            if (i == OverrideColumn && _own[i] is null && OverridePhrases.AreIn(foldedText, cancellation))
            {
                probabilities[i] = Math.Max(probabilities[i], OverridePhrases.Probability);
            }
            else if (i == DataRequestColumn)
            {
                probabilities[i] = origin == SegmentOrigin.ToolDefinition ? ToolSigns.Judge(foldedText, probabilities[i], cancellation)
                    : Math.Max(probabilities[i], OfParts(foldedText, origin, cancellation));
            }

            found |= probabilities[i] >= Threshold;
        }

        var topics = whole.Slice(Heads.All.Length, Heads.Topics.Length);
        var topic = 0;
        for (var i = 1; i < topics.Length; i++)
        {
            topic = topics[i] > topics[topic] ? i : topic;
        }

        var confidence = topic == 0 || origin == SegmentOrigin.ToolDefinition ? 0 : Confidence(topics, topic);
        return found || confidence >= Threshold ? Labels(probabilities, topic, confidence) : null;
    }

    /// <summary>What is asked in the parts of a message that somebody else wrote.</summary>
    private double OfParts(ReadOnlySpan<char> text, SegmentOrigin origin, CancellationToken cancellation)
    {
        if (DelimitedParts.Find(text, origin) is not { } parts)
        {
            return 0;
        }

        Span<float> windows = stackalloc float[LinearHeads.Stride];
        Span<float> pieces = stackalloc float[LinearHeads.Stride];
        Span<float> whole = stackalloc float[LinearHeads.Stride];
        var head = Heads.All[DataRequestColumn];
        double best = 0;
        foreach (var part in parts)
        {
            var span = text[part.Range];
            var count = _weights.Linear.Score(span, windows, pieces, whole, cancellation);
            var highest = _own[DataRequestColumn] is { } own ? own.Score(span, cancellation)
                : count > 0 ? Probability(head.Unit, DataRequestColumn, windows, pieces, whole) : 0;
            var asked = Calibration.OfText(_own[DataRequestColumn]?.Unit ?? head.Unit, highest, Math.Max(count, 1));
            best = !part.IsLoose || (asked >= LooseBar && Addressees.Assistants().IsMatch(span)) ? Math.Max(best, asked) : best;
        }

        return best;
    }

    /// <summary>The probability of each head by its unit, before the rule for long texts, and that of each topic: what ML.NET gives for the models of record.</summary>
    /// <returns>How many pieces the text has; 0 when there is nothing to score.</returns>
    public int Probabilities(ReadOnlySpan<char> text, Span<double> heads, Span<double> topics)
    {
        Span<float> windows = stackalloc float[LinearHeads.Stride];
        Span<float> pieces = stackalloc float[LinearHeads.Stride];
        Span<float> whole = stackalloc float[LinearHeads.Stride];
        var count = _weights.Linear.Score(text, windows, pieces, whole, CancellationToken.None);
        if (count == 0)
        {
            return 0;
        }

        for (var i = 0; i < Heads.All.Length; i++)
        {
            heads[i] = Probability(Heads.All[i].Unit, i, windows, pieces, whole);
        }

        for (var i = 0; i < Heads.Topics.Length; i++)
        {
            topics[i] = Confidence(whole.Slice(Heads.All.Length, Heads.Topics.Length), i);
        }

        return count;
    }

    /// <summary>The weights.</summary>
    public static Weights ReadEmbedded(string resource) => WeightsFile.Read(ReadResource(resource));

    /// <summary>An embedded file of the models.</summary>
    public static byte[] ReadResource(string name)
    {
        using var stream = typeof(ContentModels).Assembly.GetManifestResourceStream(name) ?? throw new ModelException($"{name} is not part of this build");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private double Probability(HeadUnit unit, int column, ReadOnlySpan<float> windows, ReadOnlySpan<float> pieces, ReadOnlySpan<float> whole) => unit switch
    {
        HeadUnit.Piece => _weights.Calibrations[column].Probability(pieces[column]),
        HeadUnit.Text => _weights.Calibrations[column].OfWholeText(windows[column], whole[column]),
        _ => _weights.Calibrations[column].Probability(windows[column]),
    };

    /// <summary>True where a head is asked about texts of an origin: of any other its label is never given.</summary>
    public static bool IsAsked(Head head, SegmentOrigin origin) => head.Name switch
    {
        // Whoever sends a request writes its roles too: an attack that calls itself the operator's or the model's words is one.
        Heads.Override => true,

        // A person asks something of the assistant by their nature, and so does a tool that says how it is used: of that only counts what shows a sign of something else.
        Heads.DataRequest => origin is SegmentOrigin.ToolResult or SegmentOrigin.Document or SegmentOrigin.ToolDefinition,

        // What a tool is called and how it is described says nothing of what a person talks about.
        _ => origin is not SegmentOrigin.ToolDefinition,
    };

    private static double Confidence(ReadOnlySpan<float> scores, int index)
    {
        double sum = 0;
        foreach (var score in scores)
        {
            sum += Math.Exp(score - scores[index]);
        }

        return 1 / sum;
    }

    private static TextLabels Labels(ReadOnlySpan<double> probabilities, int topic, double confidence)
    {
        var labels = ImmutableArray.CreateBuilder<ContentLabel>();
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] >= Threshold)
            {
                labels.Add(new ContentLabel { Name = Heads.All[i].Name, Confidence = probabilities[i] });
            }
        }

        return new TextLabels
        {
            Labels = labels.DrainToImmutable(),
            Topics = confidence >= Threshold ? [new ContentLabel { Name = Heads.Topics[topic], Confidence = confidence }] : [],
            Override = probabilities[Heads.ColumnOf(Heads.Override)],
            DataRequest = probabilities[Heads.ColumnOf(Heads.DataRequest)],
        };
    }
}
