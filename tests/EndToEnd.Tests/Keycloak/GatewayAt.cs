using GatewayStack.TestServers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.EndToEnd.Tests.Keycloak;

/// <summary>The whole gateway in this process, on real sockets, at another time: recorded tokens are judged by the clock they were made for.</summary>
internal sealed class GatewayAt : WebApplicationFactory<Program>
{
    private readonly TimeProvider _time;
    private readonly IReadOnlyDictionary<string, string> _settings;

    public GatewayAt(TimeProvider time, IReadOnlyDictionary<string, string> settings)
    {
        _time = time;
        _settings = settings;
        UseKestrel();
        StartServer();
    }

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public override async ValueTask DisposeAsync()
    {
        try
        {
            await base.DisposeAsync();
        }
        catch (AggregateException e) when (e.InnerExceptions.All(inner => inner is ObjectDisposedException))
        {
            // The program disposes of its host when it stops; the factory then stops it a second time.
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Production");
        foreach (var (key, value) in Patience.Settings.Concat(_settings))
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services => services.AddSingleton(_time));
    }
}
