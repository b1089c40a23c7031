using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Contracts.Events;

/// <summary>Pseudonymous facts about the caller.</summary>
public sealed record EventCaller
{
    /// <summary>The facts of a verified caller.</summary>
    public static EventCaller From(CallerIdentity caller) => new()
    {
        PersonId = caller.PersonId,
        Issuer = caller.IssuerName,
        Kind = caller.Kind == IdentityKind.Service ? "service" : "person",
        OrgId = caller.OrgId,
        Team = caller.Team,
        Plan = caller.Plan,
        Roles = caller.Roles,
        Scopes = caller.Scopes,
        ClientId = caller.ClientId,
        ClientName = caller.ClientName,
        Actor = caller.Actor,
        Agent = caller.Agent,
        SessionId = caller.SessionId,
    };

    /// <summary>Key of the person.</summary>
    public required string PersonId { get; init; }

    /// <summary>The issuer's short name.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>person</c> or <c>service</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Organisation id.</summary>
    public string? OrgId { get; init; }

    /// <summary>Team.</summary>
    public string? Team { get; init; }

    /// <summary>Plan or tier: limits may apply by it, and counters are rebuilt from events.</summary>
    public string? Plan { get; init; }

    /// <summary>Roles.</summary>
    public ImmutableArray<string> Roles { get; init; } = [];

    /// <summary>Scopes.</summary>
    public ImmutableArray<string> Scopes { get; init; } = [];

    /// <summary>OAuth client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>The operator's name for it.</summary>
    public string? ClientName { get; init; }

    /// <summary>Who acts for the person.</summary>
    public string? Actor { get; init; }

    /// <summary>The agent.</summary>
    public string? Agent { get; init; }

    /// <summary>The issuer's session id.</summary>
    public string? SessionId { get; init; }
}

/// <summary>Personal values of the caller; encrypted before they are stored.</summary>
public sealed record EventPersonal
{
    /// <summary>The personal values of a verified caller.</summary>
    public static EventPersonal From(CallerIdentity caller) => new() { UserId = caller.UserId, Subject = caller.Subject, DisplayName = caller.DisplayName };

    /// <summary>The user id.</summary>
    public required string UserId { get; init; }

    /// <summary>The issuer's subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The display name.</summary>
    public string? DisplayName { get; init; }
}
