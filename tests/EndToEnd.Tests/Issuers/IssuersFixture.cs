using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;

namespace GatewayStack.EndToEnd.Tests.Issuers;

/// <summary>A gateway that trusts two real OpenID providers, each for a tenant of its own.</summary>
public sealed class IssuersFixture : IAsyncLifetime
{
    private const string ServiceRule = """

          - id: robots-may-use-the-small-model
            effect: allow
            who: { kinds: [service], allScopes: [chat:write] }
            actions: [model.call]
            models: [smart-model]

        """;

    private readonly TempFolder _folder = new();
    private GatewayProcess? _gateway;

    internal OpenIdProvider North { get; private set; } = null!;

    internal OpenIdProvider South { get; private set; } = null!;

    internal GatewayClient Front { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        if (!NodeTool.IsInstalled)
        {
            return;
        }

        North = await OpenIdProvider.StartAsync("north", "ES256", new Account("alice", "north", "doctor"), new Account("audrey", "north", "auditor"));
        South = await OpenIdProvider.StartAsync(
            "south", "PS256", new Account("alice", "south", "nurse"), new Account("audrey", "south", "auditor"), new Account("mallory", "north", "doctor"));
        var settings = new Dictionary<string, string>([.. North.Settings(1), .. South.Settings(2)], StringComparer.Ordinal)
        {
            ["Policy:File"] = _folder.Write("policy.yaml", File.ReadAllText(BuildOutput.DemoPolicy).TrimEnd() + Environment.NewLine + ServiceRule),
        };
        _gateway = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path, Settings = settings });
        Front = new GatewayClient(_gateway.Address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
            await North.DisposeAsync();
            await South.DisposeAsync();
            Front.Dispose();
        }

        _folder.Dispose();
    }
}
