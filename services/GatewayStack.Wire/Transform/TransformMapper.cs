using GatewayStack.Contracts.Transform;
using GatewayStack.Wire.Common;
using Google.Protobuf;

namespace GatewayStack.Wire.Transform;

/// <summary>Texts, findings and edits, to and from their messages. A status that is not known here refuses.</summary>
internal static class TransformMapper
{
    public static V1.InspectionRequest ToMessage(InspectionRequest record)
    {
        var message = new V1.InspectionRequest
        {
            RequestId = record.RequestId,
            Tenant = record.Tenant,
            Segments = { record.Segments.Select(ToMessage) },
            Unscanned = { record.Unscanned.Select(CommonMapper.ToMessage) },
            KnownChars = record.KnownChars,
            Attachments = { record.Attachments.Select(ToMessage) },
        };
        CommonMapper.Set(record.PersonId, v => message.PersonId = v);
        return message;
    }

    /// <summary>The request; null when it names no tenant, or counts below 0.</summary>
    public static InspectionRequest? ToRecord(V1.InspectionRequest message) => message.Tenant.Length == 0 || message.KnownChars < 0
        ? null
        : new()
        {
            RequestId = message.RequestId,
            Tenant = message.Tenant,
            Segments = [.. message.Segments.Select(ToRecord)],
            Unscanned = [.. message.Unscanned.Select(CommonMapper.ToRecord)],
            KnownChars = message.KnownChars,
            Attachments = [.. message.Attachments.Select(ToRecord)],
            PersonId = message.HasPersonId ? message.PersonId : null,
        };

    public static V1.InspectionResult ToMessage(InspectionResult record)
    {
        var message = new V1.InspectionResult
        {
            Status = (V1.InspectionStatus)record.Status,
            Metadata = CommonMapper.ToMessage(record.Metadata),
            Findings = { record.Findings.Select(ToMessage) },
            RuleSet = record.RuleSet,
            Segments = { record.Segments.Select(ToMessage) },
        };
        CommonMapper.Set(record.Reason, v => message.Reason = v);
        return message;
    }

    public static InspectionResult ToRecord(V1.InspectionResult message) => new()
    {
        // Without facts nothing was inspected.
        Status = (int)message.Status is 1 or 2 && message.Metadata is not null ? (InspectionStatus)message.Status : InspectionStatus.Unspecified,
        Metadata = message.Metadata is { } metadata ? CommonMapper.ToRecord(metadata) : new ContentMetadata { Status = ContentStatus.Unspecified },
        Findings = [.. message.Findings.Select(ToRecord)],
        RuleSet = message.RuleSet,
        Segments = [.. message.Segments.Select(ToRecord)],
        Reason = message.HasReason ? message.Reason : null,
    };

    public static V1.EditRequest ToMessage(EditRequest record)
    {
        var message = new V1.EditRequest
        {
            RequestId = record.RequestId,
            Tenant = record.Tenant,
            Segments = { record.Segments.Select(ToMessage) },
            Findings = { record.Findings.Select(ToMessage) },
            Types_ = { record.Types },
            Actions = { record.Actions.Select(ToMessage) },
        };
        CommonMapper.Set(record.PersonId, v => message.PersonId = v);
        return message;
    }

    /// <summary>The request; null when it names no tenant, or the same text twice.</summary>
    public static EditRequest? ToRecord(V1.EditRequest message) => message.Tenant.Length == 0 || message.Segments.DistinctBy(s => s.Id).Count() != message.Segments.Count
        ? null
        : new()
        {
            RequestId = message.RequestId,
            Tenant = message.Tenant,
            Segments = [.. message.Segments.Select(ToRecord)],
            Findings = [.. message.Findings.Select(ToRecord)],
            Types = [.. message.Types_],
            Actions = [.. message.Actions.Select(ToRecord)],
            PersonId = message.HasPersonId ? message.PersonId : null,
        };

    public static V1.EditResult ToMessage(EditResult record)
    {
        var message = new V1.EditResult
        {
            Status = (V1.EditStatus)record.Status,
            Edits = { record.Edits.Select(e => new V1.TextEdit { SegmentId = e.SegmentId, Start = e.Start, End = e.End, Replacement = e.Replacement }) },
            Pseudonyms = { record.Pseudonyms.Select(ToMessage) },
            BlockedTypes = { record.BlockedTypes },
        };
        CommonMapper.Set(record.Reason, v => message.Reason = v);
        return message;
    }

    public static EditResult ToRecord(V1.EditResult message) => new()
    {
        Status = (int)message.Status is >= 1 and <= 3 ? (EditStatus)message.Status : EditStatus.Unspecified,
        Edits = [.. message.Edits.Select(e => new TextEdit { SegmentId = e.SegmentId, Start = e.Start, End = e.End, Replacement = e.Replacement })],
        Pseudonyms = [.. message.Pseudonyms.Select(ToRecord)],
        BlockedTypes = [.. message.BlockedTypes],
        Reason = message.HasReason ? message.Reason : null,
    };

    public static V1.ResponseSession ToMessage(ResponseSession record) => new()
    {
        RequestId = record.RequestId,
        Tenant = record.Tenant,
        Types_ = { record.Types },
        Actions = { record.Actions.Select(ToMessage) },
        Pseudonyms = { record.Pseudonyms.Select(ToMessage) },
    };

