using System.Collections.Immutable;
using System.Text.Json;
using GatewayStack.Contracts.Identity;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Claims;

/// <summary>Makes a caller of a verified token's claims.</summary>
internal static class IdentityMapper
{
    // A program has no account: what an operator names for people (Okta's uid) may not be in its tokens.
    private static readonly PointerSet ProgramSubject = PointerSet.Of("/sub");

    /// <summary>Maps a token.</summary>
    /// <param name="issuer">Whose it is.</param>
    /// <param name="snapshot">The settings in force.</param>
    /// <param name="payload">Its claims.</param>
    /// <param name="isIdToken">Whether it is an ID token.</param>
    /// <param name="exchanged">What it was given for, where the gateway itself obtained it.</param>
    public static MappedIdentity Map(Issuer issuer, IssuerSnapshot snapshot, JsonElement payload, bool isIdToken = false, ExchangedToken? exchanged = null)
    {
        var mapping = issuer.Claims;
        var reader = new ClaimReader(payload);
        var issuedTo = new ClaimReader(payload).Identifier(mapping.ClientId, ClaimText.LongLimit);

        // An exchanged token was issued to the gateway; who called is the app, or an app that nobody can name.
        var clientId = exchanged is null ? issuedTo : exchanged.ClientId ?? (issuedTo == issuer.OwnClientId ? null : issuedTo);
        var kind = CallerKind.Of(payload, issuedTo) == IdentityKind.Service ? IdentityKind.Service : CallerKind.Of(payload, clientId);
        var fallback = kind == IdentityKind.Service ? ProgramSubject : null;
        if ((reader.Identifier(mapping.Subject) ?? Read(reader, fallback)) is not { } subject || reader.Problem is not null)
        {
            return MappedIdentity.Refused("subject_invalid");
        }

        if ((reader.Identifier(mapping.UserId) ?? Read(reader, fallback)) is not { } userId || reader.Problem is not null)
        {
            return MappedIdentity.Refused("user_id_invalid");
        }

        var tenant = mapping.Tenant is null ? issuer.Tenants[0] : reader.Identifier(mapping.Tenant);
        if (tenant is null || reader.Problem is not null || !issuer.Tenants.Contains(tenant, StringComparer.Ordinal))
        {
            return new MappedIdentity(null, tenant is null ? "tenant_missing" : "tenant_not_allowed", TenantRefused: true);
        }

        var attributes = ImmutableArray.CreateBuilder<IdentityAttribute>();
        foreach (var attribute in mapping.Attributes)
        {
            if (attribute.Pointer.TryFind(payload, out var value))
            {
                if (AttributeMapping.Make(attribute.Name, attribute.Type, value) is not { } made)
                {
                    return MappedIdentity.Refused("attribute_invalid");
                }

                attributes.Add(made);
            }
        }

        // A claim that is no client's name spoils the token, also where another name is meant.
        _ = reader.Identifier(mapping.ClientId, ClaimText.LongLimit);
        var identity = new CallerIdentity
        {
            PersonId = PersonId.Of(issuer.Url, subject),
            UserId = snapshot.IsShared(tenant) ? $"{issuer.Name}|{userId}" : userId,
            Subject = subject,
            Issuer = issuer.Url,
            IssuerName = issuer.Name,
            Tenant = tenant,
            Kind = kind,
            OrgId = reader.Identifier(mapping.OrgId),
            Team = reader.Identifier(mapping.Team),
            Plan = reader.Identifier(mapping.Plan),
            Roles = reader.Roles(mapping.Roles),
            Scopes = Scopes(reader, issuer, isIdToken),
            Attributes = attributes.ToImmutable(),
            ClientId = clientId,
            ClientName = clientId is null ? null : snapshot.Clients.GetValueOrDefault(clientId),
            DisplayName = reader.Label(mapping.DisplayName),
            Actor = reader.Identifier(mapping.Actor),
            SessionId = reader.Identifier(mapping.SessionId),
            AuthTime = Time(payload, "auth_time"),
            IssuedAt = Time(payload, "iat"),
            Acr = reader.Identifier(mapping.Acr),
        };
        return reader.Problem is { } problem ? MappedIdentity.Refused(problem) : new MappedIdentity(identity, null);
    }

    private static string? Read(ClaimReader reader, PointerSet? pointers) => pointers is null ? null : reader.Identifier(pointers);

    /// <summary>Administration is the operator's: an issuer that is not named for it cannot grant it, and an ID token grants nothing by itself.</summary>
    private static ImmutableArray<string> Scopes(ClaimReader reader, Issuer issuer, bool isIdToken)
    {
        var scopes = isIdToken ? issuer.IdTokenScopes : WithoutPrefix(reader.Scopes(issuer.Claims.Scopes), issuer.ScopePrefixes);
        return issuer.MayAdminister && !isIdToken ? scopes : scopes.RemoveAll(s => s.StartsWith("admin:", StringComparison.Ordinal));
    }

    private static ImmutableArray<string> WithoutPrefix(ImmutableArray<string> scopes, ImmutableArray<string> prefixes) =>
        prefixes.IsEmpty ? scopes : [.. scopes.Select(scope => WithoutPrefix(scope, prefixes)).Where(scope => scope.Length > 0).Distinct(StringComparer.Ordinal)];

    private static string WithoutPrefix(string scope, ImmutableArray<string> prefixes)
    {
        foreach (var prefix in prefixes)
        {
            if (scope.StartsWith(prefix, StringComparison.Ordinal))
            {
                return scope[prefix.Length..];
            }
        }

        return scope;
    }

    private static DateTimeOffset? Time(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var value) && TokenTime.TryRead(value, out var time) ? time : null;
}
