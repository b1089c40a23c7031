using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.OneProcess;

/// <summary>All six modules in one process.</summary>
public sealed class OneProcessGateway : SuiteGateway
{
    private GatewayProcess? _process;

    public override Uri Address => _process!.Address;

    public override Uri Management => _process!.Management;

    public override string Output => _process?.Output ?? string.Empty;

    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings) =>
        _process = await GatewayProcess.StartAsync(new GatewayLaunch { DataPath = Folder.Path, Settings = settings });

    protected override ValueTask StopAsync() => _process?.DisposeAsync() ?? default;
}

/// <summary>One gateway for the whole suite: its classes run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OneProcess : ICollectionFixture<OneProcessGateway>
{
    public const string Name = "one process";
}