    /// <summary>The session; null when it names no tenant.</summary>
    public static ResponseSession? ToRecord(V1.ResponseSession message) => message.Tenant.Length == 0
        ? null
        : new()
        {
            RequestId = message.RequestId,
            Tenant = message.Tenant,
            Types = [.. message.Types_],
            Actions = [.. message.Actions.Select(ToRecord)],
            Pseudonyms = [.. message.Pseudonyms.Select(ToRecord)],
        };

    public static V1.ResponseDelta ToMessage(ResponseDelta record) => new()
    {
        Channel = record.Channel,
        Text = record.Text,
        End = record.End,
        Masked = record.Masked,
        Restored = record.Restored,
        Blocked = record.Blocked,
    };

    public static ResponseDelta ToRecord(V1.ResponseDelta message) => new()
    {
        Channel = message.Channel,
        Text = message.Text,
        End = message.End,
        Masked = Math.Max(0, message.Masked),
        Restored = Math.Max(0, message.Restored),
        Blocked = message.Blocked,
    };

    private static V1.TypeAction ToMessage(TypeAction record) => new() { Type = record.Type, Action = (V1.ContentAction)record.Action };

    private static TypeAction ToRecord(V1.TypeAction message) => new()
    {
        Type = message.Type,
        Action = (int)message.Action is >= 1 and <= 8 ? (ContentAction)message.Action : ContentAction.Unspecified,
    };

    private static V1.Pseudonym ToMessage(Pseudonym record) => new() { Token = record.Token, Value = record.Value };

    private static Pseudonym ToRecord(V1.Pseudonym message) => new() { Token = message.Token, Value = message.Value };

    private static V1.ContentSegment ToMessage(ContentSegment record)
    {
        var message = new V1.ContentSegment
        {
            Id = record.Id,
            Pointer = record.Pointer,
            Part = record.Part,
            MediaType = record.MediaType,
            Origin = (V1.SegmentOrigin)record.Origin,
            Editable = record.Editable,
            Text = record.Text,
            Earlier = record.Earlier,
        };
        CommonMapper.Set(record.Before, v => message.Before = v);
        CommonMapper.Set(record.After, v => message.After = v);
        return message;
    }

    private static ContentSegment ToRecord(V1.ContentSegment message) => new()
    {
        Id = message.Id,
        Pointer = message.Pointer,
        Part = message.Part,
        MediaType = message.MediaType,
        Origin = ToOrigin(message.Origin),
        Editable = message.Editable,
        Text = message.Text,
        Earlier = message.Earlier,
        Before = message.HasBefore ? message.Before : null,
        After = message.HasAfter ? message.After : null,
    };

    private static V1.ContentAttachment ToMessage(ContentAttachment record) => new()
    {
        Id = record.Id,
        Pointer = record.Pointer,
        MediaType = record.MediaType,
        Origin = (V1.SegmentOrigin)record.Origin,
        Content = UnsafeByteOperations.UnsafeWrap(record.Content.AsMemory()),
    };

    private static ContentAttachment ToRecord(V1.ContentAttachment message) => new()
    {
        Id = message.Id,
        Pointer = message.Pointer,
        MediaType = message.MediaType,
        Origin = ToOrigin(message.Origin),
        Content = [.. message.Content.Span],
    };

    private static SegmentOrigin ToOrigin(V1.SegmentOrigin origin) => (int)origin is >= 1 and <= 7 ? (SegmentOrigin)origin : SegmentOrigin.Unspecified;

    private static V1.Finding ToMessage(Finding record) => new()
    {
        SegmentId = record.SegmentId,
        Type = record.Type,
        Start = record.Start,
        End = record.End,
        Score = record.Score,
        Also = { record.Also.Select(o => new V1.OverlappedType { Type = o.Type, Score = o.Score }) },
    };

    private static Finding ToRecord(V1.Finding message) => new()
    {
        SegmentId = message.SegmentId,
        Type = message.Type,
        Start = message.Start,
        End = message.End,
        Score = CommonMapper.Score(message.Score),
        Also = [.. message.Also.Select(o => new OverlappedType { Type = o.Type, Score = CommonMapper.Score(o.Score) })],
    };

    private static V1.SegmentInspection ToMessage(SegmentInspection record) => new()
    {
        SegmentId = record.SegmentId,
        Types_ = { record.Types.Select(ToMessage) },
        Labels = { record.Labels.Select(CommonMapper.ToMessage) },
        Topics = { record.Topics },
        MustEdit = record.MustEdit,
    };

    private static SegmentInspection ToRecord(V1.SegmentInspection message) => new()
    {
        SegmentId = message.SegmentId,
        Types = [.. message.Types_.Select(ToRecord)],
        Labels = [.. message.Labels.Select(CommonMapper.ToRecord)],
        Topics = [.. message.Topics],
        MustEdit = message.MustEdit,
    };

    private static V1.FoundType ToMessage(FoundType record)
    {
        var message = new V1.FoundType { Type = record.Type, Count = record.Count, Score = record.Score, RiskScore = record.RiskScore, Regulations = { record.Regulations } };
        CommonMapper.Set(record.Label, v => message.Label = v);
        return message;
    }

    private static FoundType ToRecord(V1.FoundType message) => new()
    {
        Type = message.Type,
        Count = Math.Max(1, message.Count),
        Score = CommonMapper.Score(message.Score),
        RiskScore = CommonMapper.Score(message.RiskScore),
        Label = message.HasLabel ? message.Label : null,
        Regulations = [.. message.Regulations],
    };
}
