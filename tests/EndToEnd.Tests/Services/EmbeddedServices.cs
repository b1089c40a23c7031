using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>Six services without any server: one instance each, embedded stores, events straight from the spool.</summary>
public sealed class EmbeddedServices : SuiteGateway
{
    private ServiceStack? _stack;

    public override Uri Address => _stack!.Address;

    public override Uri Management => _stack!.Management;

    public override string Output => _stack?.Output ?? string.Empty;

    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings) =>
        _stack = await ServiceStack.StartAsync(new StackShape { Folder = Folder.Path, Settings = settings });

    protected override ValueTask StopAsync() => _stack?.DisposeAsync() ?? default;
}

/// <summary>One stack for the whole suite: its classes run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Embedded : ICollectionFixture<EmbeddedServices>
{
    public const string Name = "six services, embedded";
}
