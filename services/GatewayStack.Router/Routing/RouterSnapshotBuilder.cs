using System.Collections.Frozen;
using System.Collections.Immutable;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Mcp.Protocol;
using GatewayStack.Router.Mcp.Servers;
using GatewayStack.Router.Modules;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace GatewayStack.Router.Routing;

/// <summary>Turns the <c>Router</c> section into a snapshot, or into everything that is wrong with it.</summary>
internal sealed class RouterSnapshotBuilder
{
    private const string InternalAudience = "urn:gatewaystack:internal";
    private static readonly ImmutableArray<string> Stages = ["identify", "inspect", "decide", "apply", "reserve", "answer", "settle"];
    private readonly List<SettingsError> _errors = [];
    private readonly ContentRowsReader _content;
    private readonly MessageRulesReader _messages;

    private RouterSnapshotBuilder()
    {
        _content = new ContentRowsReader(_errors);
        _messages = new MessageRulesReader(_errors);
    }

    public static (RouterSnapshot? Snapshot, RouterOptions Options, ImmutableArray<SettingsError> Errors) Build(IConfiguration configuration)
    {
        var builder = new RouterSnapshotBuilder();
        var section = configuration.GetSection("Router");
        var keys = section.AsEnumerable(makePathsRelative: true).Where(p => p.Value is not null).Select(p => p.Key);
        builder._errors.AddRange(SettingsShape.FindUnknown(typeof(RouterOptions), "Router", keys));
        RouterOptions options;
        try
        {
            options = section.Get<RouterOptions>() ?? new RouterOptions();
        }
        catch (InvalidOperationException e)
        {
            builder.Add("Router", "has a value of the wrong type: " + (e.InnerException?.Message ?? e.Message), "give it a number where a number is expected");
            return (null, new RouterOptions(), [.. builder._errors]);
        }

        // A key may come from an environment variable, where capitals are the custom.
        var deadlines = options.Deadlines.GroupBy(d => d.Key, StringComparer.OrdinalIgnoreCase);
        options = options with { Deadlines = deadlines.ToFrozenDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase) };
        var breakers = options.Breakers.GroupBy(b => b.Key, StringComparer.OrdinalIgnoreCase);
        options = options with { Breakers = breakers.ToFrozenDictionary(g => g.Key, g => g.Last().Value, StringComparer.OrdinalIgnoreCase) };
        foreach (var name in (ReadOnlySpan<string>)["Providers", "Models", "Backends", "Mcp", "Deadlines", "Breakers", "OnUnavailable", "Content", "Standings"])
        {
            if (!string.IsNullOrEmpty(section[name]))
            {
                builder.Add("Router:" + name, "is a single value", "give it entries of its own");
            }

            foreach (var entry in section.GetSection(name).GetChildren().Where(c => name is not ("Deadlines" or "OnUnavailable" or "Standings") && !string.IsNullOrEmpty(c.Value)))
            {
                builder.Add($"Router:{name}:{entry.Key}", "is a single value", "give it members of its own");
            }
        }

