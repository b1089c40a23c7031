using System.Text;

namespace GatewayStack.Transform.Extraction.Pdf;

/// <summary>What may still be done for one document. Belongs to one extraction.</summary>
/// <param name="bounds">The bounds.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class PdfWork(ExtractionBounds bounds, CancellationToken cancellationToken)
{
    private readonly UnpackedBytes _steps = new(Math.Max(1_000_000, bounds.MaxUnpackedBytes / 4));

    private const int MaxKnown = 4096;
    private const int LongestKnown = 32;
    private const int KnownWeight = 128;

    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    /// <summary>Bytes unpacked.</summary>
    public UnpackedBytes Unpacked { get; } = new(bounds.MaxUnpackedBytes);

    /// <summary>
    /// Bytes of memory that the document holds: what was unpacked, and what its values weigh. A step is cheap and what it leaves behind is not, so steps do not bound
    /// this.
    /// </summary>
    public UnpackedBytes Held { get; } = new(2L * bounds.MaxUnpackedBytes);

    /// <summary>Counts steps: values read, glyphs drawn, objects looked up. Forms in forms ask for more of them than any document has bytes.</summary>
    /// <exception cref="ExtractionStoppedException">There were too many.</exception>
    public void Do(int steps)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _steps.Take(steps);
    }

    /// <summary>A short text, the same one each time; null for a long one, and for any new one once there are many.</summary>
    public string? Known(ReadOnlySpan<byte> latin)
    {
        if (latin.Length > LongestKnown)
        {
            return null;
        }

        Span<char> text = stackalloc char[latin.Length];
        Encoding.Latin1.GetChars(latin, text);
        var lookup = _known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var known) || _known.Count == MaxKnown)
        {
            return known;
        }

        Held.Take(KnownWeight);
        known = text.ToString();
        _known.Add(known);
        return known;
    }

    /// <summary>Counts bytes that were unpacked: they are held until their stream has been read, and streams may stand in one another.</summary>
    /// <exception cref="ExtractionStoppedException">There are too many.</exception>
    public void Unpack(long bytes)
    {
        Unpacked.Take(bytes);
        Held.Take(bytes);
    }
}
