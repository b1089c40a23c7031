using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>Who wrote a piece of content.</summary>
public enum SegmentOrigin
{
    /// <summary>Not said; treated as the user's.</summary>
    Unspecified = 0,

    /// <summary>System or developer instructions.</summary>
    System = 1,

    /// <summary>The person.</summary>
    User = 2,

    /// <summary>The model, in an earlier turn.</summary>
    Assistant = 3,

    /// <summary>What a tool returned.</summary>
    ToolResult = 4,

    /// <summary>Arguments of a tool call.</summary>
    ToolArguments = 5,

    /// <summary>A tool's name, description or schema.</summary>
    ToolDefinition = 6,

    /// <summary>A document or a file of text that a person sends along: its words need not be theirs.</summary>
    Document = 7,
}

/// <summary>One text of a request, decoded. Offsets into it are UTF-16 units, half-open.</summary>
public sealed record ContentSegment
{
    /// <summary>Number of the segment inside its request, from 0.</summary>
    public required int Id { get; init; }

    /// <summary>JSON pointer (RFC 6901) of the text in the body.</summary>
    public required string Pointer { get; init; }

    /// <summary>Which part it is, by a fixed word such as <c>content</c>, <c>arguments</c> or <c>description</c>; <c>other</c> for a member whose name somebody chose.</summary>
    public required string Part { get; init; }

    /// <summary>Media type of the text, such as <c>text/plain</c> or <c>application/json</c> for tool arguments.</summary>
    public required string MediaType { get; init; }

    /// <summary>Who wrote it.</summary>
    public required SegmentOrigin Origin { get; init; }

    /// <summary>True when it can be edited where it stands without breaking its container.</summary>
    public required bool Editable { get; init; }

    /// <summary>The decoded text. Content: never logged.</summary>
    public required string Text { get; init; }

    /// <summary>True for a text of an earlier turn: the model has answered since. What would block a request is redacted in it instead, so that one message does not
    /// close a conversation for ever.</summary>
    public bool Earlier { get; init; }

    /// <summary>
    /// What a model reads right before the text, because it is in the same message: at most the last <see cref="MostBeyond"/> units, with <see cref="Border"/> where one
    /// text ends and the next begins; null for nothing. Content: never logged.
    /// </summary>
    public string? Before { get; init; }

    /// <summary>The same of what follows.</summary>
    public string? After { get; init; }

    /// <summary>So much of what stands beyond a text is known, in UTF-16 units.</summary>
    public const int MostBeyond = 128;

    /// <summary>Stands between two texts in <see cref="Before"/> and <see cref="After"/>.</summary>
    public const char Border = '\u001F';
}

/// <summary>A document inside a request, of which the text may be read for facts. It cannot be edited.</summary>
public sealed record ContentAttachment
{
    /// <summary>Its number, in one row with those of the request's segments: findings in its text have it.</summary>
    public required int Id { get; init; }

    /// <summary>JSON pointer (RFC 6901) of it in the body; the <see cref="UnscannedPart"/> that stands for it until it is read has the same.</summary>
    public required string Pointer { get; init; }

    /// <summary>Its media type, such as <c>application/pdf</c>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Who gave it.</summary>
    public required SegmentOrigin Origin { get; init; }

    /// <summary>The decoded bytes. Content: never logged.</summary>
    public required ImmutableArray<byte> Content { get; init; }

    /// <summary>Leaves the content out.</summary>
    public override string ToString() => nameof(ContentAttachment);
}

/// <summary>A part of a request that is not text.</summary>
public sealed record UnscannedPart
{
    /// <summary>JSON pointer of the part.</summary>
    public required string Pointer { get; init; }

    /// <summary>What it is: <c>image_url</c>, <c>input_audio</c>, <c>file</c>, <c>encoded</c> (bytes in the midst of a text), <c>nested_json</c> (JSON in
    /// more strings of JSON than <see cref="JsonContent.MostStrings"/>), ...</summary>
    public required string Type { get; init; }

