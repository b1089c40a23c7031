using GatewayStack.Contracts.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>A policy module behind real cleartext HTTP/2 on a free port, and the client that a front door would use.</summary>
internal sealed class PolicyServer : IAsyncDisposable
{
    private readonly WebApplication _server;
    private readonly IHost _client;

    private PolicyServer(WebApplication server, IHost client)
    {
        _server = server;
        _client = client;
    }

    public IPolicyModule Client => _client.Services.GetRequiredService<IPolicyModule>();

    public IServiceProvider ClientServices => _client.Services;

    public static async Task<PolicyServer> StartAsync(Action<WebApplicationBuilder> module)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, l => l.Protocols = HttpProtocols.Http2));
        module(builder);
        builder.AddPolicyGrpc();
        var server = builder.Build();
        server.MapPolicyGrpc();
        await server.StartAsync(TestContext.Current.CancellationToken);
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        var client = Host.CreateEmptyApplicationBuilder(null);
        client.Configuration["services:policy:grpc:0"] = address;
        client.AddPolicyClient();
        return new PolicyServer(server, client.Build());
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }
}
