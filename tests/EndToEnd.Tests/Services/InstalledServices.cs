using GatewayStack.EndToEnd.Tests.Suite;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>Six services on real servers: Redis, Postgres and Kafka; two instances each of Identity, Transform, Policy and Limits.</summary>
public sealed class InstalledServices : SuiteGateway
{
    private ServiceStack? _stack;
    private StackServers? _servers;

    public override Uri Address => _stack!.Address;

    public override Uri Management => _stack!.Management;

    public override string Output => _stack?.Output ?? string.Empty;

    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        _servers = await StackServers.CreateAsync(Servers.Redis, Servers.Postgres, Servers.Kafka);
        _stack = await ServiceStack.StartAsync(_servers.Shape(Folder.Path, settings));
    }

    protected override async ValueTask StopAsync()
    {
        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }

        if (_servers is not null)
        {
            await _servers.DisposeAsync();
        }
    }
}

/// <summary>One stack for the whole suite: its classes run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Installed : ICollectionFixture<InstalledServices>
{
    public const string Name = "six services, installed";
}
