using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Services;
using GatewayStack.EndToEnd.Tests.Suite;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.OneProcess;

/// <summary>All six modules in one process, on Redis, Postgres and Kafka: what goes through a store or a topic is asked again.</summary>
public sealed class OneProcessOnServers : SuiteGateway
{
    private GatewayProcess? _process;
    private StackServers? _servers;

    public override Uri Address => _process!.Address;

    public override Uri Management => _process!.Management;

    public override string Output => _process?.Output ?? string.Empty;

    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        _servers = await StackServers.CreateAsync(Servers.Redis, Servers.Postgres, Servers.Kafka);
        _process = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = Folder.Path, Settings = _servers.Settings(settings) });
    }

    protected override async ValueTask StopAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}

[CollectionDefinition(Name)]
public sealed class OnServers : ICollectionFixture<OneProcessOnServers>
{
    public const string Name = "one process, on servers";
}

[Collection(OnServers.Name)]
public sealed class OneProcessOnServersLimitsTests(OneProcessOnServers gateway) : LimitsSuite(gateway);

[Collection(OnServers.Name)]
public sealed class OneProcessOnServersAuditTests(OneProcessOnServers gateway) : AuditSuite(gateway);

[Collection(OnServers.Name)]
public sealed class OneProcessOnServersAdministrationTests(OneProcessOnServers gateway) : AdministrationSuite(gateway);
