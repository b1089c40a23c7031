using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;

namespace GatewayStack.Router.Routing;

/// <summary>What the readers of providers, models, backends and MCP servers share: settings become what the Router works with, or entries in the list of what is wrong.</summary>
internal abstract class SettingsReader(ICollection<SettingsError> errors)
{
    protected const string InternalAudience = "urn:gatewaystack:internal";

    protected void Slug(string key, string name)
    {
        if (name.Length is 0 or > 63 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            Add(key, $"has the name '{name}'", "use a slug: a-z, 0-9 and hyphens");
        }
    }

    protected Uri? Url(string key, string? text)
    {
        if (Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0)
        {
            return url;
        }

        Add(key, text is null ? "is missing" : "is not an absolute http or https URL without query and user", "give one such as https://api.example.com/v1");
        return null;
    }

    protected string? Secret(string key, string? text)
    {
        if (SecretReference.TryResolve(text ?? string.Empty, out var secret) is { } problem)
        {
            Add(key, problem, "give the secret, env:NAME or file:PATH");
            return null;
        }

        if (secret.Any(c => c is < ' ' or > '~'))
        {
            Add(key, "has characters that no HTTP header can carry", "use visible ASCII");
            return null;
        }

        return secret;
    }

    /// <summary>A token of each person's own, where the upstream gets one.</summary>
    protected TokenExchange? Exchange(string key, TokenExchangeOptions? options, string? credential)
    {
        if (options is null)
        {
            return null;
        }

        if (credential is not null)
        {
            Add(key + ":TokenExchange", "stands beside Credential", "keep one: the gateway's own credential, or a token of each person's");
        }

        if (string.IsNullOrWhiteSpace(options.Issuer))
        {
            Add(key + ":TokenExchange:Issuer", "is missing", "give the issuer's short name, as in Identity:Issuers:N:Name, with a Client there");
        }

        if (string.IsNullOrWhiteSpace(options.Audience) && string.IsNullOrWhiteSpace(options.Resource) && string.IsNullOrWhiteSpace(options.Scope))
        {
            Add(key + ":TokenExchange", "does not say what for", "give Audience, Resource or Scope: a token without is good for more than this upstream");
        }

        return new TokenExchange(options.Issuer ?? string.Empty, options.Audience, options.Resource, options.Scope);
    }

    protected ContentTreatment Treatment(string key, string? text, ContentTreatment otherwise) => text switch
    {
        null => otherwise,
        "off" => ContentTreatment.Off,
        "detect" => ContentTreatment.Detect,
        "redact" => ContentTreatment.Redact,
        "redact-required" => ContentTreatment.RedactRequired,
        _ => Wrong(key + ":Transform", text, "off, detect, redact or redact-required", ContentTreatment.Unspecified),
    };

    protected JsonPath? Pointer(string key, string? text) =>
        text is null ? null : JsonPath.TryParse(text) ?? Missing<JsonPath>(key, $"is '{text}'", "write a JSON pointer (RFC 6901) such as /prompt");

    protected ResourcePointer? Resource(string key, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && JsonPath.TryParse(text[(equals + 1)..]) is { } path
            ? new ResourcePointer(text[..equals], path)
            : Missing<ResourcePointer>(key, $"is '{text}'", "write type=/json/pointer");
    }

    protected T Wrong<T>(string key, string? given, string choices, T otherwise)
    {
        Add(key, $"is '{given}'", "use " + choices);
        return otherwise;
    }

    protected T? Missing<T>(string key, string problem, string remedy)
        where T : class
    {
        Add(key, problem, remedy);
        return null;
    }

    protected void Add(string key, string problem, string remedy) => errors.Add(new SettingsError(key, problem, remedy));
}
