using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Extraction.Docx;
using GatewayStack.Transform.Extraction.Pdf;

namespace GatewayStack.Transform.Extraction;

/// <summary>Reads the documents of requests, each on a thread of its own: a parser that does not come back holds its place among the workers, and nobody else's time.</summary>
/// <remarks>Safe for concurrent use.</remarks>
internal sealed class DocumentReader(ExtractionOptions options, TransformMetrics metrics, TimeProvider time)
{
    private readonly DocumentWorkers _workers = new(options.Workers);
    private readonly IDocumentExtractor[] _extractors = [new PdfExtractor(), new DocxExtractor()];

    /// <summary>Reads documents one after the other, in the time of one request.</summary>
    /// <param name="attachments">The documents.</param>
    /// <param name="person">Whose they are; null where that is not known.</param>
    /// <param name="maxChars">How much text they may have, all together.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<Extraction[]> ReadAsync(IReadOnlyList<ContentAttachment> attachments, string? person, int maxChars, CancellationToken cancellationToken)
    {
        var results = new Extraction[attachments.Count];
        using var end = new CancellationTokenSource(TimeSpan.FromMilliseconds(options.Milliseconds), time);
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = i >= options.MaxDocuments
                ? Extraction.Nothing(ExtractionReasons.TooManyParts)
                : await ReadAsync(attachments[i], person, maxChars, end.Token, cancellationToken);
            maxChars -= results[i].Text.Length;
        }

        return results;
    }

    private async Task<Extraction> ReadAsync(ContentAttachment attachment, string? person, int maxChars, CancellationToken end, CancellationToken cancellationToken)
    {
        var type = BareType(attachment.MediaType);
        if (Array.Find(_extractors, e => e.Takes(type)) is not { } extractor || !options.Enabled)
        {
            return Extraction.Nothing(ExtractionReasons.NotText);
        }

        var result = attachment.Content.Length > options.MaxBytes
            ? Extraction.Nothing(ExtractionReasons.TooLarge)
            : await RunAsync(extractor, attachment, person, maxChars, end, cancellationToken);
        metrics.Extracted(extractor.Name, result.Reason ?? "read");
        return result;
    }

    private async Task<Extraction> RunAsync(IDocumentExtractor extractor, ContentAttachment attachment, string? person, int maxChars, CancellationToken end,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(end, cancellationToken);
        try
        {
            await _workers.WaitAsync(person, stop.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Extraction.Nothing(ExtractionReasons.Busy);
        }

        var bounds = new ExtractionBounds { MaxBytes = options.MaxBytes, MaxUnpackedBytes = options.MaxUnpackedBytes, MaxPages = options.MaxPages, MaxChars = Math.Max(0, maxChars) };
        var token = stop.Token;
        var work = OnThreadOfItsOwn(() => extractor.Extract(attachment.Content.AsMemory(), bounds, token), person);
        try
        {
            return await work.WaitAsync(token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Extraction.Nothing(ExtractionReasons.TooSlow);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return Extraction.Nothing(ExtractionReasons.Undecodable);
        }
    }

    private Task<Extraction> OnThreadOfItsOwn(Func<Extraction> extract, string? person)
    {
        var done = new TaskCompletionSource<Extraction>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(
            () =>
            {
                try
                {
                    done.SetResult(extract());
                }
                catch (Exception e)
                {
                    done.SetException(e);
                }
                finally
                {
                    _workers.Release(person);
                }
            })
        {
            IsBackground = true,
            Name = "document",
        };
        try
        {
            thread.Start();
        }
        catch (Exception e)
        {
            // No memory for it, or no process: the next document finds the worker free.
            _workers.Release(person);
            done.SetException(e);
        }

        // Nobody waits any more for what comes too late.
        _ = done.Task.ContinueWith(static t => t.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return done.Task;
    }

    private static string BareType(string mediaType)
    {
        var end = mediaType.IndexOf(';', StringComparison.Ordinal);
        return (end < 0 ? mediaType : mediaType[..end]).Trim().ToLowerInvariant();
    }
}
