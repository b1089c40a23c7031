#if DEMO
using GatewayStack.Contracts.Settings;
using GatewayStack.Demo.Configuration;
using GatewayStack.Demo.Server;
using GatewayStack.Events.Settings;
using Yarp.ReverseProxy.Forwarder;
#endif

namespace GatewayStack.Gateway;

/// <summary>The demo parts, in Development only: an issuer, simulated providers and backends, and a configuration that uses them.</summary>
internal static class DemoParts
{
    /// <summary>Starts the demo parts in this process, or uses those at <c>Demo:Url</c>, unless <c>Demo:Enabled</c> is false.</summary>
    public static async Task AddDemoAsync(this WebApplicationBuilder builder)
    {
#if DEMO
        var development = builder.Environment.IsDevelopment();
        var enabled = builder.Configuration.GetValue("Demo:Enabled", development);
        if (enabled && !development)
        {
            builder.Services.AddSingleton<ISettingsCheck>(new DemoSettingsCheck());
            return;
        }

        if (!enabled)
        {
            return;
        }

        var door = builder.ResolveFrontDoorAddress();
        var issuer = new Uri(door, "/demo").AbsoluteUri;
        var address = builder.Configuration["Demo:Url"] is { Length: > 0 } external ? new Uri(external) : await StartAsync(builder, issuer, door);

        // First in the list: everything that the operator configures stands above it.
        var settings = DemoConfiguration.Create(new DemoSettings { DemoServerAddress = address, Issuer = issuer });
        ((IConfigurationBuilder)builder.Configuration).Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource { InitialData = settings });
        builder.Services.AddSingleton(sp => new DemoDoor(sp.GetRequiredService<IHttpForwarder>(), address));
        builder.Services.AddKeyedSingleton<RequestDelegate>("demo", (sp, _) => sp.GetRequiredService<DemoDoor>().InvokeAsync);
#else
        await Task.CompletedTask;
#endif
    }

#if DEMO
    private static async Task<Uri> StartAsync(WebApplicationBuilder builder, string issuer, Uri gateway)
    {
        var server = await DemoServer.StartAsync(
            new DemoServerOptions { Issuer = issuer, GatewayUrl = gateway, KeyFolder = DataFolder.PathOf(builder.Configuration, "demo") }, CancellationToken.None);
        builder.Services.AddHostedService(_ => new DemoServerLifetime(server));
        return server.Address;
    }

    private sealed class DemoServerLifetime(DemoServer server) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => await server.DisposeAsync();
    }

    private sealed class DemoSettingsCheck : ISettingsCheck
    {
        public System.Collections.Immutable.ImmutableArray<SettingsError> Check() =>
            [new SettingsError("Demo:Enabled", "is true outside Development: the demo's issuer gives tokens to anyone", "remove it, or set ASPNETCORE_ENVIRONMENT=Development")];
    }

    /// <summary>Passes <c>/demo</c> on to the demo parts, for callers on this machine only.</summary>
    private sealed class DemoDoor(IHttpForwarder forwarder, Uri address) : IDisposable
    {
        private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false });

        public async Task InvokeAsync(HttpContext http)
        {
            if (!LocalCaller.IsLocal(http))
            {
                await Results.Problem("The demo answers callers on this machine only.", statusCode: StatusCodes.Status403Forbidden).ExecuteAsync(http);
                return;
            }

            await forwarder.SendAsync(http, address.GetLeftPart(UriPartial.Authority), _client);
        }

        public void Dispose() => _client.Dispose();
    }
#endif
}
