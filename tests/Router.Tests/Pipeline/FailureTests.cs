using System.Net;
using GatewayStack.Contracts.Events;
using GatewayStack.Contracts.Limits;
using GatewayStack.Contracts.Router;
using GatewayStack.Contracts.Transform;
using GatewayStack.Router.Tests.Support;
using GatewayStack.TestServers;
using Microsoft.Extensions.DependencyInjection;

namespace GatewayStack.Router.Tests.Pipeline;

/// <summary>The design's table: what each stage does when what it depends on is broken, and the declared modes.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private StubServer _provider = null!;
    private string[] _settings = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await StubServer.StartAsync();
        _settings = ["Router:Providers:p:BaseUrl=" + _provider.Address, "Router:Models:0:Name=m", "Router:Models:0:Targets:0:Provider=p", "Router:AllowanceWithoutLimits=2"];
    }

    public ValueTask DisposeAsync() => _provider.DisposeAsync();

    [Theory]
    [InlineData("identify", true)]
    [InlineData("identify", false)]
    [InlineData("decide", true)]
    [InlineData("decide", false)]
    [InlineData("inspect", false)]
    [InlineData("reserve", false)]
    public async Task A_stage_that_may_not_go_on_without_its_module_refuses(string stage, bool neverReached)
    {
        await using var gateway = await StartAsync();
        Break(gateway, stage, neverReached ? new ModuleCallException(stage, ModuleFault.NeverReached) : new InvalidOperationException("died"));
        using var response = await gateway.ChatAsync(Wire.Ask());
        ((int)response.StatusCode).ShouldBe(503);
        (await response.CodeAsync()).ShouldBe("gateway_unavailable");
        response.Header("retry-after").ShouldBe("1");
        gateway.Journal.Lines.Count(l => l == stage).ShouldBe(2);
        gateway.Log.Events.ShouldHaveSingleItem().Reason.ShouldBe(stage + "_unavailable");
        _provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Without_transform_a_request_goes_on_with_a_warning()
    {
        await using var gateway = await StartAsync();
        Break(gateway, "inspect", new ModuleCallException("transform", ModuleFault.NeverReached));
        using var marked = new Counted(gateway, "gatewaystack.degraded");
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        response.Header("x-gateway-degraded").ShouldBe("transform");
        marked["transform"].ShouldBe(1);
        marked.Labels.ShouldBe(["transform"]);
        gateway.Policy.Questions.ShouldHaveSingleItem().Content.Status.ShouldBe(ContentStatus.Unavailable);
        var outcome = await gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Degraded.ShouldBe(["transform"]);
        outcome.Content!.Status.ShouldBe("unavailable");
    }

    [Fact]
    public async Task Without_limits_a_capped_number_of_each_tenant_goes_on()
    {
        await using var gateway = await StartAsync();
        Break(gateway, "reserve", new ModuleCallException("limits", ModuleFault.NeverReached));
        using var marked = new Counted(gateway, "gatewaystack.degraded");
        foreach (var (token, expected) in new[] { ("alice", 200), ("nora", 200), ("alice", 503), ("frank", 200) })
        {
            using var response = await gateway.ChatAsync(Wire.Ask(), token);
            ((int)response.StatusCode).ShouldBe(expected);
            response.Header("x-gateway-degraded").ShouldBe("limits");

            // Limits may hold something all the same: it is told what was used, or that nothing was.
            (await gateway.Limits.SettledAsync(response.RequestId())).Attempts.Length.ShouldBe(expected == 200 ? 1 : 0);
        }

        marked["limits"].ShouldBe(4);
    }

    [Theory]
    [InlineData(ModuleFault.Broken)]
    [InlineData(ModuleFault.NeverReached)]
    public async Task What_limits_may_hold_without_having_said_so_is_given_back(ModuleFault fault)
    {
        await using var gateway = await StartAsync("Router:OnUnavailable:Limits=deny");
        Break(gateway, "reserve", new ModuleCallException("limits", fault));
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_limits_may_hold_for_a_caller_who_hangs_up_meanwhile_is_given_back()
    {
        await using var gateway = await StartAsync();
        var asked = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Limits.OnReserve = async request =>
        {
            asked.SetResult(request.RequestId);
            await Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
            return null!;
        };
        using var hangUp = new CancellationTokenSource();
        var pending = gateway.ChatAsync(Wire.Ask(), leaving: hangUp);
        var requestId = await asked.Task.WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        await hangUp.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => pending);
        (await gateway.Limits.SettledAsync(requestId)).Attempts.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_an_attempt_may_still_hold_is_given_back_when_the_next_one_was_refused()
    {
        var time = new SignallingTime();
        await using var gateway = await GatewayUnderTest.StartAsync(b => b.Services.AddSingleton<TimeProvider>(time), _settings);
        var late = new TaskCompletionSource();
        var attempts = 0;
        gateway.Limits.OnReserve = async request =>
        {
            if (++attempts == 1)
            {
                await late.Task;
                return LimitsDouble.Held(request);
            }

            return LimitsDouble.Refused(LimitsEffect.Deny);
        };
        var before = time.DueTimes.Count;
        var pending = gateway.ChatAsync(Wire.Ask());
        await time.TimerAsync(before + 1).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(5));
        using var response = await pending;
        ((int)response.StatusCode).ShouldBe(429);
        (await gateway.Limits.SettledAsync(response.RequestId())).Attempts.ShouldBeEmpty();
        late.SetResult();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_limits_does_not_hold_is_not_given_back(bool asked)
    {
        await using var gateway = asked ? await StartAsync() : await StartAsync("Limits:Mode=off");
        gateway.Limits.OnReserve = _ => Task.FromResult(LimitsDouble.Refused(LimitsEffect.Deny));
        using (var response = await gateway.ChatAsync(Wire.Ask()))
        {
            ((int)response.StatusCode).ShouldBe(asked ? 429 : 200);
        }

        gateway.Limits.Settlements.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_allowance_is_one_of_every_minute()
    {
        var time = new SignallingTime();
        await using var gateway = await GatewayUnderTest.StartAsync(b => b.Services.AddSingleton<TimeProvider>(time), _settings);
        Break(gateway, "reserve", new ModuleCallException("limits", ModuleFault.NeverReached));
        using var marked = new Counted(gateway, "gatewaystack.degraded");
        foreach (var expected in new[] { 200, 200, 503 })
        {
            using var response = await gateway.ChatAsync(Wire.Ask());
            ((int)response.StatusCode).ShouldBe(expected);
        }

        time.Advance(TimeSpan.FromMinutes(1));
        using var next = await gateway.ChatAsync(Wire.Ask());
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("identify")]
    [InlineData("inspect")]
    [InlineData("decide")]
    [InlineData("reserve")]
    public async Task A_module_that_stalls_twice_opens_nothing(string stage)
    {
        var time = new SignallingTime();
        await using var gateway = await GatewayUnderTest.StartAsync(b => b.Services.AddSingleton<TimeProvider>(time), _settings);
        var stall = new TaskCompletionSource();
        gateway.Identity.OnAuthenticate = stage == "identify" ? async (_, _) => { await stall.Task; return null!; } : gateway.Identity.OnAuthenticate;
        gateway.Transform.OnInspect = stage == "inspect" ? async (_, _) => { await stall.Task; return null!; } : gateway.Transform.OnInspect;
        gateway.Policy.OnDecide = stage == "decide" ? async _ => { await stall.Task; return null!; } : gateway.Policy.OnDecide;
        gateway.Limits.OnReserve = stage == "reserve" ? async _ => { await stall.Task; return null!; } : gateway.Limits.OnReserve;
        var before = time.DueTimes.Count;
        var pending = gateway.ChatAsync(Wire.Ask());
        for (var attempt = 1; attempt <= 2; attempt++)
        {
            await time.TimerAsync(before + attempt).WaitAsync(Waiting.Most, TestContext.Current.CancellationToken);
            time.Advance(TimeSpan.FromSeconds(5));
        }

        using var response = await pending;
        ((int)response.StatusCode).ShouldBe(503);
        _provider.Requests.ShouldBeEmpty();
        stall.SetResult();
    }

    [Theory]
    [InlineData("Policy:Mode=observe", "decide")]
    [InlineData("Limits:Mode=observe", "reserve")]
    [InlineData("Transform:Mode=observe", "inspect")]
    public async Task A_module_that_observes_records_and_lets_go_on(string mode, string stage)
    {
        await using var gateway = await StartAsync(mode);
        gateway.Policy.OnDecide = stage == "decide" ? _ => Task.FromResult(PolicyDouble.Denied) : gateway.Policy.OnDecide;
        gateway.Limits.OnReserve = stage == "reserve" ? _ => Task.FromResult(LimitsDouble.Refused(LimitsEffect.Deny)) : gateway.Limits.OnReserve;
        gateway.Transform.OnInspect = stage == "inspect"
            ? (_, _) => Task.FromResult(new InspectionResult { Status = InspectionStatus.Refused, Metadata = new ContentMetadata { Status = ContentStatus.Unspecified } })
            : gateway.Transform.OnInspect;
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Journal.Lines.ShouldContain(stage);
        var outcome = await gateway.Log.AppendedAsync(EventTypes.Outcome);
        (stage switch { "decide" => outcome.Modes.Policy, "reserve" => outcome.Modes.Limits, _ => outcome.Modes.Transform }).ShouldBe(ModuleMode.Observe);
        (stage switch { "decide" => outcome.Decision!.Effect, "reserve" => outcome.Limits!.Effect, _ => outcome.Content!.Status }).ShouldBe(stage == "inspect" ? "unavailable" : "deny");
    }

    [Theory]
    [InlineData("Policy:Mode=off", "decide")]
    [InlineData("Limits:Mode=off", "reserve")]
    [InlineData("Transform:Mode=off", "inspect")]
    public async Task A_module_that_is_off_is_not_asked(string mode, string stage)
    {
        await using var gateway = await StartAsync(mode);
        Break(gateway, stage, new InvalidOperationException("asked"));
        using var response = await gateway.ChatAsync(Wire.Ask());
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Journal.Lines.ShouldNotContain(stage);
        var outcome = await gateway.Log.AppendedAsync(EventTypes.Outcome);
        outcome.Degraded.ShouldBeEmpty();
        (stage switch { "decide" => outcome.Modes.Policy, "reserve" => outcome.Modes.Limits, _ => outcome.Modes.Transform }).ShouldBe(ModuleMode.Off);
    }

    [Theory]
    [InlineData("Policy:Mode=observe")]
    [InlineData("Policy:Mode=off")]
    public async Task No_mode_opens_our_own_endpoints(string mode)
    {
        await using var gateway = await StartAsync(mode);
        using var response = await gateway.SendAsync(HttpMethod.Get, "/audit/events", token: "nora");
        response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await response.CodeAsync()).ShouldBe("insufficient_scope");
        gateway.Journal.Lines.ShouldNotContain("handle audit.events");
    }

    private static void Break(GatewayUnderTest gateway, string stage, Exception fault)
    {
        switch (stage)
        {
            case "identify": gateway.Identity.OnAuthenticate = (_, _) => throw fault; break;
            case "inspect": gateway.Transform.OnInspect = (_, _) => throw fault; break;
            case "decide": gateway.Policy.OnDecide = _ => throw fault; break;
            default: gateway.Limits.OnReserve = _ => throw fault; break;
        }
    }

    // Its time stands still: no deadline passes on a busy machine, and no minute turns.
    private Task<GatewayUnderTest> StartAsync(params string[] settings) =>
        GatewayUnderTest.StartAsync(b => b.Services.AddSingleton<TimeProvider>(new SignallingTime()), [.. _settings, .. settings]);
}
