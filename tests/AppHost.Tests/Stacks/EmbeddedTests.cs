using GatewayStack.TestServers;

namespace GatewayStack.AppHost.Tests.Stacks;

/// <summary>Six services and no server, as a user starts and stops them.</summary>
[Collection(nameof(Stacks))]
public sealed class EmbeddedTests
{
    [Fact]
    public async Task Both_directions_work_a_crash_leaves_no_process_and_loses_no_record_and_Ctrl_C_ends_it_in_order()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are counted in /proc.");
        var cancel = TestContext.Current.CancellationToken;
        var data = Directory.CreateTempSubdirectory("gatewaystack-embedded-");
        try
        {
            var door = TestPorts.Pair();
            string[] arguments = ["--Infrastructure=embedded", $"--Infrastructure:Data={data.FullName}", $"--FrontDoorPort={door}"];
            using var client = new StackClient(new Uri($"http://127.0.0.1:{door}"));
            await using (var first = AppHostProcess.Start(arguments))
            {
                await first.WaitUntilUpAsync(cancel);
                first.Output.ShouldContain("Infrastructure: embedded (asked for)");
                first.Output.ShouldContain($"GatewayStack listens on http://127.0.0.1:{door} (administration on http://127.0.0.1:{door + 1})");
                first.Output.ShouldMatch(@"Dashboard: http://127\.0\.0\.1:\d+/login\?t=[0-9a-f]+");
                await BothDirections.WorkAsync(client, cancel);

                await using (var second = AppHostProcess.Start(arguments))
                {
                    (await second.WaitForExitAsync(cancel)).ShouldBe(2);
                    second.Output.Trim().ShouldStartWith("GatewayStack does not start: another AppHost runs on " + data.FullName);
                    second.Output.Trim().ShouldNotContain('\n');
                }

                StackProcesses.Find(data.FullName, first.Id).Count(p => p.EndsWith(".Service ", StringComparison.Ordinal)).ShouldBe(6);
                first.Crash();
                await first.WaitForExitAsync(cancel);
                await StackProcesses.WaitUntilGoneAsync(data.FullName, first.Id, cancel);
            }

            await using var again = AppHostProcess.Start(arguments);
            await again.WaitUntilUpAsync(cancel);
            await BothDirections.ADoctorIsAnsweredAsync(client, cancel);
            await BothDirections.UntilAsync(async () => await client.CountAsync("outcome", cancel) >= 3, cancel);
            again.PressCtrlC();
            (await again.WaitForExitAsync(cancel)).ShouldBe(0, again.Output);
            await StackProcesses.WaitUntilGoneAsync(data.FullName, again.Id, cancel);
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }
}
