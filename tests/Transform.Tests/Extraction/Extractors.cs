using GatewayStack.Transform.Extraction;
using GatewayStack.Transform.Extraction.Docx;
using GatewayStack.Transform.Extraction.Pdf;

namespace GatewayStack.Transform.Tests.Extraction;

/// <summary>Extracts with small bounds, and counts what that costs.</summary>
internal static class Extractors
{
    public static ExtractionBounds Bounds { get; } = new() { MaxBytes = 8 << 20, MaxUnpackedBytes = 4 << 20, MaxPages = 50, MaxChars = 100_000 };

    public static Transform.Extraction.Extraction Pdf(byte[] file, ExtractionBounds? bounds = null) => Run(new PdfExtractor(), file, bounds ?? Bounds);

    public static Transform.Extraction.Extraction Pdf(byte[] file, out long allocated) => Run(new PdfExtractor(), file, Bounds, out allocated);

    public static Transform.Extraction.Extraction Docx(byte[] file, ExtractionBounds? bounds = null) => Run(new DocxExtractor(), file, bounds ?? Bounds);

    private static Transform.Extraction.Extraction Run(IDocumentExtractor extractor, byte[] file, ExtractionBounds bounds) => Run(extractor, file, bounds, out _);

    /// <summary>Runs on a thread of its own, as a worker is; what it allocates has a bound of its own.</summary>
    private static Transform.Extraction.Extraction Run(IDocumentExtractor extractor, byte[] file, ExtractionBounds bounds, out long allocated)
    {
        Transform.Extraction.Extraction? result = null;
        Exception? thrown = null;
        var total = 0L;
        var thread = new Thread(
            () =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                try
                {
                    result = extractor.Extract(file, bounds, TestContext.Current.CancellationToken);
                }
                catch (Exception e)
                {
                    thrown = e;
                }

                total = GC.GetAllocatedBytesForCurrentThread() - before;
            });
        thread.Start();
        thread.Join();
        thrown.ShouldBeNull();
        allocated = total;
        allocated.ShouldBeLessThan(400L << 20);
        result!.Text.Length.ShouldBeLessThanOrEqualTo(bounds.MaxChars);
        return result;
    }
}
