using GatewayStack.Identity.Metadata;
using GatewayStack.Identity.Tests.Support;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Identity.Tests.Metadata;

public sealed class PublicAddressTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("http://127.0.0.1:8080", "http://127.0.0.1:8080")]
    [InlineData("http://localhost:8080/", "http://localhost:8080")]
    [InlineData("http://[::]:8080", "http://127.0.0.1:8080")]
    [InlineData("https://*:8443", "https://127.0.0.1:8443")]
    [InlineData("http://+:80", "http://127.0.0.1:80")]
    [InlineData("http://0.0.0.0:5000", "http://127.0.0.1:5000")]
    [InlineData("http://[::1]:5000", "http://[::1]:5000")]
    public void The_first_bound_address_is_the_default(string bound, string expected) => Address(new BoundServer(bound, "http://127.0.0.1:8081")).Get().ShouldBe(expected);

    [Fact]
    public void What_is_configured_comes_first() => Address(new BoundServer("http://127.0.0.1:8080"), "https://gateway.example/").Get().ShouldBe("https://gateway.example");

    [Theory]
    [InlineData()]
    [InlineData("http://127.0.0.1:0")]
    public void Before_the_server_is_bound_there_is_none(params string[] addresses) => Should.Throw<InvalidOperationException>(() => Address(new BoundServer(addresses)).Get());

    private PublicAddress Address(IServer server, string? configured = null)
    {
        var settings = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Identity:PublicUrl"] = configured, ["Data:Path"] = _folder.Path };
        var services = new ServiceCollection();
        services.AddSingleton(server);
        services.AddGatewayIdentity(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return services.BuildServiceProvider().GetRequiredService<PublicAddress>();
    }

    private sealed class BoundServer : IServer
    {
        public BoundServer(params string[] addresses)
        {
            var feature = new Addresses();
            foreach (var address in addresses)
            {
                feature.Known.Add(address);
            }

            Features.Set<IServerAddressesFeature>(feature);
        }

        public IFeatureCollection Features { get; } = new FeatureCollection();

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose()
        {
        }
    }

    private sealed class Addresses : IServerAddressesFeature
    {
        public List<string> Known { get; } = [];

        ICollection<string> IServerAddressesFeature.Addresses => Known;

        public bool PreferHostingUrls { get; set; }
    }
}
