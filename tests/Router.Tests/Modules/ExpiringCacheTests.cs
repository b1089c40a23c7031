using GatewayStack.Router.Modules;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Router.Tests.Modules;

public class ExpiringCacheTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void A_value_is_good_until_its_end()
    {
        var cache = new ExpiringCache<string>(10, _time);
        cache.Set("a", "1", _time.GetUtcNow().AddSeconds(5));
        cache.Find("a").ShouldBe("1");
        _time.Advance(TimeSpan.FromSeconds(5));
        cache.Find("a").ShouldBeNull();
        cache.Find("b").ShouldBeNull();
    }

    [Fact]
    public void What_has_ended_is_not_kept()
    {
        var cache = new ExpiringCache<string>(10, _time);
        cache.Set("a", "1", _time.GetUtcNow());
        cache.Find("a").ShouldBeNull();
    }

    [Fact]
    public void The_oldest_go_first_and_there_are_never_too_many()
    {
        var cache = new ExpiringCache<string>(10, _time);
        for (var i = 0; i < 1000; i++)
        {
            cache.Set("k" + i, "v", _time.GetUtcNow().AddHours(1));
        }

        var kept = Enumerable.Range(0, 1000).Where(i => cache.Find("k" + i) is not null).ToList();
        kept.Count.ShouldBeInRange(5, 10);
        kept.ShouldBe(Enumerable.Range(1000 - kept.Count, kept.Count));
    }
}
