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
        Acr = message.HasAcr ? message.Acr : null,
    };

    public static V1.ContentMetadata ToMessage(ContentMetadata record) => new()
    {
        Status = (V1.ContentStatus)record.Status,
        ContainsPii = record.ContainsPii,
        Types_ = { record.Types },
        Labels = { record.Labels.Select(l => new V1.ContentLabel { Name = l.Name, Confidence = l.Confidence }) },
        Topics = { record.Topics },
        RiskScore = record.RiskScore,
        Unscanned = { record.Unscanned.Select(u => new V1.UnscannedPart { Pointer = u.Pointer, Type = u.Type, Reason = u.Reason }) },
    };

    public static ContentMetadata ToRecord(V1.ContentMetadata message) => new()
    {
        Status = (int)message.Status is >= 1 and <= 3 ? (ContentStatus)message.Status : ContentStatus.Unspecified,
        ContainsPii = message.ContainsPii,
        Types = [.. message.Types_],
        Labels = [.. message.Labels.Select(l => new ContentLabel { Name = l.Name, Confidence = l.Confidence })],
        Topics = [.. message.Topics],
        RiskScore = message.RiskScore,
        Unscanned = [.. message.Unscanned.Select(u => new UnscannedPart { Pointer = u.Pointer, Type = u.Type, Reason = u.Reason })],
    };

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

    // Generated setters refuse null: absence is left alone instead.
    private static void Set(string? value, Action<string> set)
    {
        if (value is not null)
        {
            set(value);
        }
    }
}
