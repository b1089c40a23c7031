namespace GatewayStack.Transform.Classification.Models;

/// <summary>An operator's model in place of a built-in head.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class OwnModel
{
    /// <summary>A model that makes its own features is slow: a long text is cut into no more parts than this.</summary>
    private const int MostParts = 256;

    private readonly EnginePool<FeatureRow>? _features;
    private readonly EnginePool<TextRow>? _texts;

    private OwnModel(EnginePool<FeatureRow>? features, EnginePool<TextRow>? texts, HeadUnit unit) => (_features, _texts, Unit) = (features, texts, unit);

    /// <summary>What it scores at a time.</summary>
    public HeadUnit Unit { get; }

    /// <summary>A model that reads the featuriser's vectors.</summary>
    public static OwnModel OverFeatures(EnginePool<FeatureRow> engines, HeadUnit unit) => new(engines, null, unit);

    /// <summary>A model that reads text.</summary>
    public static OwnModel OverText(EnginePool<TextRow> engines) => new(null, engines, HeadUnit.Window);

    /// <summary>The highest probability over the stretches of a text, or its mean with that of the text as a whole, as the head's unit says; 0 for a text without any.</summary>
    public double Score(ReadOnlySpan<char> text, CancellationToken cancellation)
    {
        double best = 0;
        if (_texts is not null)
        {
            var length = Math.Max(TextWindows.Length, (text.Length / MostParts) + 1);
            for (var start = 0; start < text.Length; start += length)
            {
                cancellation.ThrowIfCancellationRequested();

                // Half a window more on either side: what stands on a border is seen whole once.
                var end = Math.Min(text.Length, start + length + (TextWindows.Length / 2));
                best = Max(best, _texts.Predict(new TextRow { Text = new string(text[start..end]) }));
            }

            return best;
        }

        foreach (var window in TextWindows.Of(text, Unit))
        {
            cancellation.ThrowIfCancellationRequested();
            var features = FeatureRow.Vector(text, window);
            if (features.GetValues().Length > 0)
            {
                best = Max(best, _features!.Predict(new FeatureRow { Features = features }));
            }
        }

        return Unit == HeadUnit.Text && best > 0 ? Calibration.OfWholeText(best, Whole(text)) : best;
    }

    /// <summary>What the model itself answers to a short text, whatever that is: <see cref="Score"/> makes a probability of anything.</summary>
    public double Answer(string text) => _texts?.Predict(new TextRow { Text = text })
        ?? _features!.Predict(new FeatureRow { Features = FeatureRow.Vector(text, TextWindows.Pieces(text).ToArray(), LinearHeads.MostTopicFeatures) });

    private double Whole(ReadOnlySpan<char> text) => Max(
        0, _features!.Predict(new FeatureRow { Features = FeatureRow.Vector(text, TextWindows.Pieces(text).ToArray(), LinearHeads.MostTopicFeatures) }));

    /// <summary>An answer that is no number is the highest: it must not open what the label closes.</summary>
    private static double Max(double best, double answer) => double.IsNaN(answer) ? 1 : Math.Max(best, answer);
}
