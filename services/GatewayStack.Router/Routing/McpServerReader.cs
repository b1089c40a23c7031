using System.Collections.Frozen;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;

namespace GatewayStack.Router.Routing;

/// <summary>Reads <c>Router:Mcp</c>.</summary>
internal sealed class McpServerReader(ICollection<SettingsError> errors) : SettingsReader(errors)
{
    public McpServer? Read(string name, McpServerOptions? options)
    {
        var key = $"Router:Mcp:{name}";
        Slug(key, name);
        if (options is null)
        {
            return Missing<McpServer>(key, "has no settings", "give it at least a Url");
        }

        var audience = options.AssertionAudience ?? name;
        if (string.IsNullOrWhiteSpace(audience) || audience == InternalAudience)
        {
            Add(key + ":AssertionAudience", audience == InternalAudience ? "is the gateway's internal audience" : "is empty", "give the server an audience of its own");
        }

        if (options.Resource is { } resource && !IsResource(resource))
        {
            Add(key + ":Resource", $"is '{resource}'", "give the absolute URL that clients type, without query and fragment");
        }

        foreach (var origin in options.Origins.Where(o => !IsOrigin(o)))
        {
            Add(key + ":Origins", $"has '{origin}'", "give scheme, host and port alone, such as https://app.example.com");
        }

        foreach (var method in options.AnonymousMethods.Where(m => !McpMethods.MayBeAnonymous.Contains(m)))
        {
            Add(key + ":AnonymousMethods", $"has '{method}'", "use " + string.Join(", ", McpMethods.MayBeAnonymous.Order(StringComparer.Ordinal)));
        }

        if (options.ScopePrefix is { } prefix && !IsScope(prefix))
        {
            Add(key + ":ScopePrefix", $"is '{prefix}'", "give what stands before the issuer's scopes, such as api://calendar/, or remove it");
        }

        foreach (var scope in options.InitialScopes.Where(s => !IsScope(s)))
        {
            Add(key + ":InitialScopes", $"has '{scope}'", "give scopes as RFC 6749 writes them: visible ASCII without blank, quotation mark and backslash");
        }

        if (options.Audiences.Any(string.IsNullOrWhiteSpace))
        {
            Add(key + ":Audiences", "has an empty value", "remove it");
        }

        if (options.TimeoutSeconds is < 1 or > 3600)
        {
            Add(key + ":TimeoutSeconds", "is out of range", "give 1 to 3600");
        }

        if (options.Credential is not null)
        {
            Secret(key + ":Credential", options.Credential);
        }

        return Url(key + ":Url", options.Url) is null ? null : new McpServer
        {
            Name = name,
            Url = new Uri(options.Url!),
            Resource = options.Resource,
            Audiences = [.. options.Audiences],
            AssertionAudience = audience,
            ScopePrefix = options.ScopePrefix,
            InitialScopes = [.. options.InitialScopes.Distinct(StringComparer.Ordinal)],
            Origins = options.Origins.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            AnonymousMethods = options.AnonymousMethods.ToFrozenSet(StringComparer.Ordinal),
            Challenge = options.Challenge switch
            {
                "both" => McpChallenge.Both,
                "http" => McpChallenge.Http,
                "tool-result" => McpChallenge.ToolResult,
                _ => Wrong(key + ":Challenge", options.Challenge, "http, tool-result or both", McpChallenge.Both),
            },
            List = options.List switch
            {
                "obtainable" => McpListing.Obtainable,
                "callable" => McpListing.Callable,
                "catalogue" => McpListing.Catalogue,
                _ => Wrong(key + ":List", options.List, "obtainable, callable or catalogue", McpListing.Obtainable),
            },
            CredentialReference = options.Credential,
            TokenExchange = Exchange(key, options.TokenExchange, options.Credential),
            Treatment = Treatment(key, options.Transform, ContentTreatment.Detect),
            ResourcePointers = [.. options.ResourcePointers.Select((p, i) => ToolResource($"{key}:ResourcePointers:{i}", p)).OfType<ToolResourcePointer>()],
            Timeout = TimeSpan.FromSeconds(Math.Clamp(options.TimeoutSeconds, 1, 3600)),
        };
    }

    private ToolResourcePointer? ToolResource(string key, string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && Resource(key, text[(blank + 1)..].Trim()) is { } resource
            ? new ToolResourcePointer(text[..blank], resource)
            : Missing<ToolResourcePointer>(key, $"is '{text}'", "write tool type=/json/pointer");
    }

    private static bool IsResource(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri is { Fragment.Length: 0, Query.Length: 0, UserInfo.Length: 0 };

    private static bool IsScope(string text) => text.Length > 0 && text.All(c => c is >= '!' and <= '~' and not ('"' or '\\'));

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && !origin.EndsWith('/')
        && uri is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 };
}
