using System.Text.Json.Nodes;
using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.McpUpstream;

namespace GatewayStack.EndToEnd.Tests.Mcp;

/// <summary>A gateway in front of the demo's calendar and of an upstream in this process, whose log says what arrived.</summary>
public sealed class McpGateway : IAsyncLifetime
{
    /// <summary>Scope that opens everything of the upstream.</summary>
    public const string Scope = "upstream:all";

    private const string Rules = $$"""

          - id: upstream
            effect: allow
            who: { allScopes: ["{{Scope}}"] }
            servers: [conformance, bare, "bad-*"]
            tools: ["*"]
            resources: ["*"]
            prompts: ["*"]
            mcpMethods: ["*"]

        """;

    private const string Limits = """
        { "apiVersion": "gateway.limits/v1", "limits": [{ "name": "requests_per_minute", "per": "user", "metric": "requests", "window": "minute", "limit": 100000 }] }
        """;

    private static readonly string[] Misbehaviours =
        ["redirect", "content-type", "no-json", "huge-event", "never-ends", "other-id", "challenge", "forbidden", "breaks-off", "network-ref"];

    private readonly TempFolder _folder = new();
    private UpstreamServer? _upstream;
    private GatewayProcess? _process;
    private TestIssuer? _issuer;

    public Uri Address => _process!.Address;

    public string Output => _process!.Output;

    public GatewayClient Front { get; private set; } = null!;

    internal UpstreamServer Upstream => _upstream!;

    public Uri Route(string server) => new(Address, "/mcp/" + server);

    /// <summary>The demo's token for one of its people, for a route; null when it gives none.</summary>
    public async Task<string?> TokenAsync(string user, string server, string? scope = null, string client = "demo-cli")
    {
        var body = new JsonObject { ["user"] = user, ["client"] = client, ["resource"] = Route(server).AbsoluteUri };
        if (scope is not null)
        {
            body["scope"] = scope;
        }

        var answer = await Front.PostAsync("/demo/token", null, body.ToJsonString());
        return answer.Status == 200 ? answer.Json.GetProperty("access_token").GetString() : null;
    }

    /// <summary>A token of the test issuer, which the upstream's routes accept.</summary>
    public string Token(Caller caller) => _issuer!.Token(caller);

    /// <summary>Kills the gateway and starts it again, at the same address and on the same data.</summary>
    public async Task RestartAsync()
    {
        await _process!.KillAsync();
        await _process.StartAgainAsync();
    }

    public async ValueTask InitializeAsync()
    {
        _issuer = await TestIssuer.StartAsync();
        _upstream = await UpstreamServer.StartAsync(new UpstreamOptions());
        var settings = new Dictionary<string, string>(_issuer.Settings(1), StringComparer.Ordinal)
        {
            ["Policy:File"] = _folder.Write("policy.yaml", File.ReadAllText(BuildOutput.DemoPolicy).TrimEnd() + Environment.NewLine + Rules),
            ["Limits:File"] = _folder.Write("limits.json", Limits),
        };
        AddServer(settings, "conformance", "mcp");
        AddServer(settings, "bare", "bare");
        Array.ForEach(Misbehaviours, kind => AddServer(settings, "bad-" + kind, "bad/" + kind));
        _process = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path, Settings = settings });
        _upstream.Gateway = _process.Address;
        Front = new GatewayClient(_process.Address);
    }

    public async ValueTask DisposeAsync()
    {
        Front?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_upstream is not null)
        {
            await _upstream.DisposeAsync();
        }

        await _issuer!.DisposeAsync();
        _folder.Dispose();
    }

    private void AddServer(Dictionary<string, string> settings, string name, string path)
    {
        var key = $"Router:Mcp:{name}:";
        settings[key + "Url"] = _upstream!.Address + path;
        settings[key + "AssertionAudience"] = path.Replace('/', '-');
        settings[key + "InitialScopes:0"] = Scope;
        settings[key + "Audiences:0"] = TestIssuer.Audience;
    }
}

/// <summary>One gateway for all of these tests.</summary>
[CollectionDefinition(Name)]
public sealed class McpTests : ICollectionFixture<McpGateway>
{
    public const string Name = "mcp";
}
