using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Settings;
using GatewayStack.Contracts.Transform;
using Microsoft.AspNetCore.Http;

namespace GatewayStack.Router.Routing;

/// <summary>Reads <c>Router:Backends</c>.</summary>
internal sealed class BackendReader(ICollection<SettingsError> errors, ContentRowsReader content) : SettingsReader(errors)
{
    public Backend? Read(string name, BackendOptions? options)
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

        var templates = options.PathTemplates.Select((t, i) => Template($"{key}:PathTemplates:{i}", t)).OfType<PathTemplate>();
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
            Content = content.Read(key, options.Transform ?? (options.ContentPointers.Count > 0 ? null : "off"), options.Actions, []),
            ModelPointer = Pointer(key + ":ModelPointer", options.ModelPointer),
            ContentPointers = [.. contents],
            PathTemplates = [.. templates],
            ResourcePointers = [.. resources],
            InputTokensPointer = Pointer(key + ":UsagePointers:InputTokens", options.UsagePointers?.InputTokens),
            OutputTokensPointer = Pointer(key + ":UsagePointers:OutputTokens", options.UsagePointers?.OutputTokens),
            Timeout = TimeSpan.FromSeconds(Math.Clamp(options.TimeoutSeconds, 1, 3600)),
        };
    }

    /// <summary>Finds backends that would stand in each other's way, or in ours.</summary>
    public void CheckDoors(List<Backend> backends)
    {
        foreach (var backend in backends)
        {
            if (backend.PathPrefix is { } prefix && FrontDoorRoutes.All.FirstOrDefault(r => Covers(prefix, r.Pattern)) is { } ours)
            {
                var problem = $"'{prefix}' covers the gateway's own {ours.Pattern}";
                Add($"Router:Backends:{backend.Name}:PathPrefix", problem, "choose a prefix that none of the gateway's paths begins with");
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

    private PathTemplate? Template(string key, string text) => PathTemplate.TryParse(text) ?? Missing<PathTemplate>(key, $"is '{text}'", "write METHOD /path/{type}");

    private static bool IsPrefix(string prefix) =>
        prefix.Length > 1 && prefix[0] == '/'
        && prefix[1..].Split('/').All(s => s is not ("" or "." or "..") && s.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~'));

    private static string? Overlap(IReadOnlyList<string> pointers) =>
        pointers.Where((p, i) => pointers.Where((q, j) => i != j && (p + "/").StartsWith(q + "/", StringComparison.Ordinal)).Any()).FirstOrDefault();

    private static bool Covers(string prefix, string pattern)
    {
        var literal = pattern.IndexOf('{', StringComparison.Ordinal) is var i and >= 0 ? pattern[..i] : pattern;
        var own = literal.TrimEnd('/');
        return new PathString(own).StartsWithSegments(prefix, StringComparison.OrdinalIgnoreCase)
            || new PathString(prefix).StartsWithSegments(own, StringComparison.OrdinalIgnoreCase);
    }
}
