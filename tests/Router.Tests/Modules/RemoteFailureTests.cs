using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Router;
using GatewayStack.Router.Modules;
using GatewayStack.Router.Tests.Support;

namespace GatewayStack.Router.Tests.Modules;

/// <summary>Modules on the other side of a wire: whose fault an end is, who can open a breaker, and what holds while it is open.</summary>
public sealed class RemoteFailureTests
{
    [Theory]
    [InlineData("identity")]
    [InlineData("transform")]
    [InlineData("policy")]
    [InlineData("limits")]
    public async Task What_the_request_is_at_fault_for_is_a_400_and_asked_once(string module)
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Break(module, () => new ModuleCallException(module, ModuleFault.Request));
        using var response = await remote.Gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(400);
        (await response.CodeAsync()).ShouldBe("request_not_accepted");
        remote.Calls(StageOf(module)).ShouldBe(1);
        remote.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("identity", ModuleFault.Wiring)]
    [InlineData("transform", ModuleFault.Wiring)]
    [InlineData("policy", ModuleFault.Wiring)]
    [InlineData("limits", ModuleFault.Wiring)]
    [InlineData("transform", ModuleFault.Unspecified)]
    [InlineData("limits", ModuleFault.Unspecified)]
    public async Task A_fault_of_wiring_denies_and_opens_nothing(string module, ModuleFault fault)
    {
        await using var remote = await RemoteGateway.StartAsync(Small(module));
        remote.Break(module, () => new ModuleCallException(module, fault));
        foreach (var person in new[] { "person1", "person2", "person3", "person4" })
        {
            (await remote.AskAsync(person)).Status.ShouldBe(503);
        }

        remote.Calls(StageOf(module)).ShouldBe(4);
        remote.Modules.Find(module)!.IsOpen.ShouldBeFalse();
        remote.Gateway.Log.Events[0].Reason.ShouldBe(StageOf(module) + "_miswired");
        remote.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("transform", "transform", 200)]
    [InlineData("limits", "limits", 200)]
    [InlineData("policy", "", 503)]
    [InlineData("identity", "", 503)]
    public async Task The_row_holds_at_once_where_a_module_was_never_reached(string module, string degraded, int status)
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Break(module, () => new ModuleCallException(module, ModuleFault.NeverReached));
        (await remote.AskAsync("alice")).ShouldBe((status, degraded));
        remote.Calls(StageOf(module)).ShouldBe(2);
    }

    [Theory]
    [InlineData("transform")]
    [InlineData("policy")]
    [InlineData("limits")]
    public async Task One_sender_of_poisoned_requests_opens_no_breaker_for_anyone(string module)
    {
        await using var remote = await RemoteGateway.StartAsync(Small(module));
        remote.Break(module, () => new ModuleCallException(module, ModuleFault.Broken));
        for (var i = 0; i < 30; i++)
        {
            (await remote.AskAsync("person1", "poison " + i)).Status.ShouldBe(503);
        }

        remote.Mend(module);
        remote.Modules.Find(module)!.IsOpen.ShouldBeFalse();
        (await remote.AskAsync("alice")).ShouldBe((200, string.Empty));
    }

    [Theory]
    [InlineData("transform")]
    [InlineData("limits")]
    public async Task Two_senders_do_not_open_it_and_three_do_until_a_probe_says_that_it_is_well(string module)
    {
        await using var remote = await RemoteGateway.StartAsync(Small(module), "Router:AllowanceWithoutLimits=2");
        var breaker = remote.Modules.Find(module)!;
        remote.Break(module, () => new ModuleCallException(module, ModuleFault.Broken));
        for (var i = 0; i < 10; i++)
        {
            (await remote.AskAsync("person1", "a" + i)).Status.ShouldBe(503);
            (await remote.AskAsync("person2", "a" + i)).Status.ShouldBe(503);
        }

        breaker.IsOpen.ShouldBeFalse();
        (await remote.AskAsync("person3")).Status.ShouldBe(503);
        breaker.IsOpen.ShouldBeTrue();

        var calls = remote.Calls(StageOf(module));
        (await remote.AskAsync("alice", "first")).ShouldBe((200, module));
        (await remote.AskAsync("alice", "second")).ShouldBe((200, module));
        (await remote.AskAsync("alice", "third")).ShouldBe((module == ModuleNames.Limits ? 503 : 200, module));
        remote.Calls(StageOf(module)).ShouldBe(calls);
        remote.Gateway.Log.Events.Where(e => e.Type == EventTypes.Outcome).ShouldAllBe(e => e.Degraded.Single() == module);

        remote.Mend(module);
        breaker.Probed(well: true);
        breaker.IsOpen.ShouldBeTrue();
        remote.Time.Advance(TimeSpan.FromSeconds(2));
        breaker.Probed(well: true);
        (await remote.AskAsync("alice", "fourth")).ShouldBe((200, string.Empty));
    }

    [Fact]
    public async Task Policy_denies_behind_an_open_breaker_too()
    {
        await using var remote = await RemoteGateway.StartAsync(Small("policy"));
        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: false);
        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: false);
        (await remote.AskAsync("alice")).Status.ShouldBe(503);
        remote.Calls("decide").ShouldBe(0);
        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: true);
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_prompt_that_kills_the_only_instance_does_not_find_the_door_open()
    {
        await using var remote = await RemoteGateway.StartAsync();
        var calls = 0;
        remote.Break(ModuleNames.Transform, () => new ModuleCallException("transform", ++calls == 1 ? ModuleFault.Broken : ModuleFault.NeverReached));
        (await remote.AskAsync("person1", "poison")).ShouldBe((503, string.Empty));
        (await remote.AskAsync("person1", "poison")).ShouldBe((503, string.Empty));
        calls.ShouldBe(2);

        // After a pause it is asked for again, and it still opens nothing; what others ask goes on by the row.
        remote.Time.Advance(TimeSpan.FromSeconds(5));
        (await remote.AskAsync("person1", "poison")).ShouldBe((503, string.Empty));
        calls.ShouldBe(4);
        remote.Modules.Find(ModuleNames.Transform)!.Probed(well: false);
        remote.Modules.Find(ModuleNames.Transform)!.Probed(well: false);
        (await remote.AskAsync("person1", "poison")).ShouldBe((503, string.Empty));
        (await remote.AskAsync("person2", "poison")).ShouldBe((200, "transform"));
        (await remote.AskAsync("person1", "something else")).ShouldBe((200, "transform"));
        remote.Provider.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Who_was_under_way_in_an_outage_is_served_again_after_it()
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Break(ModuleNames.Policy, () => new ModuleCallException("policy", ModuleFault.Broken));
        (await remote.AskAsync("alice")).Status.ShouldBe(503);
        remote.Mend(ModuleNames.Policy);
        using (var soon = await remote.Gateway.ChatAsync(Wire.Ask()))
        {
            ((int)soon.StatusCode).ShouldBe(503);
            soon.Header("x-should-retry").ShouldBe("false");
            soon.Header("retry-after").ShouldBe("5");
        }

        (await remote.AskAsync("alice", "something else")).Status.ShouldBe(200);
        remote.Time.Advance(TimeSpan.FromSeconds(5));
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_request_that_was_answered_after_all_is_innocent()
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Break(ModuleNames.Limits, () => new ModuleCallException("limits", ModuleFault.Broken));
        (await remote.AskAsync("alice")).ShouldBe((503, string.Empty));
        remote.Mend(ModuleNames.Limits);
        remote.Time.Advance(TimeSpan.FromSeconds(5));
        (await remote.AskAsync("alice")).ShouldBe((200, string.Empty));
        remote.Break(ModuleNames.Limits, () => new ModuleCallException("limits", ModuleFault.NeverReached));
        (await remote.AskAsync("alice")).ShouldBe((200, "limits"));
    }

    [Theory]
    [InlineData("Router:OnUnavailable:Transform=deny", "transform", 503)]
    [InlineData("Router:OnUnavailable:Transform=allow", "transform", 200)]
    [InlineData("Router:OnUnavailable:Limits=deny", "limits", 503)]
    [InlineData("Router:OnUnavailable:Limits=allow", "limits", 200)]
    [InlineData("Router:OnUnavailable:Limits=deny", "limits", 503, 5)]
    [InlineData("Router:OnUnavailable:Limits=allow_capped", "limits", 503)]
    [InlineData("Router:OnUnavailable:Limits=allow_capped", "limits", 200, 5)]
    public async Task Each_environment_has_its_rows(string setting, string module, int status, int allowance = 0)
    {
        await using var remote = await RemoteGateway.StartAsync(setting, $"Router:AllowanceWithoutLimits={allowance}");
        remote.Break(module, () => new ModuleCallException(module, ModuleFault.NeverReached));
        (await remote.AskAsync("alice")).ShouldBe((status, module));
    }

    [Theory]
    [InlineData("transform", ModuleFault.Broken)]
    [InlineData("transform", ModuleFault.Request)]
    [InlineData("transform", ModuleFault.Wiring)]
    [InlineData("transform", ModuleFault.NeverReached)]
    [InlineData("limits", ModuleFault.Broken)]
    [InlineData("limits", ModuleFault.Request)]
    [InlineData("limits", ModuleFault.Wiring)]
    [InlineData("limits", ModuleFault.NeverReached)]
    public async Task A_module_that_only_observes_holds_nothing_up_when_it_fails(string module, ModuleFault fault)
    {
        await using var remote = await RemoteGateway.StartAsync(module + ":Mode=observe", $"Router:OnUnavailable:{module}=deny", "Router:AllowanceWithoutLimits=0");
        remote.Break(module, () => new ModuleCallException(module, fault));
        (await remote.AskAsync("alice")).ShouldBe((200, module));
    }

    [Theory]
    [InlineData(ModuleFault.Broken)]
    [InlineData(ModuleFault.NeverReached)]
    public async Task Policy_never_allows_by_failing_whatever_its_mode(ModuleFault fault)
    {
        await using var remote = await RemoteGateway.StartAsync("Policy:Mode=observe");
        remote.Break(ModuleNames.Policy, () => new ModuleCallException("policy", fault));
        (await remote.AskAsync("alice")).Status.ShouldBe(503);
    }

    [Fact]
    public async Task An_outage_of_ours_counts_against_nobody()
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: false);
        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: false);
        var long100 = new string('x', 100 * 16 * 1024);
        for (var i = 0; i < 13; i++)
        {
            (await remote.AskAsync("alice", long100)).Status.ShouldBe(503);
        }

        remote.Modules.Find(ModuleNames.Policy)!.Probed(well: true);
        (await remote.AskAsync("alice")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Behind_the_backend_too_the_answer_says_what_was_degraded_and_nobody_upstream_does()
    {
        await using var remote = await RemoteGateway.StartAsync();
        remote.Provider.OnRequest = Wire.Answer("{}", headers: ("X-Gateway-Degraded", "identity"));
        using (var whole = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/b/x"))
        {
            whole.Header("x-gateway-degraded").ShouldBeEmpty();
        }

        remote.Break(ModuleNames.Limits, () => new ModuleCallException("limits", ModuleFault.NeverReached));
        using (var degraded = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/b/x"))
        {
            ((int)degraded.StatusCode, degraded.Header("x-gateway-degraded")).ShouldBe((200, "limits"));
        }

        remote.Provider.OnRequest = Wire.Break;
        using var broken = await remote.Gateway.SendAsync(HttpMethod.Get, "/backends/b/x");
        ((int)broken.StatusCode, broken.Header("x-gateway-degraded")).ShouldBe((502, "limits"));
    }

    private static string Small(string module) => $"Router:Breakers:{module}:MinimumThroughput=3";

    private static string StageOf(string module) => module switch { ModuleNames.Identity => "identify", ModuleNames.Transform => "inspect", ModuleNames.Policy => "decide", _ => "reserve" };
}
