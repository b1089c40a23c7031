using GatewayStack.Contracts.Identity;
using GatewayStack.Wire.Common;
using Google.Protobuf.WellKnownTypes;

namespace GatewayStack.Wire.Standings;

/// <summary>Measures, to and from their messages.</summary>
internal static class StandingsMapper
{
    public static V1.StandingMeasure ToMessage(StandingMeasure record) => new()
    {
        Id = record.Id,
        Effect = (V1.StandingEffect)record.Effect,
        Subject = ToMessage(record.Subject),
        Reason = record.Reason,
        Author = record.Author,
        CreatedAt = Timestamp.FromDateTimeOffset(record.CreatedAt),
        Until = Timestamp.FromDateTimeOffset(record.Until),
    };

    /// <summary>The measure; null where it lacks what makes it one.</summary>
    public static StandingMeasure? ToRecord(V1.StandingMeasure message)
    {
        if (message.Id.Length == 0 || message.Subject is not { } said || CommonMapper.ToTime(message.Until) is not { } until
            || CommonMapper.ToTime(message.CreatedAt) is not { } created
            || (said.SignedInUntil is not null && CommonMapper.ToTime(said.SignedInUntil) is null))
        {
            return null;
        }

        return new StandingMeasure
        {
            Id = message.Id,
            Effect = (int)message.Effect is 1 or 2 ? (StandingEffect)message.Effect : StandingEffect.Unspecified,
            Subject = ToRecord(said),
            Reason = message.Reason,
            Author = message.Author,
            CreatedAt = created,
            Until = until,
        };
    }

    private static V1.StandingSubject ToMessage(StandingSubject record)
    {
        var message = new V1.StandingSubject { SignedInUntil = CommonMapper.ToTimestamp(record.SignedInUntil) };
        CommonMapper.Set(record.Tenant, v => message.Tenant = v);
        CommonMapper.Set(record.Issuer, v => message.Issuer = v);
        CommonMapper.Set(record.PersonId, v => message.PersonId = v);
        CommonMapper.Set(record.UserId, v => message.UserId = v);
        CommonMapper.Set(record.ClientId, v => message.ClientId = v);
        CommonMapper.Set(record.SessionId, v => message.SessionId = v);
        CommonMapper.Set(record.Tool, v => message.Tool = v);
        CommonMapper.Set(record.Model, v => message.Model = v);
        CommonMapper.Set(record.Provider, v => message.Provider = v);
        return message;
    }

    private static StandingSubject ToRecord(V1.StandingSubject message) => new()
    {
        Tenant = message.HasTenant ? message.Tenant : null,
        Issuer = message.HasIssuer ? message.Issuer : null,
        PersonId = message.HasPersonId ? message.PersonId : null,
        UserId = message.HasUserId ? message.UserId : null,
        ClientId = message.HasClientId ? message.ClientId : null,
        SessionId = message.HasSessionId ? message.SessionId : null,
        SignedInUntil = CommonMapper.ToTime(message.SignedInUntil),
        Tool = message.HasTool ? message.Tool : null,
        Model = message.HasModel ? message.Model : null,
        Provider = message.HasProvider ? message.Provider : null,
    };
}
