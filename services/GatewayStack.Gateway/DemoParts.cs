#if DEMO
using GatewayStack.Demo.Server;
using GatewayStack.Events.Settings;
#endif

namespace GatewayStack.Gateway;

/// <summary>The demo parts, in Development only: an issuer, simulated providers and backends, and a configuration that uses them.</summary>
internal static class DemoParts
{
    /// <summary>Starts the demo parts in this process, or uses those at <c>Demo:Url</c>, unless <c>Demo:Enabled</c> is false.</summary>
    public static async Task AddDemoAsync(this WebApplicationBuilder builder)
    {
#if DEMO
        if (!builder.IsDemoEnabled())
        {
            return;
        }

        var door = builder.ResolveFrontDoorAddress();
        var address = builder.Configuration["Demo:Url"] is { Length: > 0 } external ? new Uri(external) : await StartAsync(builder, DemoDoorExtensions.IssuerAt(door), door);
        builder.AddDemoDoor(address, door);
#else
        await Task.CompletedTask;
#endif
    }

#if DEMO
    private static async Task<Uri> StartAsync(WebApplicationBuilder builder, string issuer, Uri gateway)
    {
        var server = await DemoServer.StartAsync(
            new DemoServerOptions
            {
                Issuer = issuer,
                GatewayUrl = gateway,
                McpRoutes = () => builder.Configuration.GetSection("Router:Mcp").GetChildren().Select(r => r.Key),
                KeyFolder = DataFolder.PathOf(builder.Configuration, "demo"),
                AccessTokenLifetime = TimeSpan.FromSeconds(builder.Configuration.GetValue("Demo:AccessTokenSeconds", 600)),
            },
            CancellationToken.None);
        builder.Services.AddHostedService(_ => new DemoServerLifetime(server));
        return server.Address;
    }

    private sealed class DemoServerLifetime(DemoServer server) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public async Task StopAsync(CancellationToken cancellationToken) => await server.DisposeAsync();
    }
#endif
}
