using GatewayStack.EndToEnd.Tests.Services;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>Instances and whole services killed, frozen, cut off, slow, and cut in mid-message; and stopped in turn, as a rollout does.</summary>
[Collection(FaultyStack.Name)]
public sealed class ServiceFaultTests(FaultStack stack)
{
    private static readonly string[] Modules = ["identity", "transform", "policy", "limits"];

    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(2.1);

    /// <summary>An attempt up to its deadline fits in. Where something must come of it, a campaign waits until it has.</summary>
    private static readonly TimeSpan LongerThanADeadline = TimeSpan.FromSeconds(4);

    [Fact]
    public Task One_instance_of_every_module_is_killed() => Campaign.RunAsync(stack, new Fault(
        "one instance of every module: killed",
        round => EachAsync(round, p => p.KillAsync()),
        round => EachAsync(round, RestartAsync)));

    [Fact]
    public Task One_instance_of_every_module_is_frozen() => Campaign.RunAsync(stack, new Fault(
        "one instance of every module: frozen",
        round => EachAsync(round, p => p.SignalAsync("STOP")),
        round => EachAsync(round, p => p.SignalAsync("CONT")))
    {
        EveryDay = 3,
        Lasts = LongerThanADeadline,
    });

    [Theory]
    [InlineData("identity")]
    [InlineData("transform")]
    [InlineData("policy")]
    [InlineData("limits")]
    public Task All_instances_are_killed(string module) => Campaign.RunAsync(stack, Away(new Fault(
        $"{module}: killed",
        _ => Task.WhenAll(stack.Services.Of(module).Select(p => p.KillAsync())),
        _ => Task.WhenAll(stack.Services.Of(module).Select(RestartAsync))), module));

    [Theory]
    [InlineData("identity")]
    [InlineData("transform")]
    [InlineData("policy")]
    [InlineData("limits")]
    public Task All_instances_are_frozen(string module) => Campaign.RunAsync(stack, Away(new Fault(
        $"{module}: frozen",
        _ => Task.WhenAll(stack.Services.Of(module).Select(p => p.SignalAsync("STOP"))),
        _ => Task.WhenAll(stack.Services.Of(module).Select(p => p.SignalAsync("CONT")))), module) with
    {
        EveryDay = 3,
        Lasts = LongerThanADeadline,
    });

    [Fact]
    public Task All_modules_are_slow() => Campaign.RunAsync(stack, new Fault("every module: slow", _ => SetAsync(Modules, Chaos.Slow), _ => SetAsync(Modules, Chaos.None)));

    [Theory]
    [InlineData("identity", "connections refused", nameof(Chaos.Refuse))]
    [InlineData("identity", "cut in mid-message", nameof(Chaos.Cut))]
    [InlineData("transform", "connections refused", nameof(Chaos.Refuse))]
    [InlineData("transform", "cut in mid-message", nameof(Chaos.Cut))]
    [InlineData("policy", "connections refused", nameof(Chaos.Refuse))]
    [InlineData("policy", "cut in mid-message", nameof(Chaos.Cut))]
    [InlineData("limits", "connections refused", nameof(Chaos.Refuse))]
    [InlineData("limits", "cut in mid-message", nameof(Chaos.Cut))]
    public Task A_module_is_hard_to_reach(string module, string how, string mode)
    {
        var fault = new Fault($"{module}: {how}", BeginAsync, _ => SetAsync([module], Chaos.None));
        return Campaign.RunAsync(stack, mode == nameof(Chaos.Refuse) ? Away(fault, module) : fault);

        async Task BeginAsync(int round)
        {
            if (round > 0)
            {
                // A breaker that opens again at once stays open for longer each time.
                await Task.Delay(Calm, TestContext.Current.CancellationToken);
            }

            await SetAsync([module], Enum.Parse<Chaos>(mode));
        }
    }

    [Fact]
    public Task Audit_is_killed_in_the_middle_of_its_batches() => Campaign.RunAsync(stack, new Fault(
        "audit: killed",
        _ => stack.Services.Of("audit")[0].KillAsync(),
        _ => RestartAsync(stack.Services.Of("audit")[0]))
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
    });

    [Fact]
    public Task Audit_is_frozen() => Campaign.RunAsync(stack, new Fault(
        "audit: frozen",
        _ => stack.Services.Of("audit")[0].SignalAsync("STOP"),
        _ => stack.Services.Of("audit")[0].SignalAsync("CONT"))
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
    });

    [Theory]
    [InlineData("identity", "transform")]
    [InlineData("policy", "limits")]
    [InlineData("audit")]
    public Task Nobody_notices_a_rollout(params string[] modules) => Campaign.RunAsync(stack, new Fault(
        $"{string.Join(" and ", modules)}: rolled out",
        round => Task.WhenAll(modules.Select(async m => (await InTurn(m, round).TerminateAsync()).ShouldBe(0))),
        round => Task.WhenAll(modules.Select(m => RestartAsync(InTurn(m, round)))))
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
        Lasts = TimeSpan.Zero,
    });

    [Fact]
    public Task Nobody_who_was_let_in_notices_a_rollout_of_the_front_door() => Campaign.RunAsync(stack, new Fault(
        "router: rolled out",
        async _ => (await stack.Services.Router.TerminateAsync()).ShouldBe(0),
        _ => RestartAsync(stack.Services.Router))
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
        BehindBalancer = true,
        Lasts = TimeSpan.Zero,
    });

    [Fact]
    public Task The_front_door_is_killed() => Campaign.RunAsync(stack, new Fault(
        "router: killed",
        _ => stack.Services.Router.KillAsync(),
        _ => RestartAsync(stack.Services.Router))
    {
        BehindBalancer = true,
        MayBreakOff = true,
    });

    private static Fault Away(Fault fault, string module) => module switch
    {
        "transform" => fault with { Row = Rows.GoOnUnseen, Marks = "transform" },
        "limits" => fault with { Row = Rows.GoOnCapped, Marks = "limits" },
        _ => fault with { Row = Rows.Deny, Refuses = true },
    };

    private ServiceProcess InTurn(string module, int round) => stack.Services.Of(module)[round % stack.Services.Of(module).Count];

    private Task EachAsync(int round, Func<ServiceProcess, Task> act) => Task.WhenAll(Modules.Select(m => act(InTurn(m, round))));

    private Task SetAsync(IEnumerable<string> modules, Chaos mode)
    {
        foreach (var link in modules.SelectMany(stack.LinksOf))
        {
            link.Set(mode);
        }

        return Task.CompletedTask;
    }

    private static async Task RestartAsync(ServiceProcess process)
    {
        await process.StartAsync();
        await process.BecomeHealthyAsync();
    }
}
