using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Issuer;
using GatewayStack.Demo.Issuer.Clients;
using GatewayStack.Demo.Mcp;
using GatewayStack.Demo.Providers;

namespace GatewayStack.Demo.Configuration;

/// <summary>The gateway's configuration for the demo: what an operator would write for an issuer, two providers, two backends and an MCP server.</summary>
public static class DemoConfiguration
{
    /// <summary>Makes the settings, to be added to the gateway's configuration as its first source.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Create(DemoSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var demo = new Uri(settings.DemoServerAddress, "/demo").AbsoluteUri;
        return Identity(settings, demo)
            .Concat(Provider(SimulatedProvider.Cloud, demo, "external", "us-east"))
            .Concat(Provider(SimulatedProvider.OnPrem, demo, "internal", "on-premises"))
            .Concat(Models(settings.UseOpenAI))
            .Concat(Backends(settings, demo))
            .Concat(Mcp(demo))
            .Concat(Labels())
            .Append(new("Policy:File", settings.PolicyFile));
    }

    private static IEnumerable<KeyValuePair<string, string?>> Identity(DemoSettings settings, string demo)
    {
        const string Issuer = "Identity:Issuers:0:";
        yield return new(Issuer + "Name", "demo");
        yield return new(Issuer + "Issuer", settings.Issuer);
        yield return new(Issuer + "Audiences:0", settings.Audience);
        yield return new(Issuer + "JwksUri", demo + "/jwks");
        yield return new(Issuer + "Algorithms:0", "RS256");
        yield return new(Issuer + "TokenTypes:0", "at+jwt");
        yield return new(Issuer + "LogoutClientIds:0", settings.Audience);
        yield return new(Issuer + "Claims:Tenant", "/tenant");
        yield return new(Issuer + "Claims:UserId", "/user");
        var tenants = DemoPerson.All.Select(p => p.Tenant).Distinct(StringComparer.Ordinal);
        foreach (var (index, tenant) in tenants.Index())
        {
            yield return new($"{Issuer}AllowedTenants:{index}", tenant);
        }

        var known = KnownClients.All.Where(c => !KnownClients.IsOpen(c)).Select(c => new DemoClient(c.Id, c.Metadata.Name!));
        foreach (var (index, client) in DemoClient.All.Concat(known).DistinctBy(c => c.Id, StringComparer.Ordinal).Index())
        {
            yield return new($"Identity:Clients:{index}:Id", client.Id);
            yield return new($"Identity:Clients:{index}:Name", client.Name);
        }

        // What a client asks for that was told nothing but the gateway's address: what people have anyway, and nothing that administers.
        foreach (var (index, scope) in ((string[])["chat:write", "medical:write", "finance:read", "calendar:read", "audit:read"]).Index())
        {
            yield return new($"Identity:ScopesSupported:{index}", scope);
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Provider(SimulatedProvider provider, string demo, string @class, string region)
    {
        var prefix = $"Router:Providers:{provider.Name}:";
        yield return new(prefix + "Kind", "openai");
        yield return new(prefix + "BaseUrl", $"{demo}/providers/{provider.Name}/v1");
        yield return new(prefix + "ApiKey", provider.Key);
        yield return new(prefix + "Class", @class);
        yield return new(prefix + "Region", region);
    }

    private static IEnumerable<KeyValuePair<string, string?>> Models(bool useOpenAI)
    {
        var outside = SimulatedProvider.Cloud.Name;
        if (useOpenAI)
        {
            const string OpenAI = "Router:Providers:openai:";
            yield return new(OpenAI + "Kind", "openai");
            yield return new(OpenAI + "BaseUrl", "https://api.openai.com/v1");
            yield return new(OpenAI + "ApiKey", "env:OPENAI_API_KEY");
            yield return new(OpenAI + "Class", "external");
        }

        (string Name, (string Provider, string Model)[] Targets)[] models =
        [
            ("gpt-4-medical", [(outside, "gpt-4-medical")]),
            ("gpt-4o-mini", [(useOpenAI ? "openai" : outside, "gpt-4o-mini")]),
            ("smart-model", [(outside, "gpt-4o-mini"), (SimulatedProvider.OnPrem.Name, "finance-internal")]),
            ("finance-internal", [(SimulatedProvider.OnPrem.Name, "finance-internal")]),
        ];
        foreach (var (index, (name, targets)) in models.Index())
        {
            yield return new($"Router:Models:{index}:Name", name);
            foreach (var (number, (provider, model)) in targets.Index())
            {
                var target = $"Router:Models:{index}:Targets:{number}:";
                yield return new(target + "Provider", provider);
                yield return new(target + "Model", model);
                yield return new(target + "MaxOutputTokens", "1024");
            }
        }
    }

    private static IEnumerable<KeyValuePair<string, string?>> Backends(DemoSettings settings, string demo)
    {
        const string Calendar = "Router:Backends:" + CalendarEndpoints.Name + ":";
        yield return new(Calendar + "BaseUrl", $"{demo}/backends/{CalendarEndpoints.Name}");
        yield return new(Calendar + "Audience", CalendarEndpoints.Name);
        yield return new(Calendar + "PathTemplates:0", "GET /events/{event}");
        const string Clinic = "Router:Backends:" + ClinicEndpoints.Name + ":";
        yield return new(Clinic + "BaseUrl", $"{demo}/backends/{ClinicEndpoints.Name}");
        yield return new(Clinic + "Audience", ClinicEndpoints.Name);
        yield return new(Clinic + "CallerCredential", settings.ClinicSecret);
        yield return new(Clinic + "ModelPointer", "/model");
        yield return new(Clinic + "ContentPointers:0", "/prompt");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Mcp(string demo)
    {
        const string Calendar = "Router:Mcp:" + CalendarMcp.Name + ":";
        yield return new(Calendar + "Url", demo + CalendarMcp.Path);
        yield return new(Calendar + "AssertionAudience", CalendarMcp.Audience);
        yield return new(Calendar + "InitialScopes:0", "calendar:read");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Labels()
    {
        (string Label, string[] Words)[] recognizers =
        [
            ("financial", ["revenue", "revenues", "earnings", "EBITDA", "invoice", "invoices", "balance sheet", "cash flow", "profit margin", "quarterly results", "forecast",
            "IBAN", "general ledger"]),
            ("sensitive", ["confidential", "salary", "salaries", "payroll", "password", "passwords", "layoff", "layoffs", "trade secret", "merger", "acquisition target"]),
        ];
        foreach (var (index, (label, words)) in recognizers.Index())
        {
            yield return new($"Transform:Recognizers:{index}:Name", label);
            yield return new($"Transform:Recognizers:{index}:Label", label);
            foreach (var (number, word) in words.Index())
            {
                yield return new($"Transform:Recognizers:{index}:Words:{number}", word);
            }
        }
    }
}
