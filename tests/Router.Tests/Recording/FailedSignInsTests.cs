using GatewayStack.Router.Recording;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Recording;

public sealed class FailedSignInsTests
{
    [Fact]
    public void A_flood_is_counted_and_not_written()
    {
        var time = new FakeTimeProvider();
        var signIns = new FailedSignIns(time);
        Enumerable.Range(0, 1000).Count(_ => signIns.TryTake(out var _)).ShouldBe(20);
        signIns.TryTake(out var kept).ShouldBeFalse();
        kept.ShouldBe(981);
        time.Advance(TimeSpan.FromSeconds(1));
        signIns.TryTake(out var suppressed).ShouldBeTrue();
        suppressed.ShouldBe(981);
        signIns.TryTake(out var next).ShouldBeTrue();
        next.ShouldBe(0);
    }
}
