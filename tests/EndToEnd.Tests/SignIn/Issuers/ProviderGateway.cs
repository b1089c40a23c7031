using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.SignIn.Issuers;

/// <summary>A gateway in one process whose people sign in at npm <c>oidc-provider</c>.</summary>
public sealed class ProviderGateway : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private AuthorizationServer? _issuer;
    private GatewayProcess? _process;

    public Uri Address => _process!.Address;

    public async ValueTask InitializeAsync()
    {
        if (NodeTool.IsInstalled)
        {
            _issuer = await AuthorizationServer.StartAsync();
            var settings = new Dictionary<string, string>(_issuer.Settings(), StringComparer.Ordinal) { ["Limits:File"] = _folder.Write("limits.json", SuiteSettings.Limits) };
            _process = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = _folder.Path, Settings = settings });
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_issuer is not null)
        {
            await _issuer.DisposeAsync();
        }

        _folder.Dispose();
    }
}

/// <summary>One such gateway for all of these tests.</summary>
[CollectionDefinition(Name)]
public sealed class ProviderSignIn : ICollectionFixture<ProviderGateway>
{
    public const string Name = "sign-in at oidc-provider";
}
