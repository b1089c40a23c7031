using System.Collections.Immutable;
using System.Text.RegularExpressions;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Credentials;

namespace GatewayStack.Identity.Settings;

/// <summary>Finds everything that is wrong with the settings, in one go.</summary>
internal static partial class IdentitySettingsValidator
{
    /// <summary>Claims that people can change, or that several people can have: a user id made of them could pass from one person to another.</summary>
    private static readonly ImmutableArray<string> MutableClaims =
        ["/email", "/preferred_username", "/upn", "/unique_name", "/username", "/name", "/nickname", "/given_name", "/family_name", "/phone_number"];

    public static ImmutableArray<SettingsError> Validate(IdentityOptions options)
    {
        var errors = ImmutableArray.CreateBuilder<SettingsError>();
        if (options.PublicUrl is { } publicUrl)
        {
            var problem = Urls.Problem(publicUrl, loopbackOnlyHttp: false) ?? (publicUrl.Contains('?', StringComparison.Ordinal) ? "has a query in it" : null);
            Add(errors, problem, "Identity:PublicUrl", "write the URL under which callers reach the gateway, such as https://gateway.example.com");
        }

        if (options.SigningKeyDays is < 1 or > 365)
        {
            errors.Add(new SettingsError("Identity:SigningKeyDays", "is not between 1 and 365", "write a number of days in that range, or remove it for 30"));
        }

        ValidateStandings(options.Standings, errors);
        for (var i = 0; i < options.Issuers.Count; i++)
        {
            Validate(options.Issuers[i], $"Identity:Issuers:{i}", errors);
            IssuerClientValidator.Validate(options.Issuers[i], $"Identity:Issuers:{i}", errors);
        }

        IssuerClientValidator.ValidateTogether(options.Issuers, errors);

        Distinct(errors, "Identity:Issuers:{0}:Name", options.Issuers.Select(issuer => issuer.Name), "give every issuer its own name");
        Distinct(errors, "Identity:Issuers:{0}:Issuer", options.Issuers.Select(issuer => issuer.Issuer), "list each issuer once, with all its audiences");
        for (var i = 0; i < options.Clients.Count; i++)
        {
            Add(errors, Text(options.Clients[i].Id, ClaimText.LongLimit), $"Identity:Clients:{i}:Id", "write the client id as tokens hold it");
            Add(errors, ClaimText.IsLabel(options.Clients[i].Name) ? null : "is empty, too long or has control characters", $"Identity:Clients:{i}:Name", "write a readable name");
        }

        Distinct(errors, "Identity:Clients:{0}:Id", options.Clients.Select(client => client.Id), "list each client once");
        for (var i = 0; i < options.ScopesSupported.Count; i++)
        {
            var scope = options.ScopesSupported[i];
            Add(errors, ScopeProblem(scope), $"Identity:ScopesSupported:{i}", "write one scope per entry");
        }

        return errors.ToImmutable();
    }

    private static void ValidateStandings(StandingsOptions standings, ImmutableArray<SettingsError>.Builder errors)
    {
        Range(standings.MaxDays, nameof(standings.MaxDays), 3650);
        Range(standings.MaxMeasures, nameof(standings.MaxMeasures), 100_000);
        Range(standings.HistoryDays, nameof(standings.HistoryDays), 3650);
        Range(standings.SignOutHours, nameof(standings.SignOutHours), 2160);

        void Range(int value, string name, int most) => Add(
            errors, value >= 1 && value <= most ? null : $"is not between 1 and {most}", $"Identity:Standings:{name}", "write a whole number in that range, or remove it for the default");
    }

