using System.Collections.Immutable;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Identity;

namespace GatewayStack.Limits.Reservations;

/// <summary>What limits go by: enough to say again, from the ledger, which limits counted a request.</summary>
internal sealed record RequestFacts
{
    public required string Tenant { get; init; }

    public required string PersonId { get; init; }

    public required IdentityKind Kind { get; init; }

    public string? OrgId { get; init; }

    public string? Team { get; init; }

    public string? Plan { get; init; }

    public ImmutableArray<string> Roles { get; init; } = [];

    public string? Action { get; init; }

    /// <summary>The MCP server that is called.</summary>
    public string? Server { get; init; }

    /// <summary>The tool that is called there.</summary>
    public string? Tool { get; init; }

    public static RequestFacts Of(CallerIdentity identity, string? action, string? server = null, string? tool = null) => new()
    {
        Tenant = identity.Tenant,
        PersonId = identity.PersonId,
        Kind = identity.Kind,
        OrgId = identity.OrgId,
        Team = identity.Team,
        Plan = identity.Plan,
        Roles = identity.Roles,
        Action = action,
        Server = server,
        Tool = tool,
    };

    public static RequestFacts Of(EventCaller caller, string tenant, string? action, EventMcp? mcp) => new()
    {
        Tenant = tenant,
        PersonId = caller.PersonId,
        Kind = caller.Kind switch
        {
            "person" => IdentityKind.Person,
            "service" => IdentityKind.Service,
            _ => IdentityKind.Unspecified,
        },
        OrgId = caller.OrgId,
        Team = caller.Team,
        Plan = caller.Plan,
        Roles = caller.Roles,
        Action = action,
        Server = mcp?.Server,
        Tool = mcp?.Tool,
    };
}
