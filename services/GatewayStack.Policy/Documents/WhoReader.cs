using System.Collections.Immutable;
using GatewayStack.Contracts.Identity;
using GatewayStack.Documents.Reading;
using GatewayStack.Policy.Compilation;

namespace GatewayStack.Policy.Documents;

/// <summary>Reads whom a rule is about.</summary>
internal static class WhoReader
{
    public static Who Read(DocumentNode? node, RuleEffect? effect)
    {
        // A service is let in only by rules that name services; a rule that keeps out keeps everything out.
        ImmutableArray<IdentityKind> kinds = effect == RuleEffect.Allow ? [IdentityKind.Person] : [];
        if (node is null || !node.ExpectObject("anyRole", "allRoles", "anyScope", "allScopes", "kinds", "tenants", "orgs", "teams", "plans", "clients", "issuers", "users"))
        {
            return new Who { Kinds = kinds };
        }

        if (node.Members().All(m => node.Member(m.Name) is null))
        {
            node.Error("is empty: say who, or leave it out");
        }

        if (node.Member("users") is { } users && node.Member("tenants") is null)
        {
            users.Error("needs tenants beside it: a user id is unique inside its tenant only");
        }

        return new Who
        {
            AnyRole = Texts(node, "anyRole"),
            AllRoles = Texts(node, "allRoles"),
            AnyScope = Texts(node, "anyScope"),
            AllScopes = Texts(node, "allScopes"),
            Kinds = node.Member("kinds") is { } named ? Kinds(named) : kinds,
            Tenants = Texts(node, "tenants"),
            Orgs = Texts(node, "orgs"),
            Teams = Texts(node, "teams"),
            Plans = Texts(node, "plans"),
            Clients = Texts(node, "clients"),
            Issuers = Texts(node, "issuers"),
            Users = Texts(node, "users"),
        };
    }

    private static ImmutableArray<string> Texts(DocumentNode node, string name) => node.Member(name)?.Texts() ?? [];

    private static ImmutableArray<IdentityKind> Kinds(DocumentNode node)
    {
        var kinds = ImmutableArray.CreateBuilder<IdentityKind>();
        foreach (var text in node.Texts())
        {
            switch (text)
            {
                case "person":
                    kinds.Add(IdentityKind.Person);
                    break;
                case "service":
                    kinds.Add(IdentityKind.Service);
                    break;
                default:
                    node.Error($"has {text}: use person or service");
                    break;
            }
        }

        return kinds.ToImmutable();
    }
}
