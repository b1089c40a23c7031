using System.Collections.Immutable;

namespace GatewayStack.Contracts.Transform;

/// <summary>Finds and labels what is in a request, and computes the edits that obligations ask for. Never sees a wire format.</summary>
/// <remarks>Safe for concurrent use. What the request's own text causes is a result (<see cref="InspectionStatus.Refused"/>), never an exception.</remarks>
public interface ITransformModule
{
    /// <summary>Finds and labels; changes nothing.</summary>
    Task<InspectionResult> InspectAsync(InspectionRequest request, CancellationToken cancellationToken);

    /// <summary>Computes the edits of one set of redactions.</summary>
    Task<EditResult> ApplyAsync(EditRequest request, CancellationToken cancellationToken);

    /// <summary>Masks an answer as it arrives, and puts back what pseudonyms stand for. Channels (choices, tool calls) are independent of each other.</summary>
    /// <remarks>One delta comes out for each that goes in, in the same order and of the same channel. Its text may be empty and may lag behind what went in by
    /// the longest finding; the end of a channel flushes it. Where the deltas end without that, one more comes for each channel that has something left.</remarks>
    IAsyncEnumerable<ResponseDelta> TransformResponseAsync(
        ResponseSession session, IAsyncEnumerable<ResponseDelta> deltas, CancellationToken cancellationToken);
}

/// <summary>What a model or route asks Transform to do.</summary>
public enum ContentTreatment
{
    /// <summary>Not said; read as <see cref="Detect"/>.</summary>
    Unspecified = 0,

    /// <summary>The content is not looked at.</summary>
    Off = 1,

    /// <summary>Find and label.</summary>
    Detect = 2,

    /// <summary>Find, label and redact; goes on with a warning when Transform is down.</summary>
    Redact = 3,

    /// <summary>As <see cref="Redact"/>, but refuses when it cannot be done.</summary>
    RedactRequired = 4,
}

/// <summary>A request to inspect content.</summary>
public sealed record InspectionRequest
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The caller's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>The person: nobody's documents keep those of others waiting; null where that is not known.</summary>
    public string? PersonId { get; init; }

    /// <summary>The texts.</summary>
    public ImmutableArray<ContentSegment> Segments { get; init; } = [];

    /// <summary>Parts the front door knows not to be text; they come back in the metadata.</summary>
    public ImmutableArray<UnscannedPart> Unscanned { get; init; } = [];

    /// <summary>Documents whose text is read for facts. Each stands among <see cref="Unscanned"/> too, from where it is taken when all of it was read.</summary>
    public ImmutableArray<ContentAttachment> Attachments { get; init; } = [];

    /// <summary>UTF-16 units of the request's further texts, whose inspection the caller still has: they count towards what may be inspected at most, and are in no
    /// other way a part of this request. 0 where all texts are given.</summary>
    public long KnownChars { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(InspectionRequest)} {RequestId}";
}

/// <summary>Outcome of an inspection.</summary>
public enum InspectionStatus
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary>Done.</summary>
    Inspected = 1,

    /// <summary>The content itself kept it from being inspected in its bounds: a 4xx, never an open door.</summary>
    Refused = 2,
}

/// <summary>Result of <see cref="ITransformModule.InspectAsync"/>.</summary>
public sealed record InspectionResult
{
    /// <summary>The outcome.</summary>
    public required InspectionStatus Status { get; init; }

    /// <summary>The facts.</summary>
    public required ContentMetadata Metadata { get; init; }

    /// <summary>Where things stand, ordered by segment and start; spans of one segment do not overlap. Those in an attachment's text stand in a text that is not
    /// the caller's: they cannot be edited.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>Revision of the rules it was inspected by; results of one revision add up. Empty where that is not said: nothing may be kept of it then.</summary>
    public string RuleSet { get; init; } = string.Empty;

    /// <summary>The facts of each text in which there is anything, in the order of the texts; <see cref="Metadata"/> is their <see cref="ContentSummary"/>.</summary>
    public ImmutableArray<SegmentInspection> Segments { get; init; } = [];

    /// <summary>Why it was refused, for the log.</summary>
    public string? Reason { get; init; }
}

/// <summary>A request to compute edits.</summary>
public sealed record EditRequest
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The caller's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>The texts that have findings; others change nothing.</summary>
    public required ImmutableArray<ContentSegment> Segments { get; init; }

    /// <summary>What the inspection of this request found.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>The types to redact where <see cref="Actions"/> is empty; empty means every type found.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>What is done with each type (<see cref="ContentActions"/>); empty means that <see cref="Types"/> are redacted.</summary>
    public ImmutableArray<TypeAction> Actions { get; init; } = [];

    /// <summary>The person whose pseudonyms are used; required where an action makes one.</summary>
    public string? PersonId { get; init; }

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(EditRequest)} {RequestId}";
}

