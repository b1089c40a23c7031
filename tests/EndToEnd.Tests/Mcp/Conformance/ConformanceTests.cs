using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.McpUpstream;

namespace GatewayStack.EndToEnd.Tests.Mcp.Conformance;

/// <summary>The official suite, against the upstream directly and through the gateway: the gateway makes nothing worse.</summary>
[Collection(McpTests.Name)]
public sealed class ConformanceTests(McpGateway gateway, ITestOutputHelper output)
{
    private const string Newest = "2026-07-28";

    /// <summary>What the C# SDK itself does otherwise: its answer to an unknown version names more versions than its <c>server/discover</c>.</summary>
    private static readonly string[] NotPassedDirectly = ["server-stateless"];

    [Theory]
    [InlineData("2025-11-25", 30)]
    [InlineData(Newest, 37)]
    public async Task Through_the_gateway_nothing_gets_worse(string revision, int required)
    {
        await using var upstream = await UpstreamServer.StartAsync(new UpstreamOptions());
        var direct = await ConformanceRun.RunAsync(upstream.Address + "mcp", "--requirements", revision);
        Tell("direct", direct);
        direct.Scenarios.Keys.Count(s => !direct.NotScored.Contains(s)).ShouldBe(required, direct.Output);
        direct.RequiredThatFailed.ShouldBe(revision == Newest ? NotPassedDirectly : []);

        await using var proxy = await ProxyAsync("conformance");
        var through = await ConformanceRun.RunAsync(proxy.Url, "--requirements", revision);
        Tell("through the gateway", through);
        through.WorseThan(direct).ShouldBeEmpty();
        through.RequiredThatFailed.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("http-header-validation")]
    [InlineData("http-custom-header-server-validation")]
    public async Task Headers_are_checked_in_front_of_a_server_that_checks_none(string scenario)
    {
        await using var upstream = await UpstreamServer.StartAsync(new UpstreamOptions());
        var direct = await ConformanceRun.RunAsync(upstream.Address + "bare", "--scenario", scenario, "--spec-version", Newest);
        direct.Output.ShouldContain("FAILURE");

        await using var proxy = await ProxyAsync("bare");
        var through = await ConformanceRun.RunAsync(proxy.Url, "--scenario", scenario, "--spec-version", Newest);
        output.WriteLine(through.Output);
        through.Output.ShouldNotContain("FAILURE");
    }

    private async Task<TokenProxy> ProxyAsync(string server) => await TokenProxy.StartAsync(gateway.Route(server), gateway.Token(Caller.New(McpGateway.Scope)));

    private void Tell(string how, ConformanceRun run)
    {
        output.WriteLine($"{how}: {run.Scenarios.Values.Sum(s => s.Passed)} checks passed, {run.Scenarios.Values.Sum(s => s.Failed)} failed; not passed: "
            + string.Join(", ", run.Scenarios.Where(s => s.Value.Failed > 0).Select(s => $"{s.Key} ({s.Value.Failed})").Order(StringComparer.Ordinal)));
    }
}
