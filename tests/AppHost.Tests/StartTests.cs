using GatewayStack.AppHost.Tests.Stacks;
using GatewayStack.TestServers;

namespace GatewayStack.AppHost.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData("--Infrastructure=nonsense", "use auto, containers, installed or embedded")]
    [InlineData("--FrontDoorPort=http", "FrontDoorPort 'http' is no port")]
    [InlineData("--Instances:policy=2", "needs servers that the instances share")]
    [InlineData("--Keycloak=true", "needs a container engine")]
    public async Task A_refusal_is_one_line_and_leaves_nothing_running(string argument, string remedy)
    {
        var cancel = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("gatewaystack-refused-");
        try
        {
            await using var refused = AppHostProcess.Start("--Infrastructure=embedded", $"--Infrastructure:Data={data.FullName}", $"--FrontDoorPort={TestPorts.Pair()}", argument);
            (await refused.WaitForExitAsync(cancel)).ShouldBe(2);
            var line = refused.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(l => !l.StartsWith("Infrastructure: ", StringComparison.Ordinal)).ShouldHaveSingleItem();
            line.ShouldStartWith("GatewayStack does not start: ");
            line.ShouldContain(remedy);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
