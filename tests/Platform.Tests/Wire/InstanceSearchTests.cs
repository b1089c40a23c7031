using GatewayStack.Wire.Channels;
using Microsoft.Extensions.Time.Testing;

namespace GatewayStack.Platform.Tests.Wire;

/// <summary>What happens to a call while nobody is connected, and somebody was a moment ago.</summary>
public sealed class InstanceSearchTests
{
    [Fact]
    public void Only_the_end_of_a_connection_that_had_served_is_a_reason_to_look_for_others()
    {
        var time = new FakeTimeProvider();
        var traces = new CallTraces(time);
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Disconnected("a:1").ShouldBeFalse();
        traces.IsSearching.ShouldBeFalse();
        traces.Connected("a:1");
        traces.Answered(new CallTrace { Instance = "a:1" });
        traces.Disconnected("a:1").ShouldBeTrue();
        traces.IsSearching.ShouldBeTrue();
        time.Advance(CallTraces.Search);
        traces.IsSearching.ShouldBeFalse();
    }
}