        var snapshot = builder.Build(options);
        return builder._errors.Count > 0 ? (null, options, [.. builder._errors]) : (snapshot, options, []);
    }

    private RouterSnapshot Build(RouterOptions options)
    {
        if (options.MaxBodyBytes is < 1024 or > 100 * 1024 * 1024)
        {
            Add("Router:MaxBodyBytes", "is out of range", "give 1024 to 104857600");
        }

        if (options.EndUser is not ("hash" or "user_id"))
        {
            Add("Router:EndUser", $"is '{options.EndUser}'", "use hash or user_id");
        }

        if (options.AllowanceWithoutLimits < 0)
        {
            Add("Router:AllowanceWithoutLimits", "is negative", "use 0 to refuse, or a number of requests per minute");
        }

        foreach (var (stage, milliseconds) in options.Deadlines)
        {
            if (!Stages.Contains(stage, StringComparer.OrdinalIgnoreCase) || milliseconds is < 1 or > 60_000)
            {
                Add($"Router:Deadlines:{stage}", "is no stage, or out of range", $"use {string.Join(", ", Stages)} with 1 to 60000 milliseconds");
            }
        }

        if (options.Standings.StaleSeconds is < 2 or > 3600)
        {
            Add("Router:Standings:StaleSeconds", "is out of range", "give 2 to 3600 seconds");
        }

        if (options.Standings.Contact is { } contact && (contact.Length > 200 || contact.Any(char.IsControl)))
        {
            Add("Router:Standings:Contact", "is too long, or has more than one line", "give at most 200 characters on one line");
        }

        CheckModules(options);
        var providers = options.Providers.Select(p => Provider(p.Key, p.Value)).OfType<Provider>().ToFrozenDictionary(p => p.Name, StringComparer.Ordinal);
        var models = options.Models.Select((m, i) => Model(i, m, providers)).OfType<ModelRoute>().ToList();
        foreach (var twice in models.GroupBy(m => m.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add("Router:Models", $"names '{twice.Key}' twice", "keep one of them and give it all targets");
        }

        var backends = options.Backends.Select(b => Backend(b.Key, b.Value)).OfType<Backend>().ToList();
        var mcp = options.Mcp.Select(m => McpServer(m.Key, m.Value)).OfType<McpServer>().ToList();
        CheckDoors(backends);
        CheckAudiences(backends, mcp);
        return new RouterSnapshot
        {
            Providers = providers,
            Models = models.DistinctBy(m => m.Name, StringComparer.Ordinal).ToFrozenDictionary(m => m.Name, StringComparer.Ordinal),
            ModelNames = [.. models.Select(m => m.Name)],
            Backends = backends.ToFrozenDictionary(b => b.Name, StringComparer.Ordinal),
            McpServers = mcp.ToFrozenDictionary(m => m.Name, StringComparer.Ordinal),
            Content = _content.Read("Router:Content", options.Content.Actions, options.Content.Answers),
            Messages = _messages.Read("Router:Content", options.Content.Roles, options.Content.SystemPrompts),
            MaxBodyBytes = options.MaxBodyBytes,
            EndUserIsUserId = options.EndUser == "user_id",
        };
    }

    private void CheckModules(RouterOptions options)
    {
        Choice("Identity", options.OnUnavailable.Identity, "deny");
        Choice("Transform", options.OnUnavailable.Transform, "allow", "deny");
        Choice("Policy", options.OnUnavailable.Policy, "deny");
        Choice("Limits", options.OnUnavailable.Limits, "allow", "allow_capped", "deny");
        foreach (var (name, breaker) in options.Breakers)
        {
            if (!ModuleNames.All.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                Add("Router:Breakers:" + name, "is no module", "use " + string.Join(", ", ModuleNames.All));
            }

            if (breaker is not { FailureRatio: > 0 and <= 1, MinimumThroughput: >= 1 and <= 100_000, SamplingSeconds: >= 1 and <= 600, BreakSeconds: >= 1 and <= 600 })
            {
                Add("Router:Breakers:" + name, "has a value out of range", "give FailureRatio above 0 to 1, MinimumThroughput 1 to 100000, SamplingSeconds and BreakSeconds 1 to 600");
            }
        }

        if (options.IdentityCacheSeconds is < 0 or > 30)
        {
            Add("Router:IdentityCacheSeconds", "is out of range", "give 0 to 30 seconds");
        }

        if (options.DrainSeconds is < 0 or > 600)
        {
            Add("Router:DrainSeconds", "is out of range", "give 0 to 600 seconds");
        }
    }

    private void Choice(string module, string? given, params ReadOnlySpan<string> good)
    {
        if (given is null || !good.Contains(given))
        {
            Add("Router:OnUnavailable:" + module, $"is '{given}'", good.Length == 1 ? $"use {good[0]}: without {module} nothing is ever let through" : "use " + string.Join(" or ", good!));
        }
    }

    private Provider? Provider(string name, ProviderOptions? options)
    {
        var key = $"Router:Providers:{name}";
        Slug(key, name);
        if (options is null)
        {
            return Missing<Provider>(key, "has no settings", "give it at least a BaseUrl");
        }

        if (options.Kind != "openai")
        {
            Add(key + ":Kind", $"is '{options.Kind}'", "use openai, the one kind there is");
        }

        if (options.TimeoutSeconds is < 1 or > 3600)
        {
            Add(key + ":TimeoutSeconds", "is out of range", "give 1 to 3600");
        }

        var tenants = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < options.ApiKeys.Count; i++)
        {
            var (tenant, secret) = (options.ApiKeys[i].Tenant, Secret($"{key}:ApiKeys:{i}:Key", options.ApiKeys[i].Key));
            if (string.IsNullOrEmpty(tenant) || secret is null || !tenants.TryAdd(tenant, secret))
            {
                Add($"{key}:ApiKeys:{i}", "lacks a tenant or a key, or names a tenant twice", "give every entry its own Tenant and a Key");
            }
        }

        var url = Url(key + ":BaseUrl", options.BaseUrl);
        return url is null ? null : new Provider
        {
            Name = name,
            Kind = options.Kind,
            BaseUrl = url,
            ApiKey = options.ApiKey is null ? null : Secret(key + ":ApiKey", options.ApiKey),
            TenantKeys = tenants.ToFrozenDictionary(StringComparer.Ordinal),
            Region = options.Region,
            Class = options.Class,
            Timeout = TimeSpan.FromSeconds(Math.Clamp(options.TimeoutSeconds, 1, 3600)),
        };
    }

    private ModelRoute? Model(int index, ModelOptions? options, FrozenDictionary<string, Provider> providers)
    {
        var key = $"Router:Models:{index}";
        if (string.IsNullOrWhiteSpace(options?.Name))
        {
            return Missing<ModelRoute>(key + ":Name", "is missing", "give the name that callers use");
        }

        if (options.Targets.Count == 0)
        {
            Add(key + ":Targets", $"of '{options.Name}' is empty", "name at least one Provider");
        }

        var targets = ImmutableArray.CreateBuilder<ModelTarget>();
        for (var i = 0; i < options.Targets.Count; i++)
        {
            var target = options.Targets[i];
            if (target?.Provider is null || !providers.TryGetValue(target.Provider, out var provider))
            {
                Add($"{key}:Targets:{i}:Provider", $"names '{target?.Provider}', which is not a good provider", $"use one of: {string.Join(", ", providers.Keys.Order(StringComparer.Ordinal))}");
                continue;
            }

            if (target.MaxOutputTokens is < 1 or > 10_000_000)
            {
                Add($"{key}:Targets:{i}:MaxOutputTokens", "is out of range", "give 1 to 10000000: it bounds every hold");
            }

            if (target.MaxTokensMember is not ("max_tokens" or "max_completion_tokens"))
            {
                Add($"{key}:Targets:{i}:MaxTokensMember", $"is '{target.MaxTokensMember}'", "use max_tokens or max_completion_tokens");
            }

            targets.Add(new ModelTarget
            {
                Id = i.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Provider = provider,
                Model = target.Model ?? options.Name,
                MaxOutputTokens = target.MaxOutputTokens,
                MaxTokensMember = target.MaxTokensMember,
            });
        }

        return new ModelRoute
        {
            Name = options.Name,
            Treatment = Treatment(key, options.Transform, ContentTreatment.Detect),
            Content = Content(key, options.Transform, options.Actions, options.Answers),
            SystemPrompt = _messages.Prompt(key + ":SystemPrompt", options.SystemPrompt),
            Targets = targets.ToImmutable(),
        };
    }

    private Backend? Backend(string name, BackendOptions? options)
    {
        var key = $"Router:Backends:{name}";
        Slug(key, name);
        if (options is null)
        {
            return Missing<Backend>(key, "has no settings", "give it at least a BaseUrl");
        }

        var audience = options.Audience ?? name;
        if (string.IsNullOrWhiteSpace(audience) || audience == InternalAudience)
        {
            Add(key + ":Audience", audience == InternalAudience ? "is the gateway's internal audience" : "is empty", "give the backend an audience of its own");
        }

        if (options.TimeoutSeconds is < 1 or > 3600)
        {
            Add(key + ":TimeoutSeconds", "is out of range", "give 1 to 3600");
        }

        if (options.PathPrefix is { } prefix && !IsPrefix(prefix))
        {
            Add(key + ":PathPrefix", $"is '{prefix}'", "begin with a slash, do not end with one; letters, digits, '-', '_', '.' and '~', no empty and no dot segments");
        }

        if (options.Transform is not (null or "off") && options.ContentPointers.Count == 0)
        {
            Add(key + ":Transform", $"is '{options.Transform}', but no content is named", "give ContentPointers, or use off");
        }

        if (Overlap(options.ContentPointers) is { } inner)
        {
            Add(key + ":ContentPointers", $"name '{inner}' twice", "name every text once; a pointer covers all that stands below it");
        }

        var templates = options.PathTemplates.Select((t, i) => PathTemplate.TryParse(t) ?? Missing<PathTemplate>($"{key}:PathTemplates:{i}", $"is '{t}'", "write METHOD /path/{type}")).OfType<PathTemplate>();
        var contents = options.ContentPointers.Select((p, i) => Pointer($"{key}:ContentPointers:{i}", p)).OfType<JsonPath>();
        var resources = options.ResourcePointers.Select((p, i) => Resource($"{key}:ResourcePointers:{i}", p)).OfType<ResourcePointer>();
        var url = Url(key + ":BaseUrl", options.BaseUrl);
        return url is null ? null : new Backend
        {
            Name = name,
            BaseUrl = url,
            Hosts = [.. options.Hosts],
            PathPrefix = options.PathPrefix is { } good && IsPrefix(good) ? good : null,
            Audience = audience,
            Credential = options.Credential is null ? null : Secret(key + ":Credential", options.Credential),
            TokenExchange = Exchange(key, options.TokenExchange, options.Credential),
            CallerCredential = options.CallerCredential is null ? null : Secret(key + ":CallerCredential", options.CallerCredential),
            Treatment = Treatment(key, options.Transform, options.ContentPointers.Count > 0 ? ContentTreatment.Detect : ContentTreatment.Off),
            Content = Content(key, options.Transform ?? (options.ContentPointers.Count > 0 ? null : "off"), options.Actions, []),
            ModelPointer = Pointer(key + ":ModelPointer", options.ModelPointer),
            ContentPointers = [.. contents],
            PathTemplates = [.. templates],
            ResourcePointers = [.. resources],
            InputTokensPointer = Pointer(key + ":UsagePointers:InputTokens", options.UsagePointers?.InputTokens),
            OutputTokensPointer = Pointer(key + ":UsagePointers:OutputTokens", options.UsagePointers?.OutputTokens),
            Timeout = TimeSpan.FromSeconds(Math.Clamp(options.TimeoutSeconds, 1, 3600)),
        };
    }

    private McpServer? McpServer(string name, McpServerOptions? options)
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

        if (options.Resource is { } resource && !(Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.Fragment.Length == 0 && uri.Query.Length == 0 && uri.UserInfo.Length == 0))
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

    private T Wrong<T>(string key, string? given, string choices, T otherwise)
    {
        Add(key, $"is '{given}'", "use " + choices);
        return otherwise;
    }

    private TokenExchange? Exchange(string key, TokenExchangeOptions? options, string? credential)
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

    private static bool IsScope(string text) => text.Length > 0 && text.All(c => c is >= '!' and <= '~' and not ('"' or '\\'));

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.AbsolutePath == "/" && !origin.EndsWith('/') && uri is { Query.Length: 0, Fragment.Length: 0, UserInfo.Length: 0, Host.Length: > 0 };

    private ToolResourcePointer? ToolResource(string key, string text)
    {
        var blank = text.IndexOf(' ', StringComparison.Ordinal);
        return blank > 0 && Resource(key, text[(blank + 1)..].Trim()) is { } resource
            ? new ToolResourcePointer(text[..blank], resource)
            : Missing<ToolResourcePointer>(key, $"is '{text}'", "write tool type=/json/pointer");
    }

    private void CheckDoors(List<Backend> backends)
    {
        foreach (var backend in backends)
        {
            if (backend.PathPrefix is { } prefix && FrontDoorRoutes.All.FirstOrDefault(r => Covers(prefix, r.Pattern)) is { } ours)
            {
                Add($"Router:Backends:{backend.Name}:PathPrefix", $"'{prefix}' covers the gateway's own {ours.Pattern}", "choose a prefix that none of the gateway's paths begins with");
            }

            foreach (var host in backend.Hosts.Where(h => h.Length == 0 || h.Contains('/', StringComparison.Ordinal) || h.Contains('*', StringComparison.Ordinal)))
            {
                Add($"Router:Backends:{backend.Name}:Hosts", $"has '{host}'", "give bare host names, with a port where it is not the default one");
            }
        }

        foreach (var twice in backends.Where(b => b.PathPrefix is not null).GroupBy(b => b.PathPrefix, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            Add("Router:Backends", $"{string.Join(" and ", twice.Select(b => b.Name))} share the prefix {twice.Key}", "give each its own");
        }

        foreach (var twice in backends.SelectMany(b => b.Hosts).GroupBy(h => h, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            Add("Router:Backends", $"two backends share the host {twice.Key}", "give each its own");
        }
    }

    /// <summary>An assertion that is good at one would be good at the other: each could pass for the person at its neighbour.</summary>
    private void CheckAudiences(List<Backend> backends, List<McpServer> servers)
    {
        var all = backends.Select(b => (Kind: "Backends", b.Name, b.Audience)).Concat(servers.Select(s => (Kind: "Mcp", s.Name, Audience: s.AssertionAudience)));
        foreach (var twice in all.GroupBy(a => a.Audience, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            Add("Router:" + twice.First().Kind, $"{string.Join(" and ", twice.Select(a => a.Name))} share the audience {twice.Key}", "give each its own");
        }
    }

    private static bool IsPrefix(string prefix) =>
        prefix.Length > 1 && prefix[0] == '/'
        && prefix[1..].Split('/').All(s => s is not ("" or "." or "..") && s.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~'));

    private static string? Overlap(IReadOnlyList<string> pointers) =>
        pointers.Where((p, i) => pointers.Where((q, j) => i != j && (p + "/").StartsWith(q + "/", StringComparison.Ordinal)).Any()).FirstOrDefault();

    private static bool Covers(string prefix, string pattern)
    {
        var literal = pattern.IndexOf('{', StringComparison.Ordinal) is var i and >= 0 ? pattern[..i] : pattern;
        return new PathString(literal.TrimEnd('/')).StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase) || new PathString(prefix).StartsWithSegments(literal.TrimEnd('/'), StringComparison.OrdinalIgnoreCase);
    }

    private ContentTreatments Content(string key, string? transform, IReadOnlyList<ContentActionOptions> requests, IReadOnlyList<AnswerActionOptions> answers)
    {
        if (transform == "off" && requests.Count + answers.Count > 0)
        {
            Add(key + (requests.Count > 0 ? ":Actions" : ":Answers"), "has rows, but the content is not looked at", "use detect, redact or redact-required as Transform, or remove them");
        }

        return _content.Read(key, requests, answers);
    }

    private ContentTreatment Treatment(string key, string? text, ContentTreatment otherwise) => text switch
    {
        null => otherwise,
        "off" => ContentTreatment.Off,
        "detect" => ContentTreatment.Detect,
        "redact" => ContentTreatment.Redact,
        "redact-required" => ContentTreatment.RedactRequired,
        _ => Wrong(key + ":Transform", $"is '{text}'", "use off, detect, redact or redact-required"),
    };

    private ContentTreatment Wrong(string key, string problem, string remedy)
    {
        Add(key, problem, remedy);
        return ContentTreatment.Unspecified;
    }

    private ResourcePointer? Resource(string key, string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 && JsonPath.TryParse(text[(equals + 1)..]) is { } path
            ? new ResourcePointer(text[..equals], path)
            : Missing<ResourcePointer>(key, $"is '{text}'", "write type=/json/pointer");
    }

    private JsonPath? Pointer(string key, string? text) =>
        text is null ? null : JsonPath.TryParse(text) ?? Missing<JsonPath>(key, $"is '{text}'", "write a JSON pointer (RFC 6901) such as /prompt");

    private Uri? Url(string key, string? text)
    {
        if (Uri.TryCreate(text?.TrimEnd('/') + "/", UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.Query.Length == 0 && url.UserInfo.Length == 0)
        {
            return url;
        }

        Add(key, text is null ? "is missing" : "is not an absolute http or https URL without query and user", "give one such as https://api.example.com/v1");
        return null;
    }

    private string? Secret(string key, string? text)
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

    private void Slug(string key, string name)
    {
        if (name.Length is 0 or > 63 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            Add(key, $"has the name '{name}'", "use a slug: a-z, 0-9 and hyphens");
        }
    }

    private T? Missing<T>(string key, string problem, string remedy)
        where T : class
    {
        Add(key, problem, remedy);
        return null;
    }

    private void Add(string key, string problem, string remedy) => _errors.Add(new SettingsError(key, problem, remedy));
}
