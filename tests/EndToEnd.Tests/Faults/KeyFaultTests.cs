using GatewayStack.EndToEnd.Tests.Callers;
using GatewayStack.TestServers;

namespace GatewayStack.EndToEnd.Tests.Faults;

/// <summary>The issuer's keys are away: those who sign with a known one go on, and nobody else is let in.</summary>
[Collection(FaultyStack.Name)]
public sealed class KeyFaultTests(FaultStack stack)
{
    [Fact]
    public Task The_issuers_keys_are_hard_to_reach() => Campaign.RunAsync(
        stack,
        Fault("connections refused", Chaos.Refuse),
        Fault("silent", Chaos.Hang),
        Fault("slow", Chaos.Slow),
        Fault("cut in mid-message", Chaos.Cut));

    private Fault Fault(string how, Chaos mode) => stack.Hinder("issuer's keys: " + how, ["keys"], mode) with
    {
        Asks = async () =>
        {
            // Makes Identity ask for the keys. Somebody else's: what comes of it is no part of the load.
            var answer = await stack.Front.GetAsync("/v1/models", stack.Issuer.TokenOfUnknownKey(Caller.New()));
            answer.Status.ShouldBeOneOf(401, 503);
        },
        Row = Rows.GoOn,
        NobodyNotices = true,
    };
}
