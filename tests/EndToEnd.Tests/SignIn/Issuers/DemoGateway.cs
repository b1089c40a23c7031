using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.SignIn.Issuers;

/// <summary>A gateway in one process as its first user starts it, but for limits that people would reach: the demo, and its own issuer.</summary>
public sealed class DemoGateway : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private GatewayProcess? _process;

    public Uri Address => _process!.Address;

    public GatewayClient Front { get; private set; } = null!;

    public GatewayClient Administration { get; private set; } = null!;

    /// <summary>The issuer, byte for byte as it stands in metadata, answers and tokens.</summary>
    public string Issuer => Address.GetLeftPart(UriPartial.Authority) + "/demo/";

    public Uri Route => new(Address, "/mcp/calendar");

    public async ValueTask InitializeAsync()
    {
        _process = await GatewayProcess.StartAsync(GatewayLaunch.At(_folder.Path, ("Limits:File", _folder.Write("limits.json", SuiteSettings.Limits))));
        (Front, Administration) = (new GatewayClient(_process.Address), new GatewayClient(_process.Management));
    }

    public async ValueTask DisposeAsync()
    {
        Front?.Dispose();
        Administration?.Dispose();
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>One such gateway for all of these tests.</summary>
[CollectionDefinition(Name)]
public sealed class DemoSignIn : ICollectionFixture<DemoGateway>
{
    public const string Name = "sign-in at the demo issuer";
}
