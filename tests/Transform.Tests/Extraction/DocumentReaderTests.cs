using System.Collections.Immutable;
using GatewayStack.Contracts.Transform;
using GatewayStack.Transform.Extraction;

namespace GatewayStack.Transform.Tests.Extraction;

public sealed class DocumentReaderTests
{
    private const string Docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    [Fact]
    public async Task A_document_gives_facts_and_is_no_unscanned_part()
    {
        var result = await InspectAsync(new TransformOptions(), Attachment(DocxFile.Of("Write to alice@example.com").Build()));
        result.Metadata.Types.ShouldBe(["EMAIL"]);
        result.Metadata.Unscanned.ShouldBeEmpty();
        result.Findings.ShouldHaveSingleItem().SegmentId.ShouldBe(7);
        result.Segments.ShouldHaveSingleItem().SegmentId.ShouldBe(7);
    }

    [Fact]
    public async Task What_is_found_in_a_document_cannot_be_taken_out_but_can_block()
    {
        var module = Modules.Create(new TransformOptions { Names = false, Labels = false });
        var result = await InspectAsync(new TransformOptions(), Attachment(DocxFile.Of("Write to alice@example.com").Build()));
        (await ApplyAsync(ContentAction.Redact)).Status.ShouldBe(EditStatus.NotEditable);
        (await ApplyAsync(ContentAction.Block)).BlockedTypes.ShouldBe(["EMAIL"]);
        (await ApplyAsync(ContentAction.Detect)).Status.ShouldBe(EditStatus.Applied);

        Task<EditResult> ApplyAsync(ContentAction action) => module.ApplyAsync(
            new EditRequest { RequestId = "r", Tenant = "t", Segments = [], Findings = result.Findings, Actions = [new TypeAction { Type = "*", Action = action }] },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_document_that_was_read_in_part_gives_facts_and_stays_unscanned()
    {
        var result = await InspectAsync(new TransformOptions(), Attachment(DocxFile.Of("Write to alice@example.com").Part("word/media/1.png", "x").Build()));
        result.Metadata.Types.ShouldBe(["EMAIL"]);
        result.Metadata.Unscanned.ShouldHaveSingleItem().Reason.ShouldBe(ExtractionReasons.Images);
    }

    [Theory]
    [InlineData("image/png", ExtractionReasons.NotText)]
    [InlineData(Docx + "; version=1", ExtractionReasons.Undecodable)]
    public async Task What_cannot_be_read_says_why(string mediaType, string reason)
    {
        var result = await InspectAsync(new TransformOptions(), Attachment([1, 2, 3], mediaType));
        result.Status.ShouldBe(InspectionStatus.Inspected);
        result.Metadata.Unscanned.ShouldHaveSingleItem().ShouldBe(new UnscannedPart { Pointer = "/messages/0/content/1/file", Type = "file", Reason = reason });
    }

    [Fact]
    public async Task Hidden_characters_of_a_document_are_a_fact_where_they_would_be_removed()
    {
        var options = new TransformOptions { Normalise = new NormaliseOptions { HiddenCharacters = "remove" } };
        var result = await InspectAsync(options, Attachment(DocxFile.Of("Hello wor\u200Bld").Build()));
        result.Status.ShouldBe(InspectionStatus.Inspected);
        result.Metadata.Labels.Select(l => l.Name).ShouldBe([ContentLabels.HiddenCharacters]);
        options = new TransformOptions { Normalise = new NormaliseOptions { HiddenCharacters = "refuse" } };
        (await InspectAsync(options, Attachment(DocxFile.Of("Hello wor\u200Bld").Build()))).Status.ShouldBe(InspectionStatus.Refused);
    }

    [Fact]
    public async Task Bounds_are_settings()
    {
        var file = Attachment(DocxFile.Of("Write to alice@example.com").Build());
        await ReasonAsync(new ExtractionOptions { Enabled = false }, ExtractionReasons.NotText);
        await ReasonAsync(new ExtractionOptions { MaxBytes = 100 }, ExtractionReasons.TooLarge);
        await ReasonAsync(new ExtractionOptions { MaxUnpackedBytes = 100 }, ExtractionReasons.TooLarge);
        await ReasonAsync(new ExtractionOptions { MaxDocuments = 0 }, ExtractionReasons.TooManyParts);
        var result = await InspectAsync(new TransformOptions { MaxChars = 10 }, file);
        result.Metadata.Unscanned.ShouldHaveSingleItem().Reason.ShouldBe(ExtractionReasons.TooLarge);

        async Task ReasonAsync(ExtractionOptions options, string reason) =>
            (await InspectAsync(new TransformOptions { Extraction = options }, file)).Metadata.Unscanned.ShouldHaveSingleItem().Reason.ShouldBe(reason);
    }

    [Fact]
    public async Task Two_parts_with_one_number_are_refused()
    {
        var request = Request(Attachment([1]) with { Id = 0 }) with { Segments = [Modules.Segment("text")] };
        (await Modules.Default.InspectAsync(request, TestContext.Current.CancellationToken)).Status.ShouldBe(InspectionStatus.Refused);
    }

    private static ContentAttachment Attachment(byte[] content, string mediaType = Docx) => new()
    {
        Id = 7,
        Pointer = "/messages/0/content/1/file",
        MediaType = mediaType,
        Origin = SegmentOrigin.User,
        Content = ImmutableArray.Create(content),
    };

    private static InspectionRequest Request(ContentAttachment attachment) => new()
    {
        RequestId = "r",
        Tenant = "t",
        Attachments = [attachment],
        Unscanned = [new UnscannedPart { Pointer = attachment.Pointer, Type = "file", Reason = "not_text" }],
    };

    // On a machine that is busy with other tests a document takes its time.
    private static Task<InspectionResult> InspectAsync(TransformOptions options, ContentAttachment attachment) =>
        Modules.Create(options with { Names = false, Labels = false, Extraction = options.Extraction with { Milliseconds = 60_000 } })
            .InspectAsync(Request(attachment), TestContext.Current.CancellationToken);
}