/// <summary>A pseudonym and what it stands for. Content: never logged.</summary>
public sealed record Pseudonym
{
    /// <summary>What the provider sees.</summary>
    public required string Token { get; init; }

    /// <summary>What the person wrote.</summary>
    public required string Value { get; init; }

    /// <summary>Leaves the content out.</summary>
    public override string ToString() => nameof(Pseudonym);
}

/// <summary>Outcome of an apply.</summary>
public enum EditStatus
{
    /// <summary>Not said; refused.</summary>
    Unspecified = 0,

    /// <summary><see cref="EditResult.Edits"/> is complete.</summary>
    Applied = 1,

    /// <summary>Something that must be redacted stands where it cannot be edited: refused.</summary>
    NotEditable = 2,

    /// <summary>Something was found that may not go out at all; <see cref="EditResult.BlockedTypes"/> says of which types.</summary>
    Blocked = 3,
}

/// <summary>Result of <see cref="ITransformModule.ApplyAsync"/>.</summary>
public sealed record EditResult
{
    /// <summary>The outcome.</summary>
    public required EditStatus Status { get; init; }

    /// <summary>Replacements, ordered by segment and start, without overlaps.</summary>
    public ImmutableArray<TextEdit> Edits { get; init; } = [];

    /// <summary>The pseudonyms among the replacements, each once; the answer's session needs them.</summary>
    public ImmutableArray<Pseudonym> Pseudonyms { get; init; } = [];

    /// <summary>The types that blocked, sorted ordinally.</summary>
    public ImmutableArray<string> BlockedTypes { get; init; } = [];

    /// <summary>Why it was refused, for the log.</summary>
    public string? Reason { get; init; }
}

/// <summary>Replaces [Start, End) of a segment's original text.</summary>
public sealed record TextEdit
{
    /// <summary>The segment.</summary>
    public required int SegmentId { get; init; }

    /// <summary>First UTF-16 unit replaced.</summary>
    public required int Start { get; init; }

    /// <summary>First UTF-16 unit kept again.</summary>
    public required int End { get; init; }

    /// <summary>What stands there instead.</summary>
    public required string Replacement { get; init; }
}

/// <summary>Opens a response session.</summary>
public sealed record ResponseSession
{
    /// <summary>The gateway's id of the request.</summary>
    public required string RequestId { get; init; }

    /// <summary>The caller's tenant.</summary>
    public required string Tenant { get; init; }

    /// <summary>The person's internal assertion, which a client over a wire sends with the call; null where the module runs in the same process.</summary>
    public string? Assertion { get; init; }

    /// <summary>The types to redact in the answer where <see cref="Actions"/> is empty; empty means every type.</summary>
    public ImmutableArray<string> Types { get; init; } = [];

    /// <summary>What is done with each type that is found in the answer; empty means that <see cref="Types"/> are redacted. Of the reversible actions only what
    /// does not need the request is possible: they redact. A label that blocks (<see cref="TypeAction.LabelPrefix"/>) ends the channel before the stretch that has it.</summary>
    public ImmutableArray<TypeAction> Actions { get; init; } = [];

    /// <summary>What to put back, as the request's edits gave it.</summary>
    public ImmutableArray<Pseudonym> Pseudonyms { get; init; } = [];

    /// <summary>Leaves the assertion out.</summary>
    public override string ToString() => $"{nameof(ResponseSession)} {RequestId}";
}

/// <summary>A piece of an answer's text.</summary>
public sealed record ResponseDelta
{
    /// <summary>Which choice or tool call it belongs to, such as <c>0</c> or <c>0/tool/1</c>.</summary>
    public required string Channel { get; init; }

    /// <summary>The text. Content: never logged.</summary>
    public required string Text { get; init; }

    /// <summary>True on the last piece of its channel.</summary>
    public bool End { get; init; }

    /// <summary>How many findings were changed in this piece; only in what comes out.</summary>
    public int Masked { get; init; }

    /// <summary>How many pseudonyms were put back in this piece; only in what comes out.</summary>
    public int Restored { get; init; }

    /// <summary>True where the answer has something that blocks it: nothing more comes on this channel; only in what comes out.</summary>
    public bool Blocked { get; init; }
}
