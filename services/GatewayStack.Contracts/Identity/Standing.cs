using System.Collections.Immutable;

namespace GatewayStack.Contracts.Identity;

/// <summary>What a measure does.</summary>
public enum StandingEffect
{
    /// <summary>Not said, or by a newer version: taken for a block.</summary>
    Unspecified = 0,

    /// <summary>What it is on is refused until it ends.</summary>
    Block = 1,

    /// <summary>Gives something for a time. Kept and shown; nothing asks for it yet.</summary>
    Elevation = 2,
}

/// <summary>What a measure is on: everything that is set must be so, and at least one member is set.</summary>
/// <remarks>A person and a client together are that person through that client, and nobody else. Compared byte by byte.</remarks>
public sealed record StandingSubject
{
    private static readonly StandingSubject Nothing = new();

    /// <summary>The tenant it holds in; null: in all of them.</summary>
    public string? Tenant { get; init; }

    /// <summary>URL of an issuer, exactly as configured.</summary>
    public string? Issuer { get; init; }

    /// <summary><see cref="CallerIdentity.PersonId"/> of a person or service.</summary>
    public string? PersonId { get; init; }

    /// <summary><see cref="CallerIdentity.UserId"/> of a person or service; unique only inside a tenant, so a tenant is set beside it.</summary>
    public string? UserId { get; init; }

    /// <summary>OAuth client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>The issuer's session id (<c>sid</c>).</summary>
    public string? SessionId { get; init; }

    /// <summary>
    /// Only who signed in by then (<see cref="CallerIdentity.AuthTime"/>, else <see cref="CallerIdentity.IssuedAt"/>; who says neither is meant too): a new sign-in is
    /// let in.
    /// </summary>
    /// <remarks>Beside a <see cref="SessionId"/> it is for callers whose token names no session, which could be that one; of the others the session decides alone.</remarks>
    public DateTimeOffset? SignedInUntil { get; init; }

    /// <summary>An MCP server's tool as <c>server/tool</c>, or all of a server as <c>server</c>.</summary>
    public string? Tool { get; init; }

    /// <summary>Name of a model, as callers or as providers know it.</summary>
    public string? Model { get; init; }

    /// <summary>Configured name of a provider.</summary>
    public string? Provider { get; init; }

    /// <summary>True where it is on nothing: no measure is.</summary>
    public bool IsEmpty => this == Nothing || this == Nothing with { SignedInUntil = SignedInUntil };

    /// <summary>True where it is on somebody or on a way of signing in, whatever is asked for.</summary>
    public bool IsOnCaller => Tool is null && Model is null && Provider is null;

    /// <summary>Whether it is on a call.</summary>
    public bool Matches(CallerIdentity caller, StandingTarget target)
    {
        ArgumentNullException.ThrowIfNull(caller);
        return Is(Tenant, caller.Tenant) && Is(Issuer, caller.Issuer) && Is(PersonId, caller.PersonId) && Is(UserId, caller.UserId) && Is(ClientId, caller.ClientId)
            && IsOfSession(caller)
            && (Tool is null || Tool == target.Server || (target.Tool is not null && Tool == target.Server + "/" + target.Tool))
            && (Model is null || Model == target.Model || Model == target.ProviderModel)
            && Is(Provider, target.Provider);
    }

    private bool IsOfSession(CallerIdentity caller)
    {
        if (SessionId is not null && (caller.SessionId is not null || SignedInUntil is null))
        {
            return SessionId == caller.SessionId;
        }

        return SignedInUntil is not { } until || (caller.AuthTime ?? caller.IssuedAt) is not { } signedIn || signedIn <= until;
    }

    private static bool Is(string? asked, string? actual) => asked is null || asked == actual;
}

/// <summary>What a call is for, as far as it is known where it is asked.</summary>
/// <param name="Server">Name of the MCP server.</param>
/// <param name="Tool">Name of its tool.</param>
/// <param name="Model">Name of the model, as the caller knows it.</param>
/// <param name="ProviderModel">Name of the model, as the provider knows it.</param>
/// <param name="Provider">Name of the provider.</param>
public readonly record struct StandingTarget(string? Server = null, string? Tool = null, string? Model = null, string? ProviderModel = null, string? Provider = null);

/// <summary>Something that was done about somebody's or something's standing, by somebody, for a reason, until an end.</summary>
public sealed record StandingMeasure
{
    /// <summary>Its id: letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What it does.</summary>
    public required StandingEffect Effect { get; init; }

    /// <summary>What it is on.</summary>
    public required StandingSubject Subject { get; init; }

    /// <summary>Why, in the author's words; told to the caller. At most 500 characters.</summary>
    public required string Reason { get; init; }

    /// <summary><see cref="CallerIdentity.UserId"/> of who did it, or <c>issuer:{name}</c> where an issuer said that a session ended.</summary>
    public required string Author { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself, whether or not anybody says so then.</summary>
    public required DateTimeOffset Until { get; init; }
}

/// <summary>A request to follow the measures.</summary>
public sealed record StandingWatch
{
    /// <summary>Who follows, for the log.</summary>
    public required string Follower { get; init; }
}

/// <summary>All measures in force at a time.</summary>
public sealed record StandingSnapshot
{
    /// <summary>Rises with every change; the same on all replicas that share a store.</summary>
    public required long Revision { get; init; }

    /// <summary>When the store was asked. It gets old while the store cannot be asked: what is in force then is not known.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The measures, the oldest first.</summary>
    public ImmutableArray<StandingMeasure> Measures { get; init; } = [];
}
