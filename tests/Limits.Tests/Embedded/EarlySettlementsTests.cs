using GatewayStack.Contracts.Identity;
using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Reservations;

namespace GatewayStack.Limits.Tests.Embedded;

public sealed class EarlySettlementsTests
{
    private readonly EarlySettlements _early = new(TimeSpan.FromMinutes(2), most: 3);

    [Fact]
    public void They_are_forgotten_when_no_reservation_can_still_be_under_way()
    {
        var now = LimitsFixture.Noon.UtcTicks;
        _early.Add(Settlement("a"), now);
        _early.Add(Settlement("b"), now + TimeSpan.TicksPerSecond);
        _early.Forget(now + TimeSpan.FromMinutes(2).Ticks);
        (_early.Ended(Request("a")), _early.Ended(Request("b"))).ShouldBe((false, true));
    }

    [Fact]
    public void However_many_come_no_more_are_kept_than_may_be()
    {
        foreach (var id in (string[])["a", "a", "b", "c", "d"])
        {
            _early.Add(Settlement(id), 0);
        }

        ((string[])["a", "b", "c", "d"]).Select(id => _early.Ended(Request(id))).ShouldBe([false, true, true, true]);
    }

    private static CounterSettlement Settlement(string id) => new("mercy", "alice", id, Amount.None);

    private static CounterRequest Request(string id) => new()
    {
        RequestId = id,
        Facts = new RequestFacts { Tenant = "mercy", PersonId = "alice", Kind = IdentityKind.Person, Action = "model.call" },
        Hold = Amount.None,
        PriceKnown = true,
        At = LimitsFixture.Noon,
        LeaseEndsAt = LimitsFixture.Noon,
    };
}
