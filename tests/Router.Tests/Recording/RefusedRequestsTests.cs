using GatewayStack.Router.Recording;
using GatewayStack.Router.Tests.Support;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Recording;

public sealed class RefusedRequestsTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 12, 0, 15, TimeSpan.Zero));

    [Fact]
    public void Many_small_refusals_are_borne_and_then_no_more_in_this_minute()
    {
        var refused = new RefusedRequests(_time);
        for (var i = 1; i < RefusedRequests.UnitsPerMinute; i++)
        {
            refused.Count(Callers.Alice, 100);
        }

        refused.MustWait(Callers.Alice).ShouldBeNull();
        refused.Count(Callers.Alice, 100);
        refused.MustWait(Callers.Alice).ShouldBe(TimeSpan.FromSeconds(45));
        refused.MustWait(Callers.Nora).ShouldBeNull();

        _time.Advance(TimeSpan.FromSeconds(45));
        refused.MustWait(Callers.Alice).ShouldBeNull();
    }

    [Fact]
    public void Large_bodies_count_for_what_they_cost()
    {
        var refused = new RefusedRequests(_time);
        for (var i = 0; i < 22; i++)
        {
            refused.MustWait(Callers.Alice).ShouldBeNull();
            refused.Count(Callers.Alice, 920_000);
        }

        refused.MustWait(Callers.Alice).ShouldNotBeNull();
    }
}
