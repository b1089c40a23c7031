using System.Text.Json.Serialization;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Standings.Administration;

/// <summary>A measure that is asked for.</summary>
internal sealed record StandingRequest
{
    public string? Effect { get; init; }

    public StandingSubjectDocument? Subject { get; init; }

    public string? Reason { get; init; }

    /// <summary>RFC 3339. This or <see cref="Minutes"/>.</summary>
    public string? Until { get; init; }

    public int? Minutes { get; init; }
}

/// <summary>What a measure is on, over HTTP.</summary>
internal sealed record StandingSubjectDocument
{
    public string? Tenant { get; init; }

    /// <summary>URL of a configured issuer; in a request its name will do.</summary>
    public string? Issuer { get; init; }

    public string? PersonId { get; init; }

    public string? User { get; init; }

    public string? ClientId { get; init; }

    public string? SessionId { get; init; }

    /// <summary>RFC 3339.</summary>
    public string? SignedInUntil { get; init; }

    public string? Tool { get; init; }

    public string? Model { get; init; }

    public string? Provider { get; init; }

    public static StandingSubjectDocument Of(StandingSubject subject) => new()
    {
        Tenant = subject.Tenant,
        Issuer = subject.Issuer,
        PersonId = subject.PersonId,
        User = subject.UserId,
        ClientId = subject.ClientId,
        SessionId = subject.SessionId,
        SignedInUntil = subject.SignedInUntil is { } at ? StandingDocument.Text(at) : null,
        Tool = subject.Tool,
        Model = subject.Model,
        Provider = subject.Provider,
    };
}

/// <summary>A measure, over HTTP.</summary>
internal sealed record StandingDocument
{
    public required string Id { get; init; }

    public required string Effect { get; init; }

    public required StandingSubjectDocument Subject { get; init; }

    public required string Reason { get; init; }

    public required string Author { get; init; }

    /// <summary><c>administrator</c>, <c>person</c> or <c>issuer</c>.</summary>
    public required string Origin { get; init; }

    public required string CreatedAt { get; init; }

    public required string Until { get; init; }

    public string? EndedAt { get; init; }

    /// <summary>Null where its time was up.</summary>
    public string? EndedBy { get; init; }

    public string? EndReason { get; init; }

    public static StandingDocument Of(StoredMeasure stored) => new()
    {
        Id = stored.Measure.Id,
        Effect = stored.Measure.Effect == StandingEffect.Elevation ? "elevation" : "block",
        Subject = StandingSubjectDocument.Of(stored.Measure.Subject),
        Reason = stored.Measure.Reason,
        Author = stored.Measure.Author,
        Origin = IdentityMetrics.Name(stored.Origin),
        CreatedAt = Text(stored.Measure.CreatedAt),
        Until = Text(stored.Measure.Until),
        EndedAt = stored.Ended is { } ended ? Text(ended.At) : null,
        EndedBy = stored.Ended?.By,
        EndReason = stored.Ended?.Reason,
    };

    /// <summary>RFC 3339 in UTC, to the millisecond.</summary>
    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Measures, over HTTP.</summary>
internal sealed record StandingList
{
    public required long Revision { get; init; }

    public required string AsOf { get; init; }

    public required IReadOnlyList<StandingDocument> Measures { get; init; }

    /// <summary>True where there are more than were asked for.</summary>
    public required bool More { get; init; }
}

/// <summary>How an app stands with the caller.</summary>
internal sealed record ClientStanding
{
    public required string ClientId { get; init; }

    public required bool CutOff { get; init; }

    public string? Until { get; init; }

    public string? Reason { get; init; }

    /// <summary>Who did it: <c>you</c> or <c>administrator</c>.</summary>
    public string? By { get; init; }
}

/// <summary>Why, where somebody says so.</summary>
internal sealed record ReasonRequest
{
    public string? Reason { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowDuplicateProperties = false,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(StandingRequest))]
[JsonSerializable(typeof(StandingDocument))]
[JsonSerializable(typeof(StandingList))]
[JsonSerializable(typeof(ClientStanding))]
[JsonSerializable(typeof(ReasonRequest))]
internal sealed partial class StandingDocumentJson : JsonSerializerContext;
