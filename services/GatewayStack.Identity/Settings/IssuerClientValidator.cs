using System.Collections.Immutable;
using GatewayStack.Contracts.Settings;
using GatewayStack.Identity.Claims;
using GatewayStack.Identity.Exchange;
using GatewayStack.Identity.Issuers;

namespace GatewayStack.Identity.Settings;

/// <summary>Finds what is wrong with what an issuer is asked: introspection, token exchange, and the client that asks.</summary>
internal static class IssuerClientValidator
{
    private const string TypeRemedy = "use access_token, id_token or jwt, or write a type's URI";

    public static void Validate(IssuerOptions issuer, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        if (issuer.Client is { } client)
        {
            ValidateClient(client, key + ":Client", errors);
        }

        foreach (var (name, isSet) in new[] { ("Introspection", issuer.Introspection is not null), ("Exchange", issuer.Exchange is not null) })
        {
            Add(errors, isSet && issuer.Client is null ? "needs a client" : null, $"{key}:{name}", $"set {key}:Client to what the gateway is registered as at this issuer");
        }

        if (issuer.Introspection is { } introspection)
        {
            Add(errors, introspection.When is "opaque" or "always" ? null : "is not a word that is known", $"{key}:Introspection:When", "use opaque or always");
            Range(errors, introspection.CacheSeconds, 300, $"{key}:Introspection:CacheSeconds", 30);
        }

        if (issuer.Exchange is { } exchange)
        {
            Add(errors, TypeProblem(exchange.SubjectTokenType), $"{key}:Exchange:SubjectTokenType", TypeRemedy);
            Range(errors, exchange.CacheSeconds, 3600, $"{key}:Exchange:CacheSeconds", 300);
            for (var i = 0; i < exchange.SubjectIssuers.Count; i++)
            {
                Add(errors, Text(exchange.SubjectIssuers[i]), $"{key}:Exchange:SubjectIssuers:{i}", "write the iss of the tokens exactly as they have it");
            }
        }

        if (issuer.TokenPrefix is { } prefix)
        {
            var problem = Text(prefix) ?? (TakesOpaque(issuer) ? null : "is for tokens that nobody asks about");
            Add(errors, problem, $"{key}:TokenPrefix", $"write how its opaque tokens begin, with {key}:Introspection or {key}:Exchange beside it, or remove it");
        }
    }

    /// <summary>A token that is no JWT goes to one issuer, never to several to see who knows it.</summary>
    public static void ValidateTogether(IReadOnlyList<IssuerOptions> issuers, ImmutableArray<SettingsError>.Builder errors)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var foreign = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < issuers.Count; i++)
        {
            if (TakesOpaque(issuers[i]) && !taken.Add(issuers[i].TokenPrefix ?? string.Empty))
            {
                errors.Add(new SettingsError(
                    $"Identity:Issuers:{i}:TokenPrefix", "does not tell this issuer's opaque tokens from another's", "write how its tokens begin; at most one issuer has none"));
            }

            foreach (var (j, url) in (issuers[i].Exchange?.SubjectIssuers ?? []).Index())
            {
                var problem = issuers.Any(issuer => issuer.Issuer == url) ? "is an issuer whose tokens are accepted as they are" : foreign.Add(url) ? null
                    : "is exchanged at another issuer already";
                Add(errors, problem, $"Identity:Issuers:{i}:Exchange:SubjectIssuers:{j}", "name each foreign issuer once");
            }
        }
    }

    private static bool TakesOpaque(IssuerOptions issuer) => issuer.Introspection is not null || issuer.Exchange is { SubjectIssuers.Count: 0 };

    private static void ValidateClient(IssuerClientOptions client, string key, ImmutableArray<SettingsError>.Builder errors)
    {
        Add(errors, Text(client.Id), key + ":Id", "write the client id that the gateway has at this issuer");
        Add(errors, TypeProblem(client.SubjectTokenType), key + ":SubjectTokenType", TypeRemedy);
        foreach (var (name, url) in new[] { ("TokenEndpoint", client.TokenEndpoint), ("IntrospectionEndpoint", client.IntrospectionEndpoint) })
        {
            Add(errors, url is null ? null : Urls.Problem(url, loopbackOnlyHttp: true), $"{key}:{name}", "write an https URL, or remove it to use discovery");
        }

        if (!ClientProof.Methods.Contains(client.Method, StringComparer.Ordinal))
        {
            Add(errors, "is not a method that is known", key + ":Method", "use one of: " + string.Join(", ", ClientProof.Methods));
            return;
        }

        var byKey = client.Method == "private_key_jwt";
        var (wanted, value, other, stray) = byKey ? ("PrivateKey", client.PrivateKey, "Secret", client.Secret) : ("Secret", client.Secret, "PrivateKey", client.PrivateKey);
        Add(errors, stray is null ? null : $"is of no use with the method {client.Method}", $"{key}:{other}", "remove it");
        if (value is null)
        {
            Add(errors, $"is missing for the method {client.Method}", $"{key}:{wanted}", "write a secret reference: env:NAME or file:PATH");
            return;
        }

        var unread = SecretReference.TryResolve(value, out var secret);
        Add(errors, unread ?? (byKey ? ClientProof.KeyProblem(secret) : null), $"{key}:{wanted}", "name an environment variable or a file that holds it");
    }

    /// <summary>A word that is no URI may be one that is mistyped, and an issuer says no more than that it refuses.</summary>
    private static string? TypeProblem(string type) =>
        Text(type) ?? (SubjectTokenTypes.Of(type).Contains(':', StringComparison.Ordinal) ? null : "is neither a word that is known nor a URI");

    private static string? Text(string value) => ClaimText.IsIdentifier(value, ClaimText.LongLimit) ? null : "is empty, too long or has spaces at its ends or control characters";

    private static void Range(ImmutableArray<SettingsError>.Builder errors, int value, int most, string key, int standard) =>
        Add(errors, value < 0 || value > most ? $"is not between 0 and {most}" : null, key, $"write a number of seconds in that range, or remove it for {standard}");

    private static void Add(ImmutableArray<SettingsError>.Builder errors, string? problem, string key, string remedy)
    {
        if (problem is not null)
        {
            errors.Add(new SettingsError(key, problem, remedy));
        }
    }
}
