using GatewayStack.Demo.Backends;
using GatewayStack.Demo.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Demo.Tests.Backends;

public sealed class GatewayKeysTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(TimeProvider.System.GetUtcNow());
    private StubGateway? _gateway;

    private StubGateway Gateway => _gateway ?? throw new InvalidOperationException("Not started.");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _gateway = await StubGateway.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_rotated_key_is_accepted_by_the_request_that_brings_it()
    {
        using var client = new GatewayClient();
        var addresses = Addresses();
        using var keys = new GatewayKeys(client, addresses, _time, NullLogger<GatewayKeys>.Instance);
        var verifier = new GatewayAssertionVerifier("calendar", addresses, keys, _time);
        (await verifier.VerifyAsync(Gateway.Assert(), Cancel)).IsVerified.ShouldBeTrue();
        Gateway.Rotated = true;
        _time.Advance(GatewayKeys.RefreshInterval);
        (await verifier.VerifyAsync(Gateway.Assert(second: true), Cancel)).IsVerified.ShouldBeTrue();
        Gateway.KeySetReads.ShouldBe(2);
    }

    [Fact]
    public async Task Unknown_keys_do_not_flood_the_gateway()
    {
        using var client = new GatewayClient();
        var addresses = Addresses();
        using var keys = new GatewayKeys(client, addresses, _time, NullLogger<GatewayKeys>.Instance);
        var verifier = new GatewayAssertionVerifier("calendar", addresses, keys, _time);
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => verifier.VerifyAsync(Gateway.Assert(second: true), Cancel)));
        results.ShouldAllBe(r => !r.IsVerified);
        Gateway.KeySetReads.ShouldBe(1);
    }

    private DemoAddresses Addresses() => new(new DemoServerOptions { GatewayUrl = Gateway.Address }, new NoServer());

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Dispose()
        {
        }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
