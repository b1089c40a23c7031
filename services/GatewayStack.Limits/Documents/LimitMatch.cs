using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Documents;

/// <summary>Which requests a limit counts. An empty list does not narrow; every list that is there must have a member in common with the request.</summary>
internal sealed record LimitMatch
{
    public static LimitMatch Everything { get; } = new();

    public ImmutableArray<string> Tenants { get; init; } = [];

    public ImmutableArray<string> Orgs { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Plans { get; init; } = [];

    public ImmutableArray<string> Roles { get; init; } = [];

    public ImmutableArray<string> Actions { get; init; } = [];

    /// <summary>MCP servers, exactly as they are named.</summary>
    /// <remarks>Instances of an earlier version write matches without it.</remarks>
    public ImmutableArray<string> Servers { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>Tools, exactly as their server names them.</summary>
    public ImmutableArray<string> Tools { get; init => field = value.IsDefault ? [] : value; } = [];

    public ImmutableArray<IdentityKind> Kinds { get; init; } = [];

    /// <summary>The same text for the same set of conditions, in whatever order they are written.</summary>
    public string Canonical =>
        Text('t', Tenants) + Text('o', Orgs) + Text('m', Teams) + Text('p', Plans) + Text('r', Roles) + Text('a', Actions) + Text('s', Servers) + Text('f', Tools)
        + Text('k', [.. Kinds.Select(k => k.ToString())]);

    /// <summary>Whether a caller falls under the limit, whatever they ask for.</summary>
    public bool Covers(RequestFacts facts) =>
        One(Tenants, facts.Tenant) && One(Orgs, facts.OrgId) && One(Teams, facts.Team) && One(Plans, facts.Plan)
        && (Kinds.IsEmpty || Kinds.Contains(facts.Kind)) && Any(Roles, facts.Roles);

    /// <summary>Whether a request is counted.</summary>
    public bool Includes(RequestFacts facts) => One(Actions, facts.Action) && One(Servers, facts.Server) && One(Tools, facts.Tool) && Covers(facts);

    private static string Text(char list, ImmutableArray<string> names) =>
        string.Concat(names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => $"{list}{n.Length}:{n}"));

    private static bool One(ImmutableArray<string> wanted, string? actual) => wanted.IsEmpty || (actual is not null && wanted.Contains(actual, StringComparer.Ordinal));

    private static bool Any(ImmutableArray<string> wanted, ImmutableArray<string> actual)
    {
        if (wanted.IsEmpty)
        {
            return true;
        }

        foreach (var name in actual)
        {
            if (wanted.Contains(name, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
