using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.EndToEnd.Tests.Gateway;
using GatewayStack.EndToEnd.Tests.Providers;

namespace GatewayStack.EndToEnd.Tests.Suite;

/// <summary>A running gateway of some form, with the demo and what the suite adds to it.</summary>
public abstract class SuiteGateway : IAsyncLifetime
{
    public TestIssuer Issuer { get; private set; } = null!;

    public EchoBackend Echo { get; private set; } = null!;

    public GatewayClient Front { get; private set; } = null!;

    public GatewayClient Administration { get; private set; } = null!;

    public DemoPeople People { get; private set; } = null!;

    /// <summary>What the tests sent and the gateway must not keep.</summary>
    public Canaries Canaries { get; } = new();

    public abstract Uri Address { get; }

    public abstract Uri Management { get; }

    /// <summary>All that its processes printed.</summary>
    public abstract string Output { get; }

    /// <summary>The folder below which all its data stands.</summary>
    public string DataPath => Folder.Path;

    protected TempFolder Folder { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Issuer = await TestIssuer.StartAsync();
        Echo = await EchoBackend.StartAsync();
        await StartAsync(SuiteSettings.Create(Issuer, Echo, Folder));
        Front = new GatewayClient(Address);
        Administration = new GatewayClient(Management);
        People = new DemoPeople(Front);
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Front?.Dispose();
        Administration?.Dispose();
        var output = Output;
        await StopAsync();
        await Echo.DisposeAsync();
        await Issuer.DisposeAsync();
        try
        {
            Canaries.ShouldBeNowhere(output, Path.Combine(DataPath, "data"));
        }
        finally
        {
            Folder.Dispose();
        }
    }

    protected abstract Task StartAsync(IReadOnlyDictionary<string, string> settings);

    protected abstract ValueTask StopAsync();
}
