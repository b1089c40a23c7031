using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Reservations;

namespace GatewayStack.Limits.Tests.Redis;

public sealed class RedisCounterStoreTests : CounterStoreSuite, IAsyncDisposable
{
    private readonly RedisFixture _redis = new();

    public ValueTask DisposeAsync() => _redis.DisposeAsync();

    private protected override ICounterStore Create(TimeProvider time) => _redis.Create(time);
}
