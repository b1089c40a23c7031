using GatewayStack.Contracts.Identity;

namespace GatewayStack.Router.Tests.Support;

internal static class Callers
{
    public static CallerIdentity Alice { get; } = new()
    {
        PersonId = "person-alice",
        UserId = "alice",
        Subject = "alice",
        Issuer = "https://idp",
        IssuerName = "idp",
        Tenant = "mercy",
        Kind = IdentityKind.Person,
        Plan = "gold",
        Roles = ["doctor"],
        Scopes = ["chat:write", "audit:read", "admin:router"],
        DisplayName = "Dr. Alice",
    };

    public static CallerIdentity Nora { get; } = Alice with { PersonId = "person-nora", UserId = "nora", Subject = "nora", Roles = ["nurse"], Scopes = ["chat:write"], DisplayName = "Nora" };

    /// <summary>Somebody of whom there are many.</summary>
    public static CallerIdentity Numbered(string name) => Nora with { PersonId = "person-" + name, UserId = name, Subject = name };

    public static CallerIdentity Frank { get; } = Alice with { PersonId = "person-frank", UserId = "frank", Subject = "frank", Tenant = "acme", Roles = ["analyst"], Scopes = ["chat:write"] };
}
