using GatewayStack.Contracts.Identity;

namespace GatewayStack.Identity.Standings;

/// <summary>Whose word a measure is.</summary>
internal enum StandingOrigin
{
    Administrator = 1,

    /// <summary>A person, about an app that acts for them.</summary>
    Person = 2,

    /// <summary>An issuer: a session ended there.</summary>
    Issuer = 3,
}

/// <summary>A measure as it is kept, with what became of it.</summary>
internal sealed record StoredMeasure
{
    public required StandingMeasure Measure { get; init; }

    public required StandingOrigin Origin { get; init; }

    /// <summary>Person id of who took it; null where that is an issuer.</summary>
    public string? AuthorPersonId { get; init; }

    /// <summary>The tenant whose administrator or person took it; null where that was an administrator of all tenants, or nobody knows, or it is an issuer's.</summary>
    public string? AuthorTenant { get; init; }

    /// <summary>Names the request that made it: the same again makes nothing new.</summary>
    public string? RequestKey { get; init; }

    /// <summary>Digest of that request: another one under the same name is a mistake.</summary>
    public string? RequestDigest { get; init; }

    /// <summary>Null while it is in force.</summary>
    public StandingEnding? Ended { get; init; }
}

/// <summary>How a measure ended.</summary>
internal sealed record StandingEnding
{
    public required DateTimeOffset At { get; init; }

    /// <summary>User id of who ended it; null where its time was up.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }
}
