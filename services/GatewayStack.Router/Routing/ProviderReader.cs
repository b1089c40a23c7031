using System.Collections.Frozen;
using GatewayStack.Contracts.Settings;

namespace GatewayStack.Router.Routing;

/// <summary>Reads <c>Router:Providers</c>.</summary>
internal sealed class ProviderReader(ICollection<SettingsError> errors) : SettingsReader(errors)
{
    public Provider? Read(string name, ProviderOptions? options)
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

        foreach (var member in options.RefusedMembers.Where(m => string.IsNullOrWhiteSpace(m) || m is "model" or "messages"))
        {
            Add(key + ":RefusedMembers", string.IsNullOrWhiteSpace(member) ? "has an empty value" : $"has '{member}', which every request needs", "remove it");
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
            RefusedMembers = options.RefusedMembers.Where(m => !string.IsNullOrWhiteSpace(m)).ToFrozenSet(StringComparer.OrdinalIgnoreCase),
            Timeout = TimeSpan.FromSeconds(Math.Clamp(options.TimeoutSeconds, 1, 3600)),
        };
    }
}
