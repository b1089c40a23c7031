using GatewayStack.Contracts.Identity;
using GatewayStack.Contracts.Transform;
using Google.Protobuf.WellKnownTypes;

namespace GatewayStack.Wire.Common;

/// <summary>Records that several modules are told, to and from their messages. An enum value that is not known here becomes "unspecified", which refuses.</summary>
internal static class CommonMapper
{
    public static V1.CallerIdentity ToMessage(CallerIdentity record)
    {
        var message = new V1.CallerIdentity
        {
            PersonId = record.PersonId,
            UserId = record.UserId,
            Subject = record.Subject,
            Issuer = record.Issuer,
            IssuerName = record.IssuerName,
            Tenant = record.Tenant,
            Kind = (V1.IdentityKind)record.Kind,
            Roles = { record.Roles },
            Scopes = { record.Scopes },
            Attributes = { record.Attributes.Select(ToMessage) },
            AuthTime = ToTimestamp(record.AuthTime),
            IssuedAt = ToTimestamp(record.IssuedAt),
        };
        Set(record.OrgId, v => message.OrgId = v);
        Set(record.Team, v => message.Team = v);
        Set(record.Plan, v => message.Plan = v);
        Set(record.ClientId, v => message.ClientId = v);
        Set(record.ClientName, v => message.ClientName = v);
        Set(record.DisplayName, v => message.DisplayName = v);
        Set(record.Actor, v => message.Actor = v);
        Set(record.Agent, v => message.Agent = v);
        Set(record.SessionId, v => message.SessionId = v);
        Set(record.Acr, v => message.Acr = v);
        return message;
    }

    public static CallerIdentity ToRecord(V1.CallerIdentity message) => new()
    {
        PersonId = message.PersonId,
        UserId = message.UserId,
        Subject = message.Subject,
        Issuer = message.Issuer,
        IssuerName = message.IssuerName,
        Tenant = message.Tenant,
        Kind = (int)message.Kind is 1 or 2 ? (IdentityKind)message.Kind : IdentityKind.Unspecified,
        OrgId = message.HasOrgId ? message.OrgId : null,
        Team = message.HasTeam ? message.Team : null,
        Plan = message.HasPlan ? message.Plan : null,
        Roles = [.. message.Roles],
        Scopes = [.. message.Scopes],
        Attributes = [.. message.Attributes.Select(ToRecord)],
        ClientId = message.HasClientId ? message.ClientId : null,
        ClientName = message.HasClientName ? message.ClientName : null,
        DisplayName = message.HasDisplayName ? message.DisplayName : null,
        Actor = message.HasActor ? message.Actor : null,
        Agent = message.HasAgent ? message.Agent : null,
        SessionId = message.HasSessionId ? message.SessionId : null,
        AuthTime = ToTime(message.AuthTime),
        IssuedAt = ToTime(message.IssuedAt),
        Acr = message.HasAcr ? message.Acr : null,
    };

    public static V1.ContentMetadata ToMessage(ContentMetadata record) => new()
    {
        Status = (V1.ContentStatus)record.Status,
        ContainsPii = record.ContainsPii,
        Types_ = { record.Types },
        Labels = { record.Labels.Select(ToMessage) },
        Topics = { record.Topics },
        RiskScore = record.RiskScore,
        Unscanned = { record.Unscanned.Select(ToMessage) },
    };

    public static ContentMetadata ToRecord(V1.ContentMetadata message) => new()
    {
        Status = (int)message.Status is >= 1 and <= 3 ? (ContentStatus)message.Status : ContentStatus.Unspecified,
        ContainsPii = message.ContainsPii,
        Types = [.. message.Types_],
        Labels = [.. message.Labels.Select(ToRecord)],
        Topics = [.. message.Topics],
        RiskScore = Score(message.RiskScore),
        Unscanned = [.. message.Unscanned.Select(ToRecord)],
    };

    public static V1.UnscannedPart ToMessage(UnscannedPart record) => new() { Pointer = record.Pointer, Type = record.Type, Reason = record.Reason };

    public static UnscannedPart ToRecord(V1.UnscannedPart message) => new() { Pointer = message.Pointer, Type = message.Type, Reason = message.Reason };

    public static V1.ContentLabel ToMessage(ContentLabel record) => new() { Name = record.Name, Confidence = record.Confidence };

    public static ContentLabel ToRecord(V1.ContentLabel message) => new() { Name = message.Name, Confidence = Score(message.Confidence) };

    /// <summary>The score; what is none counts as the highest.</summary>
    public static double Score(double score) => score is >= 0 and <= 1 ? score : 1;

    /// <summary>True where a message names somebody: without a person and a tenant nobody is meant.</summary>
    public static bool Names(V1.CallerIdentity? message) => message is { PersonId.Length: > 0, Tenant.Length: > 0 };

    public static Timestamp? ToTimestamp(DateTimeOffset? time) => time is { } at ? Timestamp.FromDateTimeOffset(at) : null;

    /// <summary>The time; null when there is none or it is none that exists.</summary>
    public static DateTimeOffset? ToTime(Timestamp? timestamp)
    {
        if (timestamp is null)
        {
            return null;
        }

        var time = timestamp.Nanos is >= 0 and < 1_000_000_000
            && timestamp.Seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds()
            && timestamp.Seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()
                ? DateTimeOffset.UnixEpoch.AddSeconds(timestamp.Seconds).AddTicks(timestamp.Nanos / 100)
                : (DateTimeOffset?)null;
        return time;
    }

    public static Duration? ToDuration(TimeSpan? span) => span is { } length ? Duration.FromTimeSpan(length) : null;

    /// <summary>The length of time; null when there is none or it is none that exists.</summary>
    public static TimeSpan? ToSpan(Duration? duration)
    {
        if (duration is null)
        {
            return null;
        }

        // Both parts have the same sign.
        var exists = duration.Nanos is > -1_000_000_000 and < 1_000_000_000
            && duration.Seconds is >= Duration.MinSeconds and <= Duration.MaxSeconds
            && (long)Math.Sign(duration.Seconds) * Math.Sign(duration.Nanos) >= 0;
        return exists ? TimeSpan.FromTicks((duration.Seconds * TimeSpan.TicksPerSecond) + (duration.Nanos / 100)) : null;
    }

    // Generated setters refuse null: absence is left alone instead.
    public static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }

    private static V1.IdentityAttribute ToMessage(IdentityAttribute record)
    {
        var message = new V1.IdentityAttribute
        {
            Name = record.Name,
            Type = (V1.IdentityAttributeType)record.Type,
            Boolean = record.Boolean,
            Integer = record.Integer,
            List = { record.List },
        };
        Set(record.Text, v => message.Text = v);
        return message;
    }

    private static IdentityAttribute ToRecord(V1.IdentityAttribute message) => new()
    {
        Name = message.Name,
        Type = (int)message.Type is >= 1 and <= 4 ? (IdentityAttributeType)message.Type : IdentityAttributeType.Unspecified,
        Text = message.HasText ? message.Text : null,
        Boolean = message.Boolean,
        Integer = message.Integer,
        List = [.. message.List],
    };
}
