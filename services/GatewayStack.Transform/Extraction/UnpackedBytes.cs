namespace GatewayStack.Transform.Extraction;

/// <summary>What may still be unpacked of one document, or held of it. Belongs to one extraction.</summary>
internal sealed class UnpackedBytes(long max)
{
    /// <summary>How much was taken.</summary>
    public long Taken { get; private set; }

    /// <summary>How much may still be.</summary>
    public long Left => max - Taken;

    /// <summary>Counts bytes that are needed no more as not taken.</summary>
    public void GiveBack(long bytes) => Taken -= bytes;

    /// <summary>Counts bytes.</summary>
    /// <exception cref="ExtractionStoppedException">There are more than may be taken.</exception>
    public void Take(long bytes)
    {
        Taken += bytes;
        if (Taken > max)
        {
            throw new ExtractionStoppedException(ExtractionReasons.TooLarge);
        }
    }
}