    private static void Validate(IssuerOptions issuer, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        if (!Slug().IsMatch(issuer.Name))
        {
            errors.Add(new SettingsError($"{key}:Name", "is not a slug of lower-case letters, digits and hyphens", "write a short name such as corp; it becomes part of user ids"));
        }

        var safeUrl = "write the issuer's https URL exactly as its tokens have it in iss";
        Add(errors, Urls.Problem(issuer.Issuer, loopbackOnlyHttp: true) ?? Text(issuer.Issuer, ClaimText.LongLimit), $"{key}:Issuer", safeUrl);
        if (issuer.JwksUri is { } jwksUri)
        {
            Add(errors, Urls.Problem(jwksUri, loopbackOnlyHttp: true), $"{key}:JwksUri", "write the https URL of the key set, or remove it to use discovery");
        }

        if (issuer.Audiences.Count == 0)
        {
            var problem = issuer.AudienceClaim is null ? "is empty: any token of this issuer would be accepted" : "is empty: there is nothing that the audience claim could equal";
            errors.Add(new SettingsError($"{key}:Audiences", problem, "list what tokens for this gateway have as their audience"));
        }

        for (var i = 0; i < issuer.Audiences.Count; i++)
        {
            Add(errors, Text(issuer.Audiences[i], ClaimText.LongLimit), $"{key}:Audiences:{i}", "write the audience exactly as tokens have it");
            var reserved = issuer.Audiences[i] == Assertions.AssertionFormat.InternalAudience;
            Add(errors, reserved ? "is the gateway's own audience" : null, $"{key}:Audiences:{i}", "write another audience");
        }

        if (issuer.AudienceClaim is { } claim)
        {
            Add(errors, Text(claim, ClaimText.IdLimit), $"{key}:AudienceClaim", "write the name of a claim, such as client_id");
        }

        ValidateAcceptance(issuer, key, errors);
        ValidateTenants(issuer, key, errors);
        ValidateClaims(issuer, key, errors);
    }

    private static void ValidateAcceptance(IssuerOptions issuer, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        if (issuer.ClockSkewSeconds is < 0 or > 60)
        {
            errors.Add(new SettingsError($"{key}:ClockSkewSeconds", "is not between 0 and 60", "write a number of seconds in that range, or remove it for 30"));
        }

        for (var i = 0; i < issuer.LogoutClientIds.Count; i++)
        {
            Add(errors, Text(issuer.LogoutClientIds[i], ClaimText.LongLimit), $"{key}:LogoutClientIds:{i}", "write a client id exactly as logout tokens have it in aud");
        }

        for (var i = 0; i < (issuer.Algorithms?.Count ?? 0); i++)
        {
            if (SignatureAlgorithm.Find(issuer.Algorithms![i]) is null)
            {
                var remedy = "use one of: " + string.Join(", ", SignatureAlgorithm.All.Select(algorithm => algorithm.Name));
                errors.Add(new SettingsError($"{key}:Algorithms:{i}", "is not an algorithm with a public key that is supported here", remedy));
            }
        }

        for (var i = 0; i < (issuer.TokenTypes?.Count ?? 0); i++)
        {
            Add(errors, Text(issuer.TokenTypes![i], ClaimText.IdLimit), $"{key}:TokenTypes:{i}", "write a value of the header's typ, such as at+jwt");
            var reserved = TokenTypes.Normalize(issuer.TokenTypes[i]) == TokenTypes.Normalize(Assertions.AssertionFormat.TokenType);
            Add(errors, reserved ? "is the type of the gateway's own assertions" : null, $"{key}:TokenTypes:{i}", "write another type");
        }

        AddPointer(errors, issuer.AccessTokenClaim, $"{key}:AccessTokenClaim");
        for (var i = 0; i < issuer.ScopePrefixes.Count; i++)
        {
            Add(errors, ScopeProblem(issuer.ScopePrefixes[i]), $"{key}:ScopePrefixes:{i}", "write what stands before the gateway's scopes in its tokens, such as gateway/");
        }

        for (var i = 0; i < issuer.IdTokenScopes.Count; i++)
        {
            var scope = issuer.IdTokenScopes[i];
            var problem = ScopeProblem(scope) ?? (scope.StartsWith("admin:", StringComparison.Ordinal) ? "is administration, which no ID token gives" : null);
            Add(errors, problem, $"{key}:IdTokenScopes:{i}", "write one scope of people per entry");
        }

        if (issuer.IdTokenScopes.Count > 0 && !issuer.AcceptIdTokens)
        {
            errors.Add(new SettingsError($"{key}:IdTokenScopes", "is for ID tokens, which are not accepted", $"set {key}:AcceptIdTokens to true, or remove the list"));
        }
    }

