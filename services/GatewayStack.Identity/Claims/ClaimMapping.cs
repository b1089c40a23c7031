using System.Collections.Immutable;

namespace GatewayStack.Identity.Claims;

/// <summary>Where one issuer's tokens hold what, compiled from its settings.</summary>
internal sealed record ClaimMapping
{
    public required PointerSet Subject { get; init; }

    public required PointerSet UserId { get; init; }

    public required PointerSet DisplayName { get; init; }

    public required PointerSet OrgId { get; init; }

    public required PointerSet? Tenant { get; init; }

    public required PointerSet Team { get; init; }

    public required PointerSet Plan { get; init; }

    public required PointerSet Roles { get; init; }

    public required PointerSet Scopes { get; init; }

    public required PointerSet ClientId { get; init; }

    public PointerSet Actor { get; } = PointerSet.Of(null, "/act/sub");

    public PointerSet SessionId { get; } = PointerSet.Of(null, "/sid");

    public PointerSet Acr { get; } = PointerSet.Of(null, "/acr");

    public required ImmutableArray<AttributeMapping> Attributes { get; init; }

    public static ClaimMapping Of(ClaimsOptions claims) => new()
    {
        Subject = PointerSet.Of(claims.Subject, "/sub"),
        UserId = PointerSet.Of(claims.UserId ?? claims.Subject, "/sub"),
        DisplayName = PointerSet.Of(claims.DisplayName, "/name"),
        OrgId = PointerSet.Of(claims.OrgId, "/org_id"),
        Tenant = claims.Tenant is null ? null : PointerSet.Of(claims.Tenant),
        Team = PointerSet.Of(claims.Team, "/team"),
        Plan = PointerSet.Of(claims.Plan, "/plan"),
        Roles = PointerSet.Of(claims.Roles, "/roles", "/realm_access/roles"),
        Scopes = PointerSet.Of(claims.Scopes, "/scope", "/scp", "/permissions"),
        ClientId = PointerSet.Of(claims.ClientId, "/client_id", "/azp", "/cid", "/appid"),
        Attributes =
        [
            .. claims.Attributes.Select(attribute =>
                new AttributeMapping(attribute.Name, JsonPointer.Parse(attribute.Pointer), AttributeMapping.TypeOf(attribute.Type) ?? default)),
        ],
    };
}
