using GatewayStack.Events.Shipping;

namespace GatewayStack.Platform.Tests.Events;

public sealed class BackoffTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 4)]
    [InlineData(4, 16)]
    [InlineData(5, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Each_failure_in_a_row_is_waited_for_twice_as_long_up_to_a_limit(int failures, int seconds) =>
        new Backoff(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30)).After(failures).ShouldBe(TimeSpan.FromSeconds(seconds));
}
