using System.Diagnostics;
using GatewayStack.ServiceDefaults;
using OpenTelemetry.Trace;

namespace GatewayStack.Platform.Tests.Telemetry;

public sealed class RequestsOnlyTests
{
    [Theory]
    [InlineData(null, null, ActivityKind.Server, true)]
    [InlineData(null, null, ActivityKind.Consumer, true)]
    [InlineData(null, null, ActivityKind.Client, false)]
    [InlineData("always_on", null, ActivityKind.Client, false)]
    [InlineData("parentbased_traceidratio", "0", ActivityKind.Server, false)]
    [InlineData("parentbased_traceidratio", "1", ActivityKind.Server, true)]
    [InlineData("traceidratio", "0", ActivityKind.Server, false)]
    [InlineData("always_off", null, ActivityKind.Server, false)]
    public void A_trace_begins_with_a_request_where_the_variables_say_so(string? name, string? argument, ActivityKind kind, bool sampled) =>
        Decide(name, argument, kind, default).ShouldBe(sampled);

    [Theory]
    [InlineData(null, true, true)]
    [InlineData(null, false, false)]
    [InlineData("parentbased_traceidratio", true, true)]
    [InlineData("always_off", true, false)]
    public void A_call_out_of_a_request_follows_it(string? name, bool parentSampled, bool sampled)
    {
        var parent = new ActivityContext(ActivityTraceId.CreateRandom(), ActivitySpanId.CreateRandom(), parentSampled ? ActivityTraceFlags.Recorded : ActivityTraceFlags.None);
        Decide(name, "0", ActivityKind.Client, parent).ShouldBe(sampled);
    }

    private static bool Decide(string? name, string? argument, ActivityKind kind, ActivityContext parent) =>
        RequestsOnly.From(name, argument)
            .ShouldSample(new SamplingParameters(parent, parent.TraceId == default ? ActivityTraceId.CreateRandom() : parent.TraceId, "test", kind))
            .Decision == SamplingDecision.RecordAndSample;
}
