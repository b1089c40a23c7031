using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Reservations;
using GatewayStack.Limits.Tests.Reservations;

namespace GatewayStack.Limits.Tests.Embedded;

public sealed class MemoryCounterStoreTests : CounterStoreSuite
{
    private protected override ICounterStore Create(TimeProvider time) => new MemoryCounterStore(time);
}
