using GatewayStack.Router.Modules;
using GatewayStack.Router.Routing;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Modules;

public class ModuleBreakerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Nobody_has_been_served_before_the_first_good_probe()
    {
        var breaker = Breaker();
        breaker.State.ShouldBe(ModuleState.Unknown);
        breaker.Probed(well: false);
        breaker.State.ShouldBe(ModuleState.Open);
        breaker.Probed(well: true);
        breaker.State.ShouldBe(ModuleState.Closed);
    }

    [Fact]
    public void One_lost_probe_is_an_accident_and_two_open_it()
    {
        var breaker = Known();
        foreach (var (well, open) in new[] { (false, false), (true, false), (false, false), (false, true), (false, true), (true, false) })
        {
            breaker.Probed(well);
            breaker.IsOpen.ShouldBe(open);
        }
    }

    [Fact]
    public void After_failures_a_probe_closes_it_when_the_break_is_over()
    {
        var breaker = Known();
        Fail(breaker);
        breaker.IsOpen.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1999));
        breaker.Probed(well: true);
        breaker.IsOpen.ShouldBeTrue();
        _time.Advance(TimeSpan.FromMilliseconds(1));
        breaker.IsOpen.ShouldBeTrue();
        breaker.Probed(well: true);
        breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void The_break_grows_while_it_keeps_opening_and_is_short_again_after_a_while()
    {
        var breaker = Known();
        foreach (var seconds in new[] { 2, 4, 8, 16, 30, 30 })
        {
            Fail(breaker);
            _time.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            breaker.Probed(well: true);
            breaker.IsOpen.ShouldBeTrue();
            _time.Advance(TimeSpan.FromMilliseconds(1));
            breaker.Probed(well: true);
            breaker.IsOpen.ShouldBeFalse();
        }

        _time.Advance(TimeSpan.FromSeconds(20));
        Fail(breaker);
        _time.Advance(TimeSpan.FromSeconds(2));
        breaker.Probed(well: true);
        breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void What_opened_it_does_not_open_it_again()
    {
        var breaker = Known();
        Fail(breaker);
        _time.Advance(TimeSpan.FromSeconds(2));
        breaker.Probed(well: true);
        breaker.Failed("person 0");
        breaker.IsOpen.ShouldBeFalse();
    }

    [Fact]
    public void Senders_whom_nobody_knows_say_nothing()
    {
        var breaker = Known();
        for (var i = 0; i < 100; i++)
        {
            breaker.Failed(sender: null);
        }

        breaker.IsOpen.ShouldBeFalse();
    }

    [Theory]
    [InlineData("FailureRatio=1", true)]
    [InlineData("MinimumThroughput=11", false)]
    [InlineData("minimumthroughput=10", true)]
    public void Its_settings_are_its_own(string setting, bool open)
    {
        var breaker = Known("Router:Breakers:POLICY:" + setting, "Router:Breakers:limits:MinimumThroughput=1000");
        Fail(breaker);
        breaker.IsOpen.ShouldBe(open);
    }

    private static void Fail(ModuleBreaker breaker)
    {
        for (var i = 0; i < 10; i++)
        {
            breaker.Failed("person " + (i % 5));
        }
    }

    private ModuleBreaker Known(params string[] settings)
    {
        var breaker = Breaker(settings);
        breaker.Probed(well: true);
        return breaker;
    }

    private ModuleBreaker Breaker(params string[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => s.Split('=')).Select(p => new KeyValuePair<string, string?>(p[0], p[1]))).Build();
        var store = new RouterSnapshotStore(configuration, NullLogger<RouterSnapshotStore>.Instance);
        store.Errors.ShouldBeEmpty();
        return new ModuleBreaker("policy", store, _time, Exchanges.Metrics(), NullLogger<ModuleBreaker>.Instance);
    }
}
