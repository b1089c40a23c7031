namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>What may still be done for one document. Belongs to one extraction.</summary>
/// <param name="bounds">The bounds.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class PdfWork(ExtractionBounds bounds, CancellationToken cancellationToken)
{
    private readonly UnpackedBytes _steps = new(Math.Max(1_000_000, bounds.MaxUnpackedBytes / 4));

    /// <summary>Bytes unpacked.</summary>
    public UnpackedBytes Unpacked { get; } = new(bounds.MaxUnpackedBytes);

    /// <summary>Counts steps: values read, glyphs drawn, objects looked up. Forms in forms ask for more of them than any document has bytes.</summary>
    /// <exception cref="ExtractionStoppedException">There were too many.</exception>
    public void Do(int steps)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _steps.Take(steps);
    }
}
