using System.Text.Json;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Doors;

/// <summary>What the front door says of itself while modules are away.</summary>
public sealed class HealthTests
{
    [Theory]
    [InlineData("identity", "unhealthy", 503)]
    [InlineData("policy", "unhealthy", 503)]
    [InlineData("transform", "degraded", 200)]
    [InlineData("limits", "degraded", 200)]
    [InlineData("policy", "degraded", 200, "Policy:Mode=off")]
    [InlineData("policy", "unhealthy", 503, "Policy:Mode=observe")]
    public async Task Red_is_what_nothing_goes_on_without(string module, string word, int status, params string[] settings)
    {
        await using var remote = await RemoteGateway.StartAsync(settings);
        (await AskAsync(remote.Gateway)).ShouldBe((200, "healthy"));
        remote.Modules.Find(module)!.Probed(well: false);
        (await AskAsync(remote.Gateway)).ShouldBe((200, "healthy"));
        remote.Modules.Find(module)!.Probed(well: false);
        (await AskAsync(remote.Gateway)).ShouldBe((status, word));
        using var alive = await remote.Gateway.SendAsync(HttpMethod.Get, "/alive", token: null);
        ((int)alive.StatusCode).ShouldBe(200);

        using var details = JsonDocument.Parse(await DetailsAsync(remote.Gateway));
        details.RootElement.GetProperty("status").GetString().ShouldBe(word);
        details.RootElement.GetProperty("modules").EnumerateObject().Select(m => (m.Name, m.Value.GetProperty("breaker").GetString()!))
            .ShouldBe(ModuleNames.All.Order(StringComparer.Ordinal).Select(m => (m, m == module ? "open" : "closed")));

        remote.Modules.Find(module)!.Probed(well: true);
        (await AskAsync(remote.Gateway)).ShouldBe((200, "healthy"));
    }

    [Fact]
    public async Task Nobody_is_sent_here_before_policy_has_been_reached_once()
    {
        var answer = new TaskCompletionSource<bool>();
        var asked = new TaskCompletionSource();
        await using var gateway = await GatewayUnderTest.StartAsync(b => b.Services.AddSingleton<IModuleProbe>(new ProbeDouble("policy")
        {
            OnProbe = _ =>
            {
                asked.TrySetResult();
                return answer.Task;
            },
        }));
        await asked.Task;
        (await AskAsync(gateway)).ShouldBe((503, "unhealthy"));
    }

    private static async Task<(int Status, string Word)> AskAsync(GatewayUnderTest gateway)
    {
        using var response = await gateway.SendAsync(HttpMethod.Get, "/health", token: null);
        return ((int)response.StatusCode, await response.BodyAsync());
    }

    private static async Task<string> DetailsAsync(GatewayUnderTest gateway)
    {
        using var response = await gateway.Client.GetAsync(new Uri(gateway.Management, "/health/details"), TestContext.Current.CancellationToken);
        return await response.BodyAsync();
    }
}
