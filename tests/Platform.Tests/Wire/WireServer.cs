using GatewayStack.Wire.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>Modules behind real cleartext HTTP/2 on a free port.</summary>
internal sealed class WireServer : IAsyncDisposable
{
    private readonly WebApplication _server;

    private WireServer(WebApplication server, string address) => (_server, Address) = (server, address);

    public string Address { get; }

    public IServiceProvider Services => _server.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="module">Adds modules and their gRPC services.</param>
    /// <param name="map">Maps them.</param>
    /// <param name="port">The port; a free one by default.</param>
    /// <param name="address">The loopback address.</param>
    public static async Task<WireServer> StartAsync(Action<WebApplicationBuilder> module, Action<WebApplication> map, int port = 0, string address = "127.0.0.1")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Parse(address), port, l => l.Protocols = HttpProtocols.Http2));
        module(builder);
        builder.AddModuleHealth();
        var server = builder.Build();
        map(server);
        server.MapModuleHealth();
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new WireServer(server, server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    /// <summary>Ends it as a stopped process does: what was accepted is answered.</summary>
    public Task StopAsync() => _server.StopAsync(CancellationToken.None);

    /// <summary>Cuts every connection.</summary>
    public Task AbortAsync() => _server.StopAsync(new CancellationToken(canceled: true));

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}

/// <summary>A process that calls modules.</summary>
internal sealed class WireClient : IDisposable
{
    private readonly IHost _host;

    public WireClient(string module, Action<HostApplicationBuilder> clients, params ReadOnlySpan<string> addresses)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        for (var i = 0; i < addresses.Length; i++)
        {
            builder.Configuration[$"services:{module}:grpc:{i}"] = addresses[i];
        }

        clients(builder);
        _host = builder.Build();
        Module = module;
    }

    public string Module { get; }

    public IServiceProvider Services => _host.Services;

    public Grpc.Net.Client.GrpcChannel Channel => Services.GetRequiredKeyedService<ModuleChannel>(Module).Channel;

    public T Get<T>()
        where T : notnull =>
        Services.GetRequiredService<T>();

    public void Dispose() => _host.Dispose();
}
