namespace GatewayStack.Transform.Extraction;

/// <summary>Ends the reading of a document where a bound is reached; never leaves an extractor.</summary>
/// <param name="reason">One of <see cref="ExtractionReasons"/>.</param>
internal sealed class ExtractionStoppedException(string reason) : Exception("The document cannot be read any further: " + reason)
{
    /// <summary>Why.</summary>
    public string Reason { get; } = reason;
}