    /// <summary>Why it was not scanned, or not all of it: <c>not_text</c>, <c>reference</c>, <c>too_large</c>, <c>undecodable</c>, and of documents <c>encrypted</c>,
    /// <c>images</c>, <c>embedded_files</c>, <c>unreadable_text</c>, <c>too_many_parts</c>, <c>too_slow</c>, <c>busy</c>, of JSON <c>too_deep</c>.</summary>
    public required string Reason { get; init; }
}

/// <summary>How far the inspection came.</summary>
public enum ContentStatus
{
    /// <summary>Not said; a rule that asks about content errs.</summary>
    Unspecified = 0,

    /// <summary>Everything was inspected, or is listed as unscanned.</summary>
    Complete = 1,

    /// <summary>Transform could not be reached: a rule that asks about content errs.</summary>
    Unavailable = 2,

    /// <summary>The operator switched inspection off for this route or module.</summary>
    Off = 3,
}

/// <summary>A label with its confidence.</summary>
public sealed record ContentLabel
{
    /// <summary>The label, such as <c>financial</c>.</summary>
    public required string Name { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }
}

/// <summary>What a request's content is: facts for policies, never the content itself.</summary>
public sealed record ContentMetadata
{
    /// <summary>Nothing was found in a complete inspection.</summary>
    public static ContentMetadata Clean { get; } = new() { Status = ContentStatus.Complete };

    /// <summary>How far the inspection came.</summary>
    public required ContentStatus Status { get; init; }

    /// <summary>True when personal data was found.</summary>
    public bool ContainsPii { get; init; }

    /// <summary>Types found (<c>EMAIL</c>, <c>CREDIT_CARD</c>, ...), distinct, sorted ordinally.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>Labels found, distinct by name, sorted by name.</summary>
    public ImmutableArray<ContentLabel> Labels { get; init; } = [];

    /// <summary>Topics found.</summary>
    public ImmutableArray<string> Topics { get; init; } = [];

    /// <summary>0 (harmless) to 1.</summary>
    public double RiskScore { get; init; }

    /// <summary>Parts that could not be scanned.</summary>
    public ImmutableArray<UnscannedPart> Unscanned { get; init; } = [];
}

/// <summary>A type that lies in a finding of another one.</summary>
public sealed record OverlappedType
{
    /// <summary>The type, such as <c>EMAIL</c>.</summary>
    public required string Type { get; init; }

    /// <summary>Confidence, 0 to 1.</summary>
    public required double Score { get; init; }
}

/// <summary>One thing found in a segment: what overlapped there is one finding, which covers all of it.</summary>
public sealed record Finding
{
    /// <summary>The segment.</summary>
    public required int SegmentId { get; init; }

    /// <summary>Its type, such as <c>EMAIL</c>; upper case with underscores.</summary>
    public required string Type { get; init; }

    /// <summary>First UTF-16 unit.</summary>
    public required int Start { get; init; }

    /// <summary>First UTF-16 unit after it.</summary>
    public required int End { get; init; }

    /// <summary>Confidence, 0 to 1.</summary>
    public required double Score { get; init; }

    /// <summary>The other types that were found in it, each once, the most certain first: an address may be the user of a URL, and is an address all the same. Of two
    /// types of the very same place the better one counts, and the other where its score is above 0.8.</summary>
    public ImmutableArray<OverlappedType> Also { get; init; } = [];

    /// <summary>All types of it.</summary>
    public IEnumerable<string> Types() => Also.Select(o => o.Type).Prepend(Type);

    /// <summary>Compares what is in it.</summary>
    public bool Equals(Finding? other) =>
        other is not null && SegmentId == other.SegmentId && Type == other.Type && Start == other.Start && End == other.End && Score.Equals(other.Score)
            && Also.SequenceEqual(other.Also);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(SegmentId, Type, Start, End);
}
