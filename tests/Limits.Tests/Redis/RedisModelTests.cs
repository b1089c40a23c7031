using GatewayStack.Limits.Tests.Reservations;

namespace GatewayStack.Limits.Tests.Redis;

public sealed class RedisModelTests : ModelSuite
{
    [CampaignProperty(everyday: 20, EndSize = 600)]
    public async Task The_counters_are_those_of_the_reference_after_every_step(byte[] script)
    {
        await using var redis = new RedisFixture();
        await FollowsTheReferenceAsync(script, time => redis.Create(time), redis.FlushAsync);
        (await redis.KeysAsync()).Where(k => k.Value < 0).ShouldBeEmpty();
    }
}
