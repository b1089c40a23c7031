using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Content;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Providers;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>What the suite configures beside the demo: an issuer, models, backends that echo, limits that a suite does not reach.</summary>
internal static class SuiteSettings
{
    public const string RedactedModel = "redacted-model";
    /// <summary>Goes to a provider that answers with the key it was called with.</summary>
    public const string OwnKeyModel = "own-key-model";

    public const string EchoScope = "echo:call";
    public const string EchoHost = "records.customer.test";
    public const string EchoPrefix = "/legacy";

    /// <summary>Secret of the backend <c>agent</c>, which may call back.</summary>
    public const string AgentSecret = "agent-secret-of-the-suite";

    /// <summary>Requests per minute of a caller with the plan <c>trial</c>.</summary>
    public const int TrialRequests = 3;

    /// <summary>Limits that a suite does not reach: the demo's sixty requests a minute would have it wait for the next one.</summary>
    public const string Limits = """
        {
          "apiVersion": "gateway.limits/v1",
          "limits": [
            { "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 },
            { "name": "tokens_per_day", "per": "user", "metric": "tokens", "window": "day", "limit": 500000 },
            { "name": "cost_per_day", "per": "user", "metric": "cost", "window": "day", "limit": "5.00" },
            { "name": "trial_requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 3, "match": { "plans": ["trial"] } },
            { "name": "small_tokens_per_day", "per": "user", "metric": "tokens", "window": "day", "limit": 100, "match": { "plans": ["small"] } }
          ]
        }
        """;

    private const string MoreRules = """

          - id: redacted-model
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [model.call]
            models: [redacted-model]

          - id: echo
            effect: allow
            who: { allScopes: ["echo:call"] }
            actions: [backend.call]
            backends: [echo, agent]

          - id: tenants-own-key
            effect: allow
            who: { allScopes: [chat:write] }
            actions: [model.call]
            models: [own-key-model]

        """;

    public static IReadOnlyDictionary<string, string> Create(TestIssuer issuer, EchoBackend echo, TempFolder folder) =>
        new Dictionary<string, string>(issuer.Settings(1).Concat(ContentSettings.Create(echo.Url + "/repeat/v1")), StringComparer.Ordinal)
        {
            ["Policy:File"] = folder.Write("policy.yaml", File.ReadAllText(BuildOutput.DemoPolicy).TrimEnd() + Environment.NewLine + MoreRules + ContentSettings.Rule),
            ["Limits:File"] = folder.Write("limits.json", Limits),
            ["Router:Models:10:Name"] = RedactedModel,
            ["Router:Models:10:Transform"] = "redact-required",
            ["Router:Models:10:Targets:0:Provider"] = "cloud",
            ["Router:Models:10:Targets:0:Model"] = "gpt-4o-mini",
            ["Router:Models:10:Targets:0:MaxOutputTokens"] = "1024",
            ["Router:Backends:echo:BaseUrl"] = echo.Url + "/base",
            ["Router:Backends:echo:Audience"] = "echo",
            ["Router:Backends:echo:Hosts:0"] = EchoHost,
            ["Router:Backends:echo:PathPrefix"] = EchoPrefix,
            ["Router:Backends:echo:PathTemplates:0"] = "GET /records/{record}",
            ["Router:Backends:agent:BaseUrl"] = echo.Url,
            ["Router:Backends:agent:Audience"] = "agent",
            ["Router:Backends:agent:CallerCredential"] = "file:" + folder.Write("agent-secret", AgentSecret),
            ["Router:Providers:stub:BaseUrl"] = echo.Url + "/v1",
            ["Router:Providers:stub:ApiKey"] = "file:" + folder.Write("shared-key", "shared-key"),
            ["Router:Providers:stub:ApiKeys:0:Tenant"] = TestIssuer.Tenant,
            ["Router:Providers:stub:ApiKeys:0:Key"] = "file:" + folder.Write("ops-key", "key-of-ops"),
            ["Router:Models:11:Name"] = OwnKeyModel,
            ["Router:Models:11:Targets:0:Provider"] = "stub",
            ["Router:Models:11:Targets:0:Model"] = "gpt-4o-mini",
            ["Router:MaxBodyBytes"] = "200000",
        };
}
