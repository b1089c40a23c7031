using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using static GatewayStack.Policy.Compilation.TernaryLogic;

namespace GatewayStack.Policy.Compilation;

/// <summary>The people or services a rule is about. Lists that are empty do not restrict.</summary>
internal sealed record Who
{
    public ImmutableArray<string> AnyRole { get; init; } = [];

    public ImmutableArray<string> AllRoles { get; init; } = [];

    public ImmutableArray<string> AnyScope { get; init; } = [];

    public ImmutableArray<string> AllScopes { get; init; } = [];

    public ImmutableArray<IdentityKind> Kinds { get; init; } = [];

    public ImmutableArray<string> Tenants { get; init; } = [];

    public ImmutableArray<string> Orgs { get; init; } = [];

    public ImmutableArray<string> Teams { get; init; } = [];

    public ImmutableArray<string> Plans { get; init; } = [];

    public ImmutableArray<string> Clients { get; init; } = [];

    public ImmutableArray<string> Issuers { get; init; } = [];

    public ImmutableArray<string> Users { get; init; } = [];

    public Ternary Matches(CallerIdentity caller) => And(Of(HasRoles(caller) && HasScopes(caller)), MatchesOthers(caller));

    public bool HasRoles(CallerIdentity caller) => Any(AnyRole, caller.Roles) && All(AllRoles, caller.Roles);

    public bool HasScopes(CallerIdentity caller) => Any(AnyScope, caller.Scopes) && All(AllScopes, caller.Scopes);

    /// <summary>Everything but roles and scopes.</summary>
    public Ternary MatchesOthers(CallerIdentity caller)
    {
        var result = Of(Kinds.IsEmpty || Kinds.Contains(caller.Kind));
        result = And(result, One(Tenants, caller.Tenant));
        result = And(result, One(Orgs, caller.OrgId));
        result = And(result, One(Teams, caller.Team));
        result = And(result, One(Plans, caller.Plan));
        result = And(result, Client(caller));
        result = And(result, One(Issuers, caller.IssuerName));
        return And(result, One(Users, caller.UserId));
    }

    /// <summary>The scopes the caller would need besides their own: all that are missing of "all", the first of "any".</summary>
    public ImmutableArray<string> MissingScopes(CallerIdentity caller)
    {
        var missing = AllScopes.Where(s => !Has(caller.Scopes, s));
        return Any(AnyScope, caller.Scopes) ? [.. missing] : [.. missing.Append(AnyScope[0]).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The scopes it asks for: all of "all", and of "any" one the caller has, else the first.</summary>
    public IEnumerable<string> NeededScopes(ImmutableArray<string> held) =>
        AnyScope.IsEmpty ? AllScopes : AllScopes.Append(AnyScope.FirstOrDefault(s => Has(held, s)) ?? AnyScope[0]);

    public bool AsksForScopes => !(AnyScope.IsEmpty && AllScopes.IsEmpty);

    /// <summary>True when it asks for scopes or nothing, so that any person could come to meet it.</summary>
    public bool AsksOnlyForScopes =>
        AnyRole.IsEmpty && AllRoles.IsEmpty && (Kinds.IsEmpty || Kinds.Contains(IdentityKind.Person)) && Tenants.IsEmpty && Orgs.IsEmpty && Teams.IsEmpty && Plans.IsEmpty
        && Clients.IsEmpty && Issuers.IsEmpty && Users.IsEmpty;

    /// <summary>True when it is about everybody.</summary>
    public bool IsEverybody => AsksOnlyForScopes && Kinds.IsEmpty && AnyScope.IsEmpty && AllScopes.IsEmpty;

    /// <summary>Whether a single value is one of the names; one that is missing cannot be judged.</summary>
    public static Ternary One(ImmutableArray<string> names, string? value)
    {
        if (names.IsEmpty)
        {
            return Ternary.True;
        }

        return value is null ? Ternary.Error : Of(Has(names, value));
    }

    private Ternary Client(CallerIdentity caller)
    {
        if (Clients.IsEmpty)
        {
            return Ternary.True;
        }

        return caller is { ClientId: null, ClientName: null }
            ? Ternary.Error
            : Of((caller.ClientId is { } id && Has(Clients, id)) || (caller.ClientName is { } name && Has(Clients, name)));
    }

    private static bool Any(ImmutableArray<string> wanted, ImmutableArray<string> has)
    {
        foreach (var one in wanted)
        {
            if (Has(has, one))
            {
                return true;
            }
        }

        return wanted.IsEmpty;
    }

    private static bool All(ImmutableArray<string> wanted, ImmutableArray<string> has)
    {
        foreach (var one in wanted)
        {
            if (!Has(has, one))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Has(ImmutableArray<string> list, string item)
    {
        foreach (var one in list)
        {
            if (string.Equals(one, item, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