    private static void ValidateTenants(IssuerOptions issuer, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        if (issuer.Tenant is { } tenant)
        {
            Add(errors, Text(tenant, ClaimText.IdLimit), $"{key}:Tenant", "write a tenant's name");
        }

        for (var i = 0; i < issuer.AllowedTenants.Count; i++)
        {
            Add(errors, Text(issuer.AllowedTenants[i], ClaimText.IdLimit), $"{key}:AllowedTenants:{i}", "write a tenant's name");
        }

        var byClaim = issuer.Claims.Tenant is not null;
        if (byClaim && issuer.Tenant is not null)
        {
            errors.Add(new SettingsError($"{key}:Tenant", "stands beside Claims:Tenant", "keep the constant or the claim, not both"));
        }

        if (byClaim && issuer.AllowedTenants.Count == 0)
        {
            errors.Add(new SettingsError($"{key}:AllowedTenants", "is empty: the tenant claim could name any tenant", "list the tenants this issuer may assert"));
        }

        if (!byClaim && issuer.AllowedTenants.Count > 0)
        {
            errors.Add(new SettingsError(
                $"{key}:AllowedTenants", "limits a claim that is not configured", $"set {key}:Claims:Tenant to the pointer of the tenant claim, or remove the list"));
        }
    }

    private static void ValidateClaims(IssuerOptions issuer, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        var claims = issuer.Claims;
        (string Name, string? Pointer)[] pointers =
        [
            (nameof(claims.Subject), claims.Subject), (nameof(claims.UserId), claims.UserId), (nameof(claims.DisplayName), claims.DisplayName),
            (nameof(claims.OrgId), claims.OrgId), (nameof(claims.Tenant), claims.Tenant), (nameof(claims.Team), claims.Team), (nameof(claims.Plan), claims.Plan),
            (nameof(claims.Roles), claims.Roles), (nameof(claims.Scopes), claims.Scopes), (nameof(claims.ClientId), claims.ClientId),
        ];
        foreach (var (name, pointer) in pointers)
        {
            AddPointer(errors, pointer, $"{key}:Claims:{name}");
        }

        foreach (var (name, pointer) in pointers.Take(2))
        {
            if (pointer is not null && MutableClaims.Contains(pointer) && !issuer.AllowMutableUserId)
            {
                var problem = "is a claim that people can change or share: one person could become another";
                errors.Add(new SettingsError($"{key}:Claims:{name}", problem, $"use a stable claim such as /sub, or set {key}:AllowMutableUserId to true"));
            }
        }

        for (var i = 0; i < claims.Attributes.Count; i++)
        {
            var attribute = claims.Attributes[i];
            Add(errors, Text(attribute.Name, ClaimText.IdLimit), $"{key}:Claims:Attributes:{i}:Name", "write the name that policies use");
            AddPointer(errors, attribute.Pointer, $"{key}:Claims:Attributes:{i}:Pointer");
            var type = AttributeMapping.TypeOf(attribute.Type);
            Add(errors, type is null ? "is not a type" : null, $"{key}:Claims:Attributes:{i}:Type", "use one of: string, boolean, integer, list");
        }

        Distinct(errors, key + ":Claims:Attributes:{0}:Name", claims.Attributes.Select(attribute => attribute.Name), "give every attribute its own name");
    }

    private static string? ScopeProblem(string scope) => Text(scope, ClaimText.IdLimit) ?? (scope.Contains(' ', StringComparison.Ordinal) ? "has a space in it" : null);

    private static string? Text(string value, int limit) => ClaimText.IsIdentifier(value, limit) ? null : "is empty, too long or has spaces at its ends or control characters";

    private static void Add(ImmutableArray<SettingsError>.Builder errors, string? problem, string key, string remedy)
    {
        if (problem is not null)
        {
            errors.Add(new SettingsError(key, problem, remedy));
        }
    }

    private static void AddPointer(ImmutableArray<SettingsError>.Builder errors, string? pointer, string key)
    {
        var isGood = pointer is null || JsonPointer.TryParse(pointer, out _);
        Add(errors, isGood ? null : "is not a JSON pointer", key, "write a pointer such as /realm_access/roles (RFC 6901)");
    }

    private static void Distinct(ImmutableArray<SettingsError>.Builder errors, string key, IEnumerable<string> values, string remedy)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, value) in values.Index())
        {
            if (value.Length > 0 && !seen.Add(value))
            {
                errors.Add(new SettingsError(string.Format(System.Globalization.CultureInfo.InvariantCulture, key, index), "is there twice", remedy));
            }
        }
    }

    [GeneratedRegex("^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?\\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Slug();
}
