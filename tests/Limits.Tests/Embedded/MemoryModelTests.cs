using GatewayStack.Limits.Embedded;
using GatewayStack.Limits.Tests.Reservations;

namespace GatewayStack.Limits.Tests.Embedded;

public sealed class MemoryModelTests : ModelSuite
{
    [CampaignProperty(EndSize = 600)]
    public Task The_counters_are_those_of_the_reference_after_every_step(byte[] script) => FollowsTheReferenceAsync(script, time => new MemoryCounterStore(time));
}
