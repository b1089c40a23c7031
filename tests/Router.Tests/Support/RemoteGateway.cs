using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Support;

/// <summary>A front door whose modules count as remote. Its time stands still, so that each module is probed once, at the start; further probes are a test's.</summary>
internal sealed class RemoteGateway : IAsyncDisposable
{
    private RemoteGateway(GatewayUnderTest gateway, StubServer provider, SignallingTime time) => (Gateway, Provider, Time) = (gateway, provider, time);

    public GatewayUnderTest Gateway { get; }

    public StubServer Provider { get; }

    public SignallingTime Time { get; }

    public RemoteModules Modules => Gateway.Services.GetRequiredService<RemoteModules>();

    public static async Task<RemoteGateway> StartAsync(params string[] settings)
    {
        var (provider, time) = (await StubServer.StartAsync(), new SignallingTime());
        time.SetUtcNow(DateTimeOffset.UnixEpoch.AddYears(56));
        string[] route =
        [
            "Router:Providers:p:BaseUrl=" + provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p",
            "Router:Models:1:Name=redacted", "Router:Models:1:Transform=redact", "Router:Models:1:Targets:0:Provider=p",
            "Router:Backends:b:BaseUrl=" + provider.Address,
        ];
        var gateway = await GatewayUnderTest.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                foreach (var module in ModuleNames.All)
                {
                    builder.Services.AddSingleton<IModuleProbe>(new ProbeDouble(module));
                }
            },
            [.. route, .. settings]);
        var remote = new RemoteGateway(gateway, provider, time);
        await time.TimerAsync(ModuleNames.All.Count).WaitAsync(Waiting.Most);
        remote.Modules.Breakers.ShouldAllBe(b => b.State == ModuleState.Closed);
        return remote;
    }

    /// <summary>The other end of every call to a module, from the outside.</summary>
    public void Break(string module, Func<Exception> fault)
    {
        switch (module)
        {
            case ModuleNames.Identity: Gateway.Identity.OnAuthenticate = (_, _) => throw fault(); break;
            case ModuleNames.Transform: Gateway.Transform.OnInspect = (_, _) => throw fault(); break;
            case ModuleNames.Policy: Gateway.Policy.OnDecide = _ => throw fault(); break;
            default: Gateway.Limits.OnReserve = _ => throw fault(); break;
        }
    }

    public void Mend(string module)
    {
        switch (module)
        {
            case ModuleNames.Identity: Gateway.Identity.OnAuthenticate = (request, _) => Task.FromResult(IdentityDouble.Known(request)); break;
            case ModuleNames.Transform: Gateway.Transform.OnInspect = (request, _) => Task.FromResult(TransformDouble.Inspected(request)); break;
            case ModuleNames.Policy: Gateway.Policy.OnDecide = question => Task.FromResult(PolicyDouble.Allowed(question)); break;
            default: Gateway.Limits.OnReserve = request => Task.FromResult(LimitsDouble.Held(request)); break;
        }
    }

    /// <returns>Status, degraded stages, and how many calls the module saw of it.</returns>
    public async Task<(int Status, string Degraded)> AskAsync(string token, string content = "hi", string model = "m")
    {
        using var response = await Gateway.ChatAsync(Wire.Ask(model, content), token);
        return ((int)response.StatusCode, response.Header("x-gateway-degraded"));
    }

    public int Calls(string stage) => Gateway.Journal.Lines.Count(l => l == stage);

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }
}
