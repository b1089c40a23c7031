using System.Collections.Immutable;
using System.Text.Json;

namespace GatewayStack.Contracts.Identity;

/// <summary>How a caller stands in the gateway's assertion: what Identity writes here, every module reads back to the same caller.</summary>
/// <remarks>Verifying the token is its reader's business; here only its payload is read.</remarks>
public static class AssertionClaims
{
    /// <summary>Header type (<c>typ</c>) of the gateway's assertions.</summary>
    public const string TokenType = "gateway-identity+jwt";

    /// <summary>Audience of the gateway's own modules; no upstream may have it.</summary>
    public const string InternalAudience = "urn:gatewaystack:internal";

    // The end of 2199: a later time is a mistake or an attempt at an overflow.
    private const long LatestTime = 7_258_118_399;

    /// <summary>Writes a caller's claims into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, CallerIdentity caller)
    {
        json.WriteString("sub", caller.UserId);
        json.WriteString("person_id", caller.PersonId);
        json.WriteString("origin_iss", caller.Issuer);
        json.WriteString("origin_iss_name", caller.IssuerName);
        json.WriteString("origin_sub", caller.Subject);
        json.WriteString("tenant", caller.Tenant);
        json.WriteString("kind", caller.Kind == IdentityKind.Service ? "service" : "person");
        WriteOptional(json, "org_id", caller.OrgId);
        WriteOptional(json, "team", caller.Team);
        WriteOptional(json, "plan", caller.Plan);
        WriteArray(json, "roles", caller.Roles);
        json.WriteString("scope", string.Join(' ', caller.Scopes));
        WriteOptional(json, "client_id", caller.ClientId);
        WriteOptional(json, "client_name", caller.ClientName);
        WriteOptional(json, "name", caller.DisplayName);
        if (caller.Actor is { } actor)
        {
            json.WriteStartObject("act");
            json.WriteString("sub", actor);
            json.WriteEndObject();
        }

        WriteOptional(json, "agent", caller.Agent);
        WriteOptional(json, "sid", caller.SessionId);
        if (caller.AuthTime is { } signedIn)
        {
            json.WriteNumber("auth_time", signedIn.ToUnixTimeSeconds());
        }

        if (caller.IssuedAt is { } issued)
        {
            json.WriteNumber("origin_iat", issued.ToUnixTimeSeconds());
        }

        WriteOptional(json, "acr", caller.Acr);
        WriteAttributes(json, caller.Attributes);
    }

    /// <summary>Reads a caller back; null where something is missing or wrong.</summary>
    public static CallerIdentity? Read(JsonElement payload)
    {
        var kind = Text(payload, "kind") switch
        {
            "person" => IdentityKind.Person,
            "service" => IdentityKind.Service,
            _ => IdentityKind.Unspecified,
        };
        if (Text(payload, "sub") is not { } userId || Text(payload, "person_id") is not { } personId || Text(payload, "origin_iss") is not { } issuer
            || Text(payload, "origin_iss_name") is not { } issuerName || Text(payload, "origin_sub") is not { } subject || Text(payload, "tenant") is not { Length: > 0 } tenant
            || Text(payload, "scope") is not { } scope || Strings(payload, "roles") is not { } roles
            || ReadAttributes(payload) is not { } attributes || kind == IdentityKind.Unspecified)
        {
            return null;
        }

        return new CallerIdentity
        {
            PersonId = personId,
            UserId = userId,
            Subject = subject,
            Issuer = issuer,
            IssuerName = issuerName,
            Tenant = tenant,
            Kind = kind,
            OrgId = Text(payload, "org_id"),
            Team = Text(payload, "team"),
            Plan = Text(payload, "plan"),
            Roles = roles,
            Scopes = [.. scope.Split(' ', StringSplitOptions.RemoveEmptyEntries)],
            Attributes = attributes,
            ClientId = Text(payload, "client_id"),
            ClientName = Text(payload, "client_name"),
            DisplayName = Text(payload, "name"),
            Actor = payload.TryGetProperty("act", out var act) && act.ValueKind == JsonValueKind.Object ? Text(act, "sub") : null,
            Agent = Text(payload, "agent"),
            SessionId = Text(payload, "sid"),
            AuthTime = payload.TryGetProperty("auth_time", out var time) ? Time(time) : null,
            IssuedAt = payload.TryGetProperty("origin_iat", out var issued) ? Time(issued) : null,
            Acr = Text(payload, "acr"),
        };
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string name, ImmutableArray<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static void WriteAttributes(Utf8JsonWriter json, ImmutableArray<IdentityAttribute> attributes)
    {
        json.WriteStartObject("attributes");
        foreach (var attribute in attributes)
        {
            switch (attribute.Type)
            {
                case IdentityAttributeType.Text:
                    json.WriteString(attribute.Name, attribute.Text);
                    break;
                case IdentityAttributeType.Boolean:
                    json.WriteBoolean(attribute.Name, attribute.Boolean);
                    break;
                case IdentityAttributeType.Integer:
                    json.WriteNumber(attribute.Name, attribute.Integer);
                    break;
                case IdentityAttributeType.List:
                    WriteArray(json, attribute.Name, attribute.List);
                    break;
            }
        }

        json.WriteEndObject();
    }

    private static ImmutableArray<IdentityAttribute>? ReadAttributes(JsonElement payload)
    {
        if (!payload.TryGetProperty("attributes", out var container) || container.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var attributes = ImmutableArray.CreateBuilder<IdentityAttribute>();
        foreach (var member in container.EnumerateObject())
        {
            if (ReadAttribute(member.Name, member.Value) is not { } attribute)
            {
                return null;
            }

            attributes.Add(attribute);
        }

        return attributes.ToImmutable();
    }

    private static IdentityAttribute? ReadAttribute(string name, JsonElement value)
    {
        var attribute = new IdentityAttribute { Name = name, Type = IdentityAttributeType.Unspecified };
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                return attribute with { Type = IdentityAttributeType.Text, Text = value.GetString() };
            case JsonValueKind.True or JsonValueKind.False:
                return attribute with { Type = IdentityAttributeType.Boolean, Boolean = value.GetBoolean() };
            case JsonValueKind.Number:
                return value.TryGetInt64(out var number) ? attribute with { Type = IdentityAttributeType.Integer, Integer = number } : null;
            case JsonValueKind.Array:
                return Strings(value) is { } list ? attribute with { Type = IdentityAttributeType.List, List = list } : null;
            default:
                return null;
        }
    }

    private static ImmutableArray<string>? Strings(JsonElement payload, string name) =>
        payload.TryGetProperty(name, out var array) && array.ValueKind == JsonValueKind.Array ? Strings(array) : null;

    private static ImmutableArray<string>? Strings(JsonElement array)
    {
        var values = ImmutableArray.CreateBuilder<string>(array.GetArrayLength());
        foreach (var element in array.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.String)
            {
                return null;
            }

            values.Add(element.GetString()!);
        }

        return values.ToImmutable();
    }

    private static DateTimeOffset? Time(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var seconds) && seconds is >= 0 and <= LatestTime ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
