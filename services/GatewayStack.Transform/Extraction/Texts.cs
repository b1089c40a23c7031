using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Transform.Extraction;

/// <summary>The texts of a request, and what is none.</summary>
/// <param name="Segments">The texts, those of documents behind the caller's own.</param>
/// <param name="Unscanned">What could not be read, or not whole.</param>
internal readonly record struct Texts(ImmutableArray<ContentSegment> Segments, ImmutableArray<UnscannedPart> Unscanned)
{
    /// <summary>Numbers of the texts that were read out of documents; null where there is none.</summary>
    public IReadOnlySet<int>? Documents { get; private init; }

    /// <summary>Adds what was read of the request's documents. One that was read whole is no unscanned part any more; of another it is said why.</summary>
    public static Texts Of(InspectionRequest request, Extraction[] extractions)
    {
        var segments = request.Segments.ToBuilder();
        var unscanned = request.Unscanned.ToBuilder();
        var documents = new HashSet<int>();
        for (var i = 0; i < extractions.Length; i++)
        {
            var (attachment, extraction) = (request.Attachments[i], extractions[i]);
            if (extraction.Text.Length > 0)
            {
                documents.Add(attachment.Id);
                segments.Add(new ContentSegment
                {
                    Id = attachment.Id,
                    Pointer = attachment.Pointer,
                    Part = "file",
                    MediaType = "text/plain",
                    Origin = attachment.Origin,
                    Editable = false,
                    Text = extraction.Text,
                });
            }

            Account(unscanned, attachment, extraction);
        }

        return new Texts(segments.ToImmutable(), unscanned.ToImmutable()) { Documents = documents };
    }

    private static void Account(ImmutableArray<UnscannedPart>.Builder unscanned, ContentAttachment attachment, Extraction extraction)
    {
        for (var i = 0; i < unscanned.Count; i++)
        {
            if (string.Equals(unscanned[i].Pointer, attachment.Pointer, StringComparison.Ordinal))
            {
                if (extraction.Reason is null)
                {
                    unscanned.RemoveAt(i);
                }
                else
                {
                    unscanned[i] = unscanned[i] with { Reason = extraction.Reason };
                }

                return;
            }
        }

        if (extraction.Reason is not null)
        {
            unscanned.Add(new UnscannedPart { Pointer = attachment.Pointer, Type = "file", Reason = extraction.Reason });
        }
    }
}
