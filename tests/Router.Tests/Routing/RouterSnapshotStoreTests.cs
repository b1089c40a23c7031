using GatewayStack.Router.Routing;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GatewayStack.Router.Tests.Routing;

public sealed class RouterSnapshotStoreTests
{
    [Fact]
    public void A_bad_configuration_never_replaces_a_good_one()
    {
        var configuration = new ConfigurationManager { ["Router:Models:0:Name"] = "m", ["Router:Models:0:Targets:0:Provider"] = "p", ["Router:Providers:p:BaseUrl"] = "http://p" };
        using var store = new RouterSnapshotStore(configuration, NullLogger<RouterSnapshotStore>.Instance);
        var good = store.Current;
        configuration["Router:Models:0:Targets:0:Provider"] = "nobody";
        store.Reload().ShouldHaveSingleItem().Key.ShouldBe("Router:Models:0:Targets:0:Provider");
        store.Current.ShouldBeSameAs(good);
        store.Errors.ShouldHaveSingleItem();

        configuration["Router:Models:0:Targets:0:Provider"] = "p";
        configuration["Router:MaxBodyBytes"] = "2048";
        store.Reload().ShouldBeEmpty();
        store.Current.MaxBodyBytes.ShouldBe(2048);
        store.Check().ShouldBeEmpty();
    }

    [Fact]
    public void A_start_without_a_good_one_has_none()
    {
        using var store = new RouterSnapshotStore(new ConfigurationManager { ["Router:EndUser"] = "name" }, NullLogger<RouterSnapshotStore>.Instance);
        store.Check().ShouldHaveSingleItem();
        Should.Throw<InvalidOperationException>(() => store.Current);
    }

    [Fact]
    public async Task A_request_keeps_the_one_it_started_with()
    {
        await using var provider = await StubServer.StartAsync();
        await using var gateway = await GatewayUnderTest.StartAsync("Router:Providers:p:BaseUrl=" + provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p");
        var configuration = gateway.Services.GetRequiredService<IConfiguration>();
        gateway.Policy.OnDecide = q =>
        {
            configuration["Router:Models:0:Name"] = "renamed";
            gateway.Services.GetRequiredService<RouterSnapshotStore>().Reload().ShouldBeEmpty();
            return Task.FromResult(PolicyDouble.Allowed(q));
        };
        using var under = await gateway.ChatAsync(Wire.Ask());
        ((int)under.StatusCode).ShouldBe(200);
        using var after = await gateway.ChatAsync(Wire.Ask());
        ((int)after.StatusCode).ShouldBe(404);
    }
}
