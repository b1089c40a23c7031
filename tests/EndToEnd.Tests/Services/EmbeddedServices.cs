using GatewayStack.EndToEnd.Tests.Issuers;
using GatewayStack.EndToEnd.Tests.Suite;

namespace GatewayStack.EndToEnd.Tests.Services;

/// <summary>Six services without any server: one instance each, embedded stores, events straight from the spool.</summary>
public sealed class EmbeddedServices : SuiteGateway
{
    private ServiceStack? _stack;

    /// <summary>What it takes besides JWTs.</summary>
    internal OtherCredentials Others { get; private set; } = null!;

    public override Uri Address => _stack!.Address;

    public override Uri Management => _stack!.Management;

    public override string Output => _stack?.Output ?? string.Empty;

    protected override async Task StartAsync(IReadOnlyDictionary<string, string> settings)
    {
        Others = await OtherCredentials.StartAsync();
        _stack = await ServiceStack.StartAsync(new StackShape { Folder = Folder.Path, Settings = Others.Over(settings, Echo) });
    }

    protected override async ValueTask StopAsync()
    {
        if (_stack is not null)
        {
            await _stack.DisposeAsync();
        }

        if (Others is not null)
        {
            await Others.DisposeAsync();
        }
    }
}

/// <summary>One stack for the whole suite: its classes run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class Embedded : ICollectionFixture<EmbeddedServices>
{
    public const string Name = "six services, embedded";
}
