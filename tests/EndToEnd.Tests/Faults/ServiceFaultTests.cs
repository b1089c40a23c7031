using GatewayStack.EndToEnd.Tests.Services;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>Instances and whole services killed, frozen, cut off, slow, and cut in mid-message; and stopped in turn, as a rollout does.</summary>
[Collection(FaultyStack.Name)]
public sealed class ServiceFaultTests(FaultStack stack)
{
    private static readonly string[] Modules = ["identity", "transform", "policy", "limits"];

    /// <summary>An attempt up to its deadline fits in.</summary>
    private static readonly TimeSpan LongerThanADeadline = TimeSpan.FromSeconds(4);

    [Fact]
    public Task One_instance_of_every_module_is_killed_and_frozen() => Campaign.RunAsync(
        stack,
        new Fault("one instance of every module: killed", round => EachAsync(round, p => p.KillAsync()), round => EachAsync(round, p => p.StartAgainAsync())),
        new Fault("one instance of every module: frozen", round => EachAsync(round, p => p.SignalAsync("STOP")), round => EachAsync(round, p => p.SignalAsync("CONT")))
        {
            Lasts = LongerThanADeadline,
        });

    [Fact]
    public async Task The_only_instance_of_a_module_is_killed()
    {
        var others = Modules.Select(m => stack.Services.Of(m)[1]).ToList();
        await Task.WhenAll(others.Select(p => p.TerminateAsync()));
        try
        {
            await Campaign.RunAsync(stack, [.. Modules.Select(m => Away(m, new Fault(
                $"{m}: killed",
                _ => stack.Services.Of(m)[0].KillAsync(),
                _ => stack.Services.Of(m)[0].StartAgainAsync())))]);
        }
        finally
        {
            await Task.WhenAll(others.Select(p => p.StartAgainAsync()));
        }
    }

    [Fact]
    public Task All_instances_of_a_module_are_frozen() => Campaign.RunAsync(stack, [.. Modules.Select(m => Away(m, new Fault(
        $"{m}: frozen",
        _ => AllAsync(m, p => p.SignalAsync("STOP")),
        _ => AllAsync(m, p => p.SignalAsync("CONT")))))]);

    [Fact]
    public Task A_module_is_hard_to_reach() => Campaign.RunAsync(
        stack,
        [
            .. Modules.Select(m => Away(m, stack.Hinder(m + ": connections refused", LinksOf(m), Chaos.Refuse))),
            .. Modules.Select(m => stack.Hinder(m + ": cut in mid-message", LinksOf(m), Chaos.Cut)),
            stack.Hinder("every module: slow", Modules.SelectMany(LinksOf), Chaos.Slow),
        ]);

    [Fact]
    public Task Nobody_notices_that_audit_is_killed_in_mid_batch_frozen_and_hard_to_reach() => Campaign.RunAsync(
        stack,
        [
            .. ((Fault[])
            [
                new("audit: killed", _ => AllAsync("audit", p => p.KillAsync()), _ => AllAsync("audit", p => p.StartAgainAsync())),
                new("audit: frozen", _ => AllAsync("audit", p => p.SignalAsync("STOP")), _ => AllAsync("audit", p => p.SignalAsync("CONT"))),
                Asked("audit: connections refused", Chaos.Refuse, 503),
                Asked("audit: slow", Chaos.Slow, 200),
                Asked("audit: cut in mid-message", Chaos.Cut, 503),
            ]).Select(f => f with { Row = Rows.GoOn, NobodyNotices = true }),
        ]);

    [Fact]
    public Task Nobody_notices_a_rollout() => Campaign.RunAsync(stack, RolledOut("identity", "transform", "audit"), RolledOut("policy", "limits"));

    [Fact]
    public Task Nobody_who_was_let_in_notices_a_rollout_of_the_front_door() => Campaign.RunAsync(stack, RolledOut("router") with { BehindBalancer = true });

    [Fact]
    public Task The_front_door_is_killed() => Campaign.RunAsync(stack, new Fault(
        "router: killed",
        _ => stack.Services.Router.KillAsync(),
        _ => stack.Services.Router.StartAgainAsync())
    {
        BehindBalancer = true,
        MayBreakOff = true,
    });

    private static Fault Away(string module, Fault fault) => module switch
    {
        "transform" => fault with { Row = Rows.GoOnUnseen, Marks = "transform" },
        "limits" => fault with { Row = Rows.GoOnCapped, Marks = "limits" },
        _ => fault with { Row = Rows.Deny, Refuses = true },
    };

    private Fault RolledOut(params string[] modules) => new(
        $"{string.Join(", ", modules)}: rolled out",
        round => Task.WhenAll(modules.Select(async m => (await InTurn(m, round).TerminateAsync()).ShouldBe(0))),
        round => Task.WhenAll(modules.Select(m => InTurn(m, round).StartAgainAsync())))
    {
        Row = Rows.GoOn,
        NobodyNotices = true,
        Lasts = TimeSpan.Zero,
    };

    /// <summary>What the front door asks of Audit with Kafka between them is what people ask it; they are told that it is away.</summary>
    private Fault Asked(string name, Chaos mode, int status)
    {
        var token = stack.Issuer.Token(stack.People[0]);
        return stack.Hinder(name, ["audit/http"], mode) with
        {
            Asks = async () => (await stack.Front.GetAsync("/me/clients", token)).ShouldBeStatus(status),
        };
    }

    private IEnumerable<string> LinksOf(string module) => stack.Services.Of(module).Select(p => p.Name);

    private ServiceProcess InTurn(string module, int round) => stack.Services.Of(module)[round % stack.Services.Of(module).Count];

    private Task EachAsync(int round, Func<ServiceProcess, Task> act) => Task.WhenAll(Modules.Select(m => act(InTurn(m, round))));

    private Task AllAsync(string module, Func<ServiceProcess, Task> act) => Task.WhenAll(stack.Services.Of(module).Select(act));
}
